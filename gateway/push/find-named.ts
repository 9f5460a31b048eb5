import type { IdentityKey, Item } from '../../schemas/item.ts';
import type { Source } from '../../schemas/source.ts';
import { keysOf } from '../normalise/identity.ts';
import type { Transaction } from '../store/store.ts';
import type { Named } from './read-push.ts';

const OURS = /^urn:uuid:[\da-f-]{36}$/;

/** The site's items that are named, by our id, the site's own id in any of its sources, or any form of the address. */
export async function findNamed(
  tx: Transaction,
  { id, url }: Named,
  sources: readonly Source[],
): Promise<readonly Item[]> {
  const [first] = sources;
  if (!first) return [];
  const keys = sources.flatMap((source): IdentityKey[] => keysOf({ sourceId: id, link: url }, source));
  const found = await tx.items.resolve(first.site, [keys]);
  const named = [...found.flat(), ...(id !== undefined && OURS.test(id) ? [id] : [])];
  const items = await tx.items.current([...new Set(named)]);
  return [...items.values()].filter(item => item.site === first.site && item.visibilityReason !== 'merged');
}
