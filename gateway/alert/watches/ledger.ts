import { startOfHanoiDay, toRfc3339 } from '../../../schemas/instant.ts';
import { linkHash } from '../../../schemas/ledger-chain.ts';
import { checkSignature } from '../../../schemas/ledger-export.ts';
import { latestRoot } from '../../ledger/roots.ts';
import type { LedgerRow } from '../../store/ledger.ts';
import type { Store } from '../../store/store.ts';
import type { LookTools, Sighting, Watch } from '../watch.ts';

const DAY = 24 * 60 * 60_000;
/** Rows that one look verifies, beside the newest: a ledger of a million is through in a few hours, then anew. */
const STRIDE = 2_000;
const NEWEST = 200;
const MOST_BROKEN = 20;

/** A watch that walks through the whole ledger, some rows at each look, and remembers in the store what did not fit. */
export function ledgerWatch(): Watch {
  let next = 1;
  return {
    kinds: ['ledger-broken', 'ledger-unsigned'],
    async look(tools) {
      const { store } = tools;
      // The counter first: a row that is written between the two reads is no cut tail.
      const written = await store.ledger.written();
      const head = (await store.ledger.head())?.seq ?? 0;
      const known = (await store.records.get('ledger-walk', 'walk'))?.document.broken ?? [];
      const walked = await misfits(store, next, STRIDE);
      next = walked.last < head && walked.last >= next ? walked.last + 1 : 1;
      const newest = await misfits(store, Math.max(1, head - NEWEST), NEWEST + 1);
      const again = await Promise.all(known.map(seq => misfits(store, seq, 1)));
      const all = [walked, newest, ...again].flatMap(({ broken }) => broken);
      if (head < written) all.push(head + 1);
      const broken = [...new Set(all)].toSorted((a, b) => a - b).slice(0, MOST_BROKEN);
      if (broken.join() !== known.join()) await remember(store, broken);
      return [...(await rootMisfit(store)), ...broken.slice(0, 1)]
        .slice(0, 1)
        .map(seq => brokenAt(seq, tools))
        .concat(await unsigned(tools));
    },
  };
}

/** Rows from `from` on that do not follow from the one before, or are missing. */
async function misfits(
  store: Store,
  from: number,
  count: number,
): Promise<{ readonly broken: readonly number[]; readonly last: number }> {
  const before = Math.max(1, from - 1);
  const rows = await store.ledger.since(before - 1, count + 1);
  const [first] = rows;
  // Only rows that were removed with their whole month may be missing: then nothing is before.
  const begins = first && (first.seq === before || (await store.ledger.since(0, 1))[0]?.seq === first.seq);
  const broken = rows.flatMap((row, index) =>
    fits(row, rows[index - 1], index === 0 && begins === true) ? [] : [row.seq],
  );
  return { broken: broken.filter(seq => seq >= from), last: rows.at(-1)?.seq ?? 0 };
}

/** The first of a page has no row before it here: of that one only its own hash is looked at. */
function fits(
  { seq, text, previous, hash }: LedgerRow,
  before: LedgerRow | undefined,
  isFirst: boolean,
): boolean {
  if (linkHash(previous, seq, text) !== hash) return false;
  return isFirst || (before?.seq === seq - 1 && before.hash === previous);
}

async function remember(store: Store, broken: readonly number[]): Promise<void> {
  const at = await store.now();
  await store.transaction(tx =>
    tx.records.put({ kind: 'ledger-walk', id: 'walk', at, document: { broken } }),
  );
}

/** The row that the newest signed root names, when it is another one now or the signature is none. */
async function rootMisfit(store: Store): Promise<readonly number[]> {
  const root = await latestRoot(store);
  if (!root || root.seq === 0) return [];
  if (!checkSignature(root)) return [root.seq];
  const [row] = await store.ledger.since(root.seq - 1, 1);
  if (row && row.seq === root.seq) return row.hash === root.hash ? [] : [root.seq];
  // Rows before the first that is kept were removed with their month, which the ledger tells.
  const [first] = await store.ledger.since(0, 1);
  return first && first.seq > root.seq ? [] : [root.seq];
}

function brokenAt(seq: number, { now }: LookTools): Sighting {
  return {
    kind: 'ledger-broken',
    subject: 'ledger',
    since: now,
    sentence: {
      vi: `Sổ cái không khớp ở dòng ${seq}: có người hoặc đĩa đã đổi dữ liệu; đừng khởi động lại, chạy lienthong ledger check, giữ bản sao hiện tại và đối chiếu với bản đã xuất.`,
      en: `The ledger does not fit at row ${seq}: somebody or the disk has changed it; do not restart, run lienthong ledger check, keep a copy as it is and compare it with an earlier export.`,
    },
  };
}

async function unsigned({ store, now, threshold }: LookTools): Promise<Sighting[]> {
  const today = startOfHanoiDay(now);
  if (now - today < threshold('ledger-unsigned')) return [];
  const [first] = await store.ledger.since(0, 1);
  if (!first || first.at >= today) return [];
  const root = await latestRoot(store);
  const yesterday = toRfc3339(today - DAY).slice(0, 10);
  if (root && root.day >= yesterday) return [];
  const last = root ? `lần ký cuối cho ngày ${root.day}` : 'chưa ký lần nào';
  const lastEn = root ? `last signed for ${root.day}` : 'never signed';
  return [
    {
      kind: 'ledger-unsigned',
      subject: 'ledger',
      since: today,
      // A gateway that was down makes up for it within a minute or two.
      settle: 5 * 60_000,
      sentence: {
        vi: `Sổ cái chưa được ký cho ngày ${yesterday} (${last}); kiểm tra LIENTHONG_LEDGER_KEY và nhật ký của luồng thu rồi khởi động lại dịch vụ.`,
        en: `The ledger has no signed root for ${yesterday} (${lastEn}); check LIENTHONG_LEDGER_KEY and the harvest thread’s log, then restart the service.`,
      },
    },
  ];
}
