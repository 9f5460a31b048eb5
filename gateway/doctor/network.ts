import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { toCoded } from '../../schemas/errors.ts';
import type { Federation } from '../../schemas/federation.ts';
import { seeTls } from '../check/tls-sight.ts';
import { createAddressGuard } from '../harvest/addresses.ts';
import { resolveBySystem } from '../harvest/connect.ts';
import { createFetch, type Fetcher } from '../harvest/fetch.ts';
import { type Check, type Finding, ill, type Patient, well } from './finding.ts';

const DAY = 24 * 60 * 60_000;
/** Days before its end that a certificate is worth a word, and an alarm. */
const CERTIFICATE = { warn: 21, fail: 3 };
/** Seconds that our clock may differ from most sites'. */
const CLOCK = { warn: 5, fail: 60 };
/** Origins that are asked, and how many at a time; one request each, beside robots.txt. */
const MOST = 40;
const AT_ONCE = 4;
const PATIENCE = 15_000;

/** Asks each source's host once, as the harvest would, and looks at its name and certificate. */
export const lookAtNetwork: Check = async patient => {
  const { federation, now } = patient;
  if (!federation) return [];
  const origins = originsOf(federation);
  const fetcher = createFetch({ settings: federation.fetch, log: SILENT, now, onRequest: () => undefined });
  const looks: Look[] = [];
  try {
    const queue = origins.slice(0, MOST);
    const walk = async () => {
      for (let origin = queue.shift(); origin; origin = queue.shift())
        looks.push(await lookAtOrigin(origin, fetcher, patient));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, walk));
  } finally {
    await fetcher.close();
  }
  const left = origins.length - MOST;
  return [
    ...looks.toSorted((a, b) => (a.origin < b.origin ? -1 : 1)).flatMap(({ findings }) => findings),
    ...(left > 0
      ? [
          well(
            'egress',
            `Còn ${left} máy chủ không hỏi lần này`,
            `${left} more hosts were not asked this time`,
          ),
        ]
      : []),
    ...clockOf(looks.flatMap(({ ahead }) => ahead ?? [])),
    ...(await lookAtOwnAddress(federation, now())),
  ];
};

interface Look {
  readonly origin: string;
  readonly findings: readonly Finding[];
  /** Seconds that our clock is ahead of the site's. */
  readonly ahead?: number;
}

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

async function lookAtOrigin(origin: string, fetcher: Fetcher, { federation, now }: Patient): Promise<Look> {
  const url = new URL(origin);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await lookup(host, { all: true }).catch(() => [] as LookupAddress[]);
  if (addresses.length === 0)
    return {
      origin,
      findings: [
        ill(
          'dns',
          'fail',
          [`${host}: tên miền không phân giải được`, `${host}: the name doesn't resolve`],
          [
            'Kiểm tra DNS của máy này (/etc/resolv.conf) và tên trong tệp cấu hình.',
            'Check this machine’s DNS (/etc/resolv.conf) and the name in the federation file.',
          ],
        ),
      ],
    };
  const certificate = await certificateOf(url, federation?.fetch.allowNetworks ?? [], now());
  try {
    const began = now();
    const answer = await fetcher.forSource('doctor')(
      {
        url: new URL('/', url).href,
        answers: [301, 302, 400, 401, 403, 404, 405, 406, 410],
        maxBytes: 4 << 20,
      },
      AbortSignal.timeout(PATIENCE),
    );
    const took = now() - began;
    const date = Date.parse(answer.headers.date ?? '');
    return {
      origin,
      findings: [
        well(
          'egress',
          `${host}: trả lời ${answer.status} sau ${took} ms`,
          `${host}: answers ${answer.status} after ${took} ms`,
        ),
        ...certificate,
      ],
      ...(Number.isFinite(date) && { ahead: (now() - date) / 1000 }),
    };
  } catch (thrown) {
    return { origin, findings: [refusal(host, thrown), ...certificate] };
  }
}

function refusal(host: string, thrown: unknown): Finding {
  const { code, data } = toCoded(thrown);
  const asked = typeof data.status === 'number' || code === 'ROBOTS_REFUSED';
  const said = [`${host}: ${code}`, `${host}: ${code}`] as const;
  if (asked)
    return ill('egress', 'warn', said, [
      'Máy chủ có trả lời nhưng không như mong đợi; `lienthong try <đầu-nối>` cho biết thêm.',
      'The host answers, but not as hoped; `lienthong try <source>` tells more.',
    ]);
  return ill('egress', 'fail', said, [
    'Kiểm tra tường lửa ra ngoài tới cổng 80/443 của máy chủ này; mạng riêng phải có trong fetch.allowNetworks.',
    'Check the outgoing firewall to ports 80/443 of this host; a private network must stand in fetch.allowNetworks.',
  ]);
}

async function certificateOf(url: URL, allow: readonly string[], now: number): Promise<readonly Finding[]> {
  if (url.protocol !== 'https:') return [];
  const reach = {
    guard: createAddressGuard(allow),
    resolve: resolveBySystem,
    deadline: AbortSignal.timeout(PATIENCE),
  };
  const sight = await seeTls(url, reach);
  if (!sight) return [];
  const days = sight.validTo === undefined ? undefined : Math.floor((sight.validTo - now) / DAY);
  const remedy = [
    'Gia hạn chứng thư (của trang khác: báo quản trị trang ấy); chứng thư nội bộ: NODE_EXTRA_CA_CERTS.',
    'Renew the certificate (another site’s: tell its webmaster); for an own authority: NODE_EXTRA_CA_CERTS.',
  ] as const;
  if (!sight.valid)
    return [
      ill(
        'certificate',
        'fail',
        [
          `${url.host}: chứng thư không hợp lệ (${sight.fault})`,
          `${url.host}: the certificate is not valid (${sight.fault})`,
        ],
        remedy,
      ),
    ];
  if (days === undefined) return [];
  const said = [
    `${url.host}: chứng thư còn ${days} ngày`,
    `${url.host}: the certificate is good for ${days} days`,
  ] as const;
  if (days > CERTIFICATE.warn) return [well('certificate', ...said)];
  return [ill('certificate', days <= CERTIFICATE.fail ? 'fail' : 'warn', said, remedy)];
}

/** What readers see: the proxy before us has the certificate. */
async function lookAtOwnAddress({ gateway }: Federation, now: number): Promise<readonly Finding[]> {
  const url = new URL(gateway.publicUrl);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const findings = await certificateOf(url, [`${url.hostname}:${port}`], now);
  if (url.protocol !== 'https:' || findings.length > 0) return findings;
  return [
    ill(
      'certificate',
      'warn',
      [
        `${gateway.publicUrl} không trả lời từ máy này`,
        `${gateway.publicUrl} doesn't answer from this machine`,
      ],
      [
        'Kiểm tra nginx, DNS và tường lửa; xem config/nginx.conf.example.',
        'Check nginx, DNS and the firewall; see config/nginx.conf.example.',
      ],
    ),
  ];
}

/** The middle of all sites: one with a wrong clock of its own says nothing. */
function clockOf(ahead: readonly number[]): readonly Finding[] {
  if (ahead.length === 0) return [];
  const middle = ahead.toSorted((a, b) => a - b)[Math.floor(ahead.length / 2)] ?? 0;
  const seconds = Math.round(Math.abs(middle));
  const said = [
    `Đồng hồ máy này lệch ${seconds} giây so với ${ahead.length} trang`,
    `This machine's clock differs by ${seconds} s from ${ahead.length} sites'`,
  ] as const;
  if (seconds <= CLOCK.warn) return [well('clock', ...said)];
  return [
    ill('clock', seconds > CLOCK.fail ? 'fail' : 'warn', said, [
      'Bật đồng bộ giờ (timedatectl set-ntp true; Windows: w32tm /resync). Giờ sai thì giờ phát hành và hạn gỡ sai.',
      'Turn on time synchronisation (timedatectl set-ntp true; Windows: w32tm /resync). Release times and removal deadlines rest on it.',
    ]),
  ];
}

/** Every http(s) address that stands in a source's options, by its origin. */
function originsOf({ sources }: Federation): string[] {
  const origins = sources
    .filter(({ enabled }) => enabled)
    .flatMap(({ options }) => JSON.stringify(options).match(/https?:\/\/[^"\\\s]+/g) ?? [])
    .flatMap(text => URL.parse(text)?.origin ?? []);
  return [...new Set(origins)].sort();
}
