import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { cpus, totalmem } from 'node:os';
import { dirname, resolve } from 'node:path';
import { PROGRAM } from '../program.ts';
import { findRunning } from '../running/announce.ts';
import { type Check, type Finding, ill, well } from './finding.ts';

const GIB = 1024 ** 3;
const NODE = 24;
/** Free bytes: below the first the operator should look, below the second writing will soon fail. */
const DISK = { warn: 5 * GIB, fail: GIB / 2 };
const MEMORY = { warn: GIB / 2, fail: GIB / 5 };

export const lookAtVersions: Check = async () => {
  const { node } = process.versions;
  const told = [
    `Liên Thông ${PROGRAM}, Node ${node}, ${process.platform}-${process.arch}, ${cpus().length} CPU`,
  ] as const;
  if (Number.parseInt(node, 10) >= NODE) return [well('version', told[0], told[0])];
  return [
    ill(
      'version',
      'fail',
      [told[0], told[0]],
      [
        `Cần Node ${NODE}: dùng bản đóng gói, hoặc npm start.`,
        `Node ${NODE} is needed: use the bundle, or npm start.`,
      ],
    ),
  ];
};

export const lookAtDisk: Check = async ({ environment: { data } }) => {
  const { bavail, blocks, bsize } = await statfs(nearest(data));
  const [free, all] = [bavail * bsize, blocks * bsize];
  const said = [
    `Ổ đĩa của ${data}: còn ${gib(free)} trên ${gib(all)}`,
    `Disk of ${data}: ${gib(free)} of ${gib(all)} free`,
  ] as const;
  return judge('disk', free, DISK, said, [
    'Dọn bớt hoặc nới ổ đĩa; dời bản sao lưu cũ sang máy khác. Hết chỗ thì không ghi được gì, kể cả việc gỡ tin.',
    'Free or add space; move old back-ups elsewhere. On a full disk nothing can be written, take-downs included.',
  ]);
};

export const lookAtMemory: Check = async () => {
  const free = process.availableMemory();
  const said = [
    `Bộ nhớ: còn ${gib(free)} trên ${gib(totalmem())}`,
    `Memory: ${gib(free)} of ${gib(totalmem())} available`,
  ] as const;
  return judge('memory', free, MEMORY, said, [
    'Tắt chương trình khác trên máy này, hoặc thêm bộ nhớ.',
    'Stop other programs on this machine, or add memory.',
  ]);
};

/** Asks for the port for a moment, unless a gateway of ours has it. */
export const lookAtPort: Check = async ({ environment: { port, host, data } }) => {
  const running = findRunning(data);
  if (running.length > 0)
    return running.map(({ pid, url }) =>
      well('port', `Đang chạy: ${url} (tiến trình ${pid})`, `Running: ${url} (process ${pid})`),
    );
  const server = createServer().listen(port, host);
  try {
    await once(server, 'listening');
    server.close();
    return [
      well('port', `Chưa chạy; cổng ${host}:${port} còn trống`, `Not running; port ${host}:${port} is free`),
    ];
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    return [
      ill(
        'port',
        'fail',
        [`Không mở được ${host}:${port} (${code})`, `${host}:${port} can't be opened (${code})`],
        [
          'Chương trình khác đang giữ cổng, hoặc cổng dưới 1024: đặt PORT khác, hoặc dừng chương trình ấy.',
          'Another program has it, or it is below 1024: set PORT, or stop that program.',
        ],
      ),
    ];
  }
};

/** The folder, or the one that it will be made in. */
function nearest(folder: string): string {
  const path = resolve(folder);
  return existsSync(path) || dirname(path) === path ? path : nearest(dirname(path));
}

function judge(
  check: string,
  free: number,
  bounds: { readonly warn: number; readonly fail: number },
  said: readonly [string, string],
  remedy: readonly [string, string],
): readonly Finding[] {
  if (free >= bounds.warn) return [well(check, said[0], said[1])];
  return [ill(check, free < bounds.fail ? 'fail' : 'warn', said, remedy)];
}

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}
