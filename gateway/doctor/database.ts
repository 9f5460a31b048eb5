import { CodedError } from '../../schemas/errors.ts';
import { ChainCheck } from '../backup/chain-check.ts';
import type { Snapshot, StoreAbout } from '../store/copying.ts';
import { openSnapshot, STORE_VERSION } from '../store/open-copying.ts';
import { type Check, type Finding, ill, well } from './finding.ts';

const DAY = 24 * 60 * 60_000;
const SLOW = 200;
/** Milliseconds that clocks may differ. */
const CLOCKS = 2_000;
/** Days: GUIDELINES 59 asks for a restore test, and a week without a back-up is a week that can be lost. */
const RESTORE_DAYS = 180;
const BACKUP_DAYS = 7;

/** Opens the store to read alone: nothing is migrated or made. */
export const lookAtDatabase: Check = async patient => {
  const { environment } = patient;
  const began = performance.now();
  let snapshot: Snapshot;
  try {
    snapshot = await openSnapshot({
      dataDir: environment.data,
      ...(environment.databaseUrl && { databaseUrl: environment.databaseUrl }),
    });
  } catch (thrown) {
    if (thrown instanceof CodedError && thrown.code === 'NOT_FOUND')
      return [
        well(
          'database',
          'Chưa có kho dữ liệu; sẽ được tạo khi chạy',
          'There is no store yet; it is made at the start',
        ),
      ];
    return [unreachable(thrown, environment.databaseUrl !== undefined)];
  }
  try {
    const about = await snapshot.about();
    const took = Math.round(performance.now() - began);
    return [
      ...told(snapshot, about, took),
      ...clocks(about, patient.now()),
      ...(await lookAtLedger(snapshot, patient.now())),
    ];
  } finally {
    await snapshot.close();
  }
};

function unreachable(thrown: unknown, postgres: boolean): Finding {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return ill(
    'database',
    'fail',
    [`Không mở được cơ sở dữ liệu: ${why}`, `The database can't be opened: ${why}`],
    postgres
      ? [
          'Kiểm tra PostgreSQL có chạy không, DATABASE_URL, mật khẩu, pg_hba.conf và tường lửa.',
          'See whether PostgreSQL runs; check DATABASE_URL, the password, pg_hba.conf and the firewall.',
        ]
      : [
          'Dừng hệ thống, giữ nguyên tệp, rồi phục hồi bản sao lưu gần nhất vào thư mục mới (`lienthong restore`).',
          'Stop the gateway, keep the file, and restore the newest back-up into a new folder (`lienthong restore`).',
        ],
  );
}

function told(snapshot: Snapshot, about: StoreAbout, took: number): readonly Finding[] {
  const facts = `${about.product}, ${(about.bytes / 1e6).toFixed(0)} MB, ${took} ms`;
  const findings: Finding[] = [
    took < SLOW
      ? well('database', `Cơ sở dữ liệu: ${facts}`, `Database: ${facts}`)
      : ill(
          'database',
          'warn',
          [`Cơ sở dữ liệu trả lời chậm: ${facts}`, `The database answers slowly: ${facts}`],
          [
            'Máy hoặc mạng đang bận; đặt PostgreSQL gần máy này.',
            'The machine or network is busy; keep PostgreSQL near.',
          ],
        ),
  ];
  if (!about.durable)
    findings.push(
      ill(
        'durability',
        'fail',
        [
          'Cơ sở dữ liệu không ghi chắc xuống đĩa (fsync hoặc synchronous_commit tắt)',
          'The database does not write through (fsync or synchronous_commit is off)',
        ],
        [
          'Bật fsync = on và synchronous_commit = on trong postgresql.conf.',
          'Set fsync = on and synchronous_commit = on in postgresql.conf.',
        ],
      ),
    );
  if (!about.tended)
    findings.push(
      ill(
        'autovacuum',
        'warn',
        [
          'Cơ sở dữ liệu không tự dọn dòng cũ (autovacuum tắt): sẽ phình và chậm dần',
          'The database does not clear away old rows (autovacuum is off): it grows and slows down',
        ],
        ['Bật autovacuum = on trong postgresql.conf.', 'Set autovacuum = on in postgresql.conf.'],
      ),
    );
  if (snapshot.version === STORE_VERSION)
    return [
      ...findings,
      well(
        'migrations',
        `Kho ở bước ${snapshot.version}, mới nhất`,
        `The store is at step ${snapshot.version}, the newest`,
      ),
    ];
  const older = snapshot.version < STORE_VERSION;
  return [
    ...findings,
    ill(
      'migrations',
      older ? 'warn' : 'fail',
      [
        `Kho ở bước ${snapshot.version}, chương trình biết đến ${STORE_VERSION}`,
        `The store is at step ${snapshot.version}, the program knows ${STORE_VERSION}`,
      ],
      older
        ? ['Sao lưu trước; lần chạy tới sẽ nâng kho.', 'Make a back-up; the next start brings it up.']
        : ['Kho đã được bản mới hơn sử dụng: chạy bản ấy.', 'A newer program has used it: run that one.'],
    ),
  ];
}

function clocks({ now }: StoreAbout, here: number): readonly Finding[] {
  if (now === undefined) return [];
  const apart = Math.abs(now - here);
  const said = [
    `Đồng hồ lệch với cơ sở dữ liệu ${apart} ms`,
    `The clock differs from the database's by ${apart} ms`,
  ] as const;
  if (apart <= CLOCKS) return [well('clock', ...said)];
  return [
    ill('clock', 'warn', said, [
      'Bật đồng bộ giờ (chrony, systemd-timesyncd) ở cả hai máy.',
      'Turn on time synchronisation (chrony, systemd-timesyncd) on both machines.',
    ]),
  ];
}

async function lookAtLedger(snapshot: Snapshot, now: number): Promise<readonly Finding[]> {
  const shape = snapshot.tables.find(({ table }) => table === 'ledger');
  if (!shape) return [];
  const chain = new ChainCheck();
  const last = new Map<string, number>();
  const [atAt, typeAt] = [shape.columns.indexOf('at'), shape.columns.indexOf('type')];
  let first: number | undefined;
  for await (const rows of snapshot.rows(shape)) {
    chain.add(shape, rows);
    for (const row of rows) last.set(String(row[typeAt]), Number(row[atAt]));
    first ??= Number(rows[0]?.[atAt]);
  }
  chain.end();
  const young = (days: number) => first === undefined || now - first < days * DAY;
  return [
    chain.broken === undefined
      ? well(
          'ledger',
          `Sổ cái nguyên vẹn: ${chain.rows} dòng nối liền nhau`,
          `The ledger is whole: ${chain.rows} rows in one chain`,
        )
      : ill(
          'ledger',
          'fail',
          [
            `Sổ cái bị sửa hoặc thiếu từ dòng ${chain.broken}`,
            `The ledger was changed or cut from row ${chain.broken} on`,
          ],
          [
            'Giữ nguyên mọi thứ; `lienthong ledger check` chỉ rõ chỗ; đối chiếu roots.json đã giữ; báo người phụ trách.',
            'Leave everything as it is; `lienthong ledger check` says where; compare kept roots.json; report it.',
          ],
        ),
    ...age('backup', last.get('backup.made'), BACKUP_DAYS, now, young, [
      ['Bản sao lưu gần nhất', 'The last back-up'],
      [
        '`lienthong backup <tệp>`, mỗi ngày; giữ ở máy khác.',
        '`lienthong backup <file>`, daily; keep it on another machine.',
      ],
    ]),
    ...age(
      'restore-test',
      Math.max(last.get('restore.tested') ?? 0, last.get('store.restored') ?? 0) || undefined,
      RESTORE_DAYS,
      now,
      young,
      [
        ['Lần phục hồi thử gần nhất', 'The last restore test'],
        ['`lienthong restore <tệp> --test`.', '`lienthong restore <file> --test`.'],
      ],
    ),
  ];
}

function age(
  check: string,
  last: number | undefined,
  days: number,
  now: number,
  young: (days: number) => boolean,
  [said, remedy]: readonly [readonly [string, string], readonly [string, string]],
): readonly Finding[] {
  if (last === undefined && young(days)) return [];
  const since = last === undefined ? undefined : Math.floor((now - last) / DAY);
  const told = [
    `${said[0]}: ${since === undefined ? 'chưa có' : `${since} ngày trước`}`,
    `${said[1]}: ${since === undefined ? 'none' : `${since} days ago`}`,
  ] as const;
  return [since !== undefined && since <= days ? well(check, ...told) : ill(check, 'warn', told, remedy)];
}
