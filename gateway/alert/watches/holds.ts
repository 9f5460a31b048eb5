import { type Instant, toReadable } from '../../../schemas/instant.ts';
import type { Item } from '../../../schemas/item.ts';
import type { Store } from '../../store/store.ts';
import type { Sighting, Watch } from '../watch.ts';
import { plain } from '../words.ts';

/** Waiting items that are looked at; an operator who has more has heard of it. */
const MOST = 300;
const ROWS = 200;

/** Items that have waited for a person for too long: one alarm a site. */
export const holds: Watch = {
  kinds: ['hold-waiting'],
  async look({ store, federation, now, threshold }) {
    const bound = now - threshold('hold-waiting');
    const waiting = (await store.items.waiting(MOST)).filter(({ firstSeen }) => firstSeen <= bound);
    const late: { readonly item: Item; readonly since: Instant }[] = [];
    for (const item of waiting) {
      const since = await waitingSince(store, item);
      if (since <= bound) late.push({ item, since });
    }
    const bySite = Map.groupBy(late, ({ item }) => item.site);
    return [...bySite].map(([site, items]): Sighting => {
      const oldest = items.reduce((first, one) => (one.since < first.since ? one : first));
      const name = federation.sites.find(({ id }) => id === site)?.name ?? site;
      const title = plain(oldest.item.title || oldest.item.link, 80);
      return {
        kind: 'hold-waiting',
        subject: site,
        site,
        since: oldest.since,
        sentence: {
          vi: `${items.length} tin của ${plain(name, 60)} bị giữ hoặc ẩn quá lâu, lâu nhất từ ${toReadable(oldest.since)} (“${title}”); mở /console để cho phát hoặc gỡ hẳn.`,
          en: `${items.length} items of ${plain(name, 60)} have been held or hidden for too long, the first since ${toReadable(oldest.since)} (“${title}”); open /console to release them or take them down.`,
        },
      };
    });
  },
};

/** When it was last held or hidden, as the ledger tells. */
async function waitingSince(store: Store, { id, firstSeen }: Item): Promise<Instant> {
  const rows = await store.ledger.ofItem(id, ROWS);
  const held = rows.filter(({ text }) => /"type":"item\.(?:held|hidden)"/.test(text));
  return held.at(-1)?.at ?? firstSeen;
}
