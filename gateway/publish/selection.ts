import type { Selection } from '../../schemas/federation.ts';
import type { ItemFilter } from '../store/items.ts';

/** What meets every one of the selections, and has the words where some are asked; undefined when nothing can. */
export function toFilter(selections: readonly Selection[], text?: string): ItemFilter | undefined {
  const sites = meet(selections.map(({ sites }) => sites));
  const topics = meet(selections.map(({ topics }) => topics));
  const kinds = meet(selections.map(({ kinds }) => kinds));
  if (!sites || !topics || !kinds) return undefined;
  return { sites, topics, kinds, ...(text === undefined ? {} : { text }) };
}

/** An empty list selects all; two lists that share nothing select nothing: undefined. */
function meet<Id>(lists: readonly (readonly Id[])[]): readonly Id[] | undefined {
  const limiting = lists.filter(list => list.length > 0);
  const [first, ...others] = limiting;
  if (!first) return [];
  const met = first.filter(id => others.every(list => list.includes(id)));
  return met.length > 0 ? met : undefined;
}
