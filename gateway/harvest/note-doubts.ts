import type { SourceDoubt } from '../../schemas/records.ts';
import type { Kept } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** A rule that held, trimmed or refused much of what was new. */
export interface Overreach {
  readonly rule: string;
  readonly touched: number;
}

export interface RunFindings {
  readonly created: number;
  /** So many new items that shares say something. */
  readonly enough: boolean;
  readonly overreaching: readonly Overreach[];
  /** Entries that the source showed; absent where it was not read anew. */
  readonly listed?: number;
}

/** Doubts of one source: one that it has run empty, and one a rule. */
const MOST = 100;

/** Keeps what a run found odd about its source, and forgets what it found well again. Writes only where that changed. */
export async function noteDoubts(store: Store, source: string, found: RunFindings): Promise<void> {
  if (!found.enough && found.listed === undefined) return;
  const [site = ''] = source.split('/');
  const kept = await store.records.find('source-doubt', { site, first: MOST });
  const own = kept.filter(({ document }) => document.source === source);
  const wanted = doubtsOf(source, found);
  const well = own.filter(({ id, document }) => isWell(document, found) && !wanted.has(id));
  const fresh = [...wanted].filter(([id, { rule }]) => rule !== undefined || !own.some(one => one.id === id));
  if (well.length === 0 && fresh.length === 0) return;
  const at = await store.now();
  await store.transaction(async tx => {
    await tx.records.remove(
      'source-doubt',
      well.map(({ id }) => id),
    );
    await tx.records.put(
      ...fresh.map(
        ([id, document]): Kept<'source-doubt'> => ({ kind: 'source-doubt', id, site, at, document }),
      ),
    );
  });
}

function doubtsOf(source: string, { overreaching, created, listed }: RunFindings): Map<string, SourceDoubt> {
  const doubts = new Map<string, SourceDoubt>();
  if (listed === 0) doubts.set(`${source} empty`, { source });
  for (const { rule, touched } of overreaching)
    doubts.set(`${source} rule ${rule}`, { source, rule, touched, of: created });
  return doubts;
}

function isWell({ rule }: SourceDoubt, { enough, listed }: RunFindings): boolean {
  return rule === undefined ? listed !== undefined && listed > 0 : enough;
}
