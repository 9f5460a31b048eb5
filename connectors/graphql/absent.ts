import type { Deletion, Entry } from '../../schemas/entry.ts';
import type { HeldItem, Sight, Tools } from '../connector.ts';

/** So many more than the gateway's guard allows are enough to trip it; probing on would only be impolite. */
const GUARD = { items: 5, share: 0.1 } as const;
const MOST_HELD = 10_000;

/** What a run has listed: source ids, or links where an entry has no id. */
export class Listing {
  readonly #ids = new Set<string>();

  add(entries: readonly Entry[]): void {
    for (const { sourceId, link } of entries) this.#ids.add(sourceId ?? link ?? '');
  }

  /** Held items that were not listed; none after an empty list, which is doubt and never removal. */
  missing(held: readonly HeldItem[]): readonly HeldItem[] {
    return this.#ids.size === 0 ? [] : held.filter(({ sourceId, link }) => !this.#ids.has(sourceId ?? link));
  }
}

/** Held items that a complete list lacks, each confirmed by its page being gone. */
export async function findAbsent(
  listing: Listing,
  tools: Pick<Tools, 'held' | 'fetch' | 'signal'>,
): Promise<readonly Deletion[]> {
  const held = await tools.held(MOST_HELD);
  const enough = Math.floor(Math.max(GUARD.items, held.length * GUARD.share)) + 1;
  const deletions: Deletion[] = [];
  for (const item of listing.missing(held)) {
    if (deletions.length >= enough) break;
    tools.signal.throwIfAborted();
    if ((await sightOf(item, tools)) === 'gone') deletions.push(absence(item));
  }
  return deletions;
}

function absence({ sourceId, link }: HeldItem): Deletion {
  const reason = 'not in the complete list, and its page is gone';
  return { link, ...(sourceId !== undefined && { sourceId }), basis: 'absent', reason };
}

async function sightOf({ link }: HeldItem, tools: Pick<Tools, 'fetch'>): Promise<Sight> {
  const answers = [401, 403, 404, 405, 410, 501];
  try {
    const first = await tools.fetch({ url: link, method: 'HEAD', answers });
    const refusesHead = first.status === 405 || first.status === 501;
    const { status } = refusesHead ? await tools.fetch({ url: link, answers }) : first;
    if (status === 404 || status === 410) return 'gone';
    return status < 300 ? 'present' : 'doubt';
  } catch {
    return 'doubt';
  }
}
