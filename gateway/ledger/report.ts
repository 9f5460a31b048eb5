import { toReadable, toRfc3339 } from '../../schemas/instant.ts';
import type { LedgerEvent, LedgerType } from '../../schemas/ledger.ts';
import { ORDER_HOURS } from '../acts/take-down.ts';
import type { LedgerRow } from '../store/ledger.ts';
import type { Store } from '../store/store.ts';

/** One duty of a month: how long it took, in minutes, and where it was broken. */
export interface DutyLine {
  readonly duty: string;
  readonly limit: string;
  readonly clause: string;
  readonly count: number;
  readonly min?: number;
  readonly p50?: number;
  readonly p95?: number;
  readonly max?: number;
  readonly breaches: readonly { readonly item: string; readonly at: number; readonly minutes: number }[];
}

export interface DutyReport {
  readonly month: string;
  readonly duties: readonly DutyLine[];
}

type Row = LedgerEvent & { readonly at: number; readonly seq: number };
/** Acts that bring an item into view or take it out. */
const VIEW: ReadonlySet<LedgerType> = new Set(['item.released', 'item.hidden', 'item.removed']);
const MOST_ROWS = 10_000;

type Details = Readonly<Record<string, unknown>>;

interface Duty {
  readonly duty: string;
  readonly limit: string;
  readonly clause: string;
  readonly type: LedgerType;
  /** Minutes of a row; undefined: it says nothing of this duty. */
  readonly measure: (details: Details, row: Row) => number | undefined;
  readonly isBreach: (minutes: number, details: Details) => boolean;
}

const minutes = (from: unknown, to: unknown): number | undefined =>
  typeof from === 'number' && typeof to === 'number' ? (to - from) / 60_000 : undefined;

/** GUIDELINES 3.2: what an inspector asks of each month. */
const DUTIES: readonly Duty[] = [
  {
    duty: 'Chờ trước khi đăng lại tin báo',
    limit: '≥ 60 phút',
    clause: 'NĐ 147/2024/NĐ-CP Điều 28(1) (đọc qua trích dẫn)',
    type: 'item.released',
    measure: ({ delayMinutes, sourceReleasedAt }) =>
      typeof delayMinutes === 'number' && sourceReleasedAt !== undefined ? delayMinutes : undefined,
    isBreach: value => value < 60,
  },
  {
    duty: 'Đăng lại toàn văn có thỏa thuận',
    limit: 'trước khi phát',
    clause: 'NĐ 147/2024/NĐ-CP Điều 28(1) (đọc qua trích dẫn)',
    type: 'item.released',
    measure: ({ mode }) => (mode === 'full-text' ? 0 : undefined),
    isBreach: (_value, { agreement }) => typeof agreement !== 'string',
  },
  {
    duty: 'Gỡ theo nguồn, tính từ lần cuối còn thấy bài',
    limit: '≤ 180 phút',
    clause: 'NĐ 147/2024/NĐ-CP Điều 28(1) (đọc qua trích dẫn)',
    type: 'item.removed',
    measure: ({ lastSeen, goneAt }, { at }) => minutes(lastSeen, goneAt ?? at),
    isBreach: value => value > 180,
  },
  {
    duty: 'Gỡ theo yêu cầu của cơ quan có thẩm quyền',
    limit: '≤ 24 giờ, 06 giờ nếu khẩn cấp',
    clause: 'NĐ 333/2026/NĐ-CP Điều 16(4) (nguồn thứ cấp)',
    type: 'takedown.done',
    measure: ({ receivedAt, removedAt }) => minutes(receivedAt, removedAt),
    isBreach: (value, { urgent }) => value > (urgent === true ? ORDER_HOURS.urgent : ORDER_HOURS.usual) * 60,
  },
  {
    duty: 'Trả lời phản ánh',
    limit: 'không có thời hạn trong văn bản đã đọc',
    clause: 'NĐ 147/2024/NĐ-CP Điều 28(1) (đọc qua trích dẫn)',
    type: 'complaint.answered',
    measure: ({ receivedAt, decidedAt }) => minutes(receivedAt, decidedAt),
    isBreach: () => false,
  },
];

/** The duties of one month in Hanoi (`2026-11`), from the ledger alone. */
export async function dutyReport(store: Store, month: string): Promise<DutyReport> {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
  const span = {
    from: Date.parse(`${month}-01T00:00:00+07:00`),
    to: Date.parse(`${next}-01T00:00:00+07:00`),
  };
  const rows: Row[] = [];
  for (const row of await readRows(store, span)) rows.push(await withGone(store, row));
  return { month, duties: DUTIES.map(duty => lineOf(duty, rows)) };
}

async function readRows(store: Store, span: { from: number; to: number }): Promise<Row[]> {
  const types = [...new Set(DUTIES.map(({ type }) => type))];
  const rows: Row[] = [];
  for (let after = 0; ; ) {
    const page = await store.ledger.ofTypes({ types, ...span, after, limit: 1000 });
    rows.push(...page.map(parseRow));
    const last = page.at(-1);
    if (!last) return rows;
    after = last.seq;
  }
}

function parseRow({ seq, text }: LedgerRow): Row {
  return { ...(JSON.parse(text) as LedgerEvent & { at: number }), seq };
}

/** What was hidden first, in doubt or because its publisher asked, was out of view since then. */
async function withGone(store: Store, row: Row): Promise<Row> {
  if (row.type !== 'item.removed' || row.item === undefined || row.details?.lastSeen === undefined)
    return row;
  const earlier = (await store.ledger.ofItem(row.item, MOST_ROWS)).map(parseRow);
  const last = earlier.findLast(({ seq, type }) => seq < row.seq && VIEW.has(type));
  return last?.type === 'item.hidden' ? { ...row, details: { ...row.details, goneAt: last.at } } : row;
}

function lineOf({ duty, limit, clause, type, measure, isBreach }: Duty, rows: readonly Row[]): DutyLine {
  const measured = rows
    .filter(row => row.type === type)
    .flatMap(row => {
      const details: Details = row.details ?? {};
      const value = measure(details, row);
      return value === undefined ? [] : [{ row, details, exact: value, value: Math.round(value * 10) / 10 }];
    });
  const sorted = measured.map(({ value }) => value).sort((a, b) => a - b);
  // Nearest rank: a figure that really occurred.
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1];
  const breaches = measured
    .filter(({ exact, details }) => isBreach(exact, details))
    .map(({ row, value }) => ({ item: row.item ?? '', at: row.at, minutes: value }));
  const figures = { min: sorted[0], p50: at(0.5), p95: at(0.95), max: sorted.at(-1) };
  const known = Object.entries(figures).filter(([, value]) => value !== undefined);
  return { duty, limit, clause, count: measured.length, ...Object.fromEntries(known), breaches };
}

/** As people read it, or as CSV (RFC 4180). */
export function showReport({ month, duties }: DutyReport, csv: boolean): string {
  if (csv) {
    const head = ['duty', 'limit', 'clause', 'count', 'min', 'p50', 'p95', 'max', 'breaches', 'breached'];
    const rows = duties.map(({ duty, limit, clause, count, min, p50, p95, max, breaches }) =>
      [duty, limit, clause, count, min, p50, p95, max, breaches.length, listed(breaches)].map(cell).join(','),
    );
    return [head.join(','), ...rows].join('\r\n');
  }
  const lines = duties.flatMap(({ duty, limit, clause, count, min, p50, p95, max, breaches }) => [
    '',
    `${duty} (${limit}; ${clause})`,
    count === 0
      ? '  không có lần nào'
      : `  ${count} lần; phút: ít nhất ${min}, giữa ${p50}, 95% ${p95}, nhiều nhất ${max}; vượt hạn: ${breaches.length}`,
    ...breaches.map(
      breach => `    vượt: ${breach.item} lúc ${toReadable(breach.at)}, ${breach.minutes} phút`,
    ),
  ]);
  return [`Bổn phận tháng ${month}, theo sổ cái`, ...lines].join('\n');
}

function listed(breaches: DutyLine['breaches']): string {
  return breaches.map(({ item, at, minutes: took }) => `${item} ${toRfc3339(at)} ${took}`).join('; ');
}

function cell(value: string | number | undefined): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
