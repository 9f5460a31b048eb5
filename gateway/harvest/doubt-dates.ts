import type { Entry } from '../../schemas/entry.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Source } from '../../schemas/source.ts';
import { canonicalLink } from '../normalise/canonical-link.ts';
import { proposeDates } from '../normalise/propose-dates.ts';
import type { Store } from '../store/store.ts';

/**
 * Says which setting would put a source's clock right, when the entries never seen before show one of the two common
 * faults. Undefined when nothing is wrong or the source has the setting. Proposes only: the operator decides.
 */
export async function doubtDates(
  entries: readonly Entry[],
  { dates }: Source,
  store: Store,
  lastComplete: Instant | undefined,
): Promise<string | undefined> {
  if (dates.force !== undefined || entries.length === 0) return undefined;
  const linked = entries.filter(({ link }) => link !== undefined);
  const held = await store.items.byLinks(linked.map(({ link = '' }) => canonicalLink(link)));
  const known = new Set(held.map(item => item.canonicalLink));
  const fresh = linked.filter(({ link = '' }) => !known.has(canonicalLink(link)));
  const proposal = proposeDates(fresh, await store.now(), dates, lastComplete);
  return (
    proposal && `${proposal.reason} Cách sửa: đặt dates: { force: "${proposal.force}" } cho đầu nối này.`
  );
}
