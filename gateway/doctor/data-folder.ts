import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { sealer } from '../ledger/seal.ts';
import { type Check, type Finding, ill, well } from './finding.ts';

const SECRETS = ['admin-token', 'ledger-key'];
/** Milliseconds of one fsync above which every commit is felt. */
const SLOW = 100;

export const lookAtDataFolder: Check = async ({ environment: { data } }) => {
  if (!existsSync(data))
    return [
      well(
        'data',
        `Thư mục dữ liệu ${data} chưa có; sẽ được tạo khi chạy`,
        `The data folder ${data} isn't there yet; it is made at the start`,
      ),
    ];
  try {
    accessSync(data, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return [
      ill(
        'data',
        'fail',
        [`Không ghi được vào ${data}`, `${data} can't be written`],
        [
          'Giao thư mục cho người dùng chạy chương trình: chown -R lienthong <thư mục>.',
          'Give the folder to the user that runs the program: chown -R lienthong <folder>.',
        ],
      ),
    ];
  }
  return [...modes(data), syncing(data)];
};

/** Windows has access lists instead. */
function modes(data: string): readonly Finding[] {
  if (process.platform === 'win32') return [well('data', `Thư mục dữ liệu: ${data}`, `Data folder: ${data}`)];
  const open = SECRETS.map(name => join(data, name)).filter(
    file => existsSync(file) && (statSync(file).mode & 0o077) !== 0,
  );
  if (open.length > 0)
    return [
      ill(
        'data',
        'fail',
        [
          `Người khác đọc được tệp bí mật: ${open.join(', ')}`,
          `Others can read secret files: ${open.join(', ')}`,
        ],
        [
          `chmod 600 ${open.join(' ')}, rồi đổi các khoá ấy.`,
          `chmod 600 ${open.join(' ')}, then change those keys.`,
        ],
      ),
    ];
  return [
    well(
      'data',
      `Thư mục dữ liệu ${data} ghi được; tệp bí mật chỉ chủ đọc được`,
      `The data folder ${data} can be written; its secrets are its owner's alone`,
    ),
  ];
}

function syncing(data: string): Finding {
  const file = join(data, `.doctor-${process.pid}`);
  const handle = openSync(file, 'w', 0o600);
  try {
    writeSync(handle, 'x');
    const began = performance.now();
    fsyncSync(handle);
    const took = Math.round(performance.now() - began);
    const said = [
      `Ghi chắc xuống đĩa (fsync): ${took} ms`,
      `Writing through to the disk (fsync): ${took} ms`,
    ] as const;
    if (took < SLOW) return well('fsync', ...said);
    return ill('fsync', 'warn', said, [
      'Đĩa chậm hoặc đang bận; dùng SSD, tránh ổ mạng (NFS, SMB): SQLite không chạy an toàn trên đó.',
      'The disk is slow or busy; use an SSD and no network share: SQLite is not safe there.',
    ]);
  } finally {
    closeSync(handle);
    rmSync(file, { force: true });
  }
}

export const lookAtKeys: Check = async ({ environment: { evidenceKey, ledgerKey, data, databaseUrl } }) => {
  const findings: Finding[] = [];
  const inFile = existsSync(join(data, 'ledger-key'));
  findings.push(
    ledgerKey === undefined && databaseUrl !== undefined
      ? ill(
          'ledger-key',
          'warn',
          ['Khoá ký sổ cái nằm trong tệp của máy này', "The ledger's key is a file of this machine"],
          [
            'Nhiều máy chung một PostgreSQL cần cùng một LIENTHONG_LEDGER_KEY.',
            'Several machines on one PostgreSQL need the same LIENTHONG_LEDGER_KEY.',
          ],
        )
      : well(
          'ledger-key',
          ledgerKey
            ? 'Khoá ký sổ cái: từ biến môi trường'
            : `Khoá ký sổ cái: ${inFile ? 'trong thư mục dữ liệu' : 'sẽ được tạo khi chạy'}`,
          ledgerKey
            ? "The ledger's key: from the environment"
            : `The ledger's key: ${inFile ? 'in the data folder' : 'made at the start'}`,
        ),
  );
  if (evidenceKey === undefined)
    return [
      ...findings,
      ill(
        'evidence-key',
        'warn',
        [
          'Không có LIENTHONG_EVIDENCE_KEY: tin bị xoá không còn bản niêm phong',
          'No LIENTHONG_EVIDENCE_KEY: no sealed copy of what is erased',
        ],
        [
          'Tạo bằng `lienthong evidence keygen`; giữ khoá mở ở nơi khác.',
          'Make one with `lienthong evidence keygen`; keep the opening key elsewhere.',
        ],
      ),
    ];
  sealer(evidenceKey);
  return [
    ...findings,
    well('evidence-key', 'Khoá niêm phong dùng được', 'The evidence key can be sealed to'),
  ];
};
