import { type Instant, toReadable } from '../../../schemas/instant.ts';
import type { LedgerType } from '../../../schemas/ledger.ts';
import type { Store } from '../../store/store.ts';
import type { Watch } from '../watch.ts';

const DAY = 24 * 60 * 60_000;
const PAGE = 500;
/** The row that `lienthong backup` leaves in the ledger. */
const MADE: LedgerType = 'backup.made';

/** Whether the newest back-up that the ledger tells of is too old. Each look reads only what came since the last. */
export function backupsWatch(): Watch {
  let after = 0;
  let newest: Instant | undefined;
  return {
    kinds: ['backup-old'],
    async look({ store, now, threshold }) {
      const head = (await store.ledger.head())?.seq ?? 0;
      newest = (await newestAfter(store, after, now)) ?? newest;
      after = head;
      const since = newest ?? (await store.ledger.since(0, 1))[0]?.at;
      if (since === undefined || now - since < threshold('backup-old')) return [];
      const words =
        newest === undefined
          ? {
              vi: `Chưa có bản sao lưu nào từ ${toReadable(since)}`,
              en: `No back-up was made since ${toReadable(since)}`,
            }
          : {
              vi: `Bản sao lưu mới nhất từ ${toReadable(since)}`,
              en: `The newest back-up is of ${toReadable(since)}`,
            };
      return [
        {
          kind: 'backup-old',
          subject: 'store',
          since: since + threshold('backup-old'),
          sentence: {
            vi: `${words.vi}; chạy lienthong backup <tệp> và đặt lịch hằng ngày, hoặc alarms: { backup-old: { off: true } } nếu sao lưu bằng cách khác.`,
            en: `${words.en}; run lienthong backup <file> and schedule it daily, or set alarms: { backup-old: { off: true } } where it is done by other means.`,
          },
        },
      ];
    },
  };
}

async function newestAfter(store: Store, from: number, now: Instant): Promise<Instant | undefined> {
  let found: Instant | undefined;
  for (let after = from; ; ) {
    const query = { types: [MADE], from: 0, to: now + DAY, after, limit: PAGE };
    const rows = await store.ledger.ofTypes(query);
    found = rows.at(-1)?.at ?? found;
    after = rows.at(-1)?.seq ?? after;
    if (rows.length < PAGE) return found;
  }
}
