import type { Draft, IdentityKey, Item } from '../../schemas/item.ts';
import type { ItemWriter } from '../store/items.ts';

/** A draft and the stored items it turned out to be: none, one, or several that are now known to be one. */
export interface Recognised {
  readonly draft: Draft;
  readonly item?: Item;
  /** Others that are the same item; they end as `merged`. */
  readonly same: readonly Item[];
  /** Keys the item doesn't have yet. */
  readonly newKeys: readonly IdentityKey[];
}

/**
 * Finds for each draft its stored item by any of its keys, most trusted first. Drafts of one batch that share a
 * key with an earlier draft of the batch are that item again, and the earlier one stands.
 */
export async function recognise(
  items: ItemWriter,
  site: string,
  drafts: readonly Draft[],
  stableIds: boolean,
): Promise<Recognised[]> {
  const unique = withoutRepeats(drafts);
  const matches = await items.resolve(
    site,
    unique.map(draft => draft.keys),
  );
  const current = await items.current([...new Set(matches.flat())]);
  return unique.map((draft, index) => {
    const candidates = (matches[index] ?? []).flatMap(id => current.get(id) ?? []);
    return place(draft, candidates, stableIds);
  });
}

function withoutRepeats(drafts: readonly Draft[]): Draft[] {
  const seen = new Set<string>();
  return drafts.filter(draft => {
    const names = draft.keys.map(({ kind, key }) => `${kind} ${key}`);
    const repeated = names.some(name => seen.has(name));
    for (const name of names) seen.add(name);
    return !repeated;
  });
}

function place(draft: Draft, candidates: readonly Item[], stableIds: boolean): Recognised {
  const own = stableIds ? candidates.filter(item => !isAnotherPost(draft, item)) : candidates;
  const living = own.filter(item => item.visibility !== 'WITHDRAWN');
  // The order of the keys is the order of trust.
  const found = living[0] ?? own[0];
  const taken = candidates.length > own.length;
  // A key that another living post holds is not this one's too.
  const newKeys = taken ? draft.keys.filter(({ kind }) => kind === 'native' || kind === 'guid') : draft.keys;
  if (!found) return { draft, same: [], newKeys };
  // Two entries of one source stay two, whatever they share; what two sources bring of one page becomes one.
  const [item = found, ...same] = [found, ...living.filter(({ source }) => source !== found.source)].sort(
    oldestFirst,
  );
  return { draft, item, same, newKeys };
}

function oldestFirst(a: Item, b: Item): number {
  return a.n - b.n;
}

/** Two living posts of one CMS may share an address while a slug changes hands; their numbers tell them apart. */
function isAnotherPost(draft: Draft, item: Item): boolean {
  return item.source === draft.source && item.visibility !== 'WITHDRAWN' && item.sourceId !== draft.sourceId;
}
