import type { Instant } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import type { Store } from '../store/store.ts';
import type { Revision } from './revise.ts';
import { write } from './write-revisions.ts';

/** Milliseconds that the items of a source stay after it left the federation file: a slip of the pen costs nothing. */
const GRACE = 24 * 60 * 60 * 1000;
const BATCH = 200;
const SITE_LEFT = 'site-left';

/**
 * Hides the items of sources that left the federation file a day ago, and shows those of sources that came back.
 * Idempotent, in batches of 200; ticked by the scheduler in every replica.
 */
export async function tendLeftSources(store: Store, named: readonly string[]): Promise<void> {
  const [now, states] = await Promise.all([store.now(), store.work.states()]);
  const gone = states.filter(({ left }) => left !== undefined && left <= now - GRACE);
  await hideItemsOf(
    store,
    gone.map(({ source }) => source),
  );
  await showItemsOf(store, named, now);
}

/** Hides everything these sources still show or hold; gives how many items. */
export async function hideItemsOf(store: Store, sources: readonly string[]): Promise<number> {
  let hidden = 0;
  for (const source of sources) {
    for (;;) {
      const filter = { sources: [source], visibility: ['RELEASED', 'HELD'] as const };
      const found = await store.items.page({ filter, order: 'PUBLISHED', first: BATCH });
      if (found.length === 0) break;
      hidden += await change(store, found, isShown, hide);
    }
  }
  return hidden;
}

async function showItemsOf(store: Store, sources: readonly string[], now: Instant): Promise<void> {
  if (sources.length === 0) return;
  let after: { at: Instant; n: number } | undefined;
  for (;;) {
    const filter = { sources, visibility: ['HIDDEN'] as const };
    const found = await store.items.page({
      filter,
      order: 'PUBLISHED',
      first: BATCH,
      ...(after ? { after } : {}),
    });
    const back = found.filter(hasLeft);
    if (back.length > 0) await change(store, back, hasLeft, item => show(item, now));
    const last = found.at(-1);
    if (!last || found.length < BATCH) return;
    after = { at: last.listed, n: last.n };
  }
}

const isShown = ({ visibility }: Item): boolean => visibility === 'RELEASED' || visibility === 'HELD';
const hasLeft = (item: Item): boolean => item.visibility === 'HIDDEN' && item.visibilityReason === SITE_LEFT;

/** Reads the items again under the lock, so that what others did meanwhile stands. */
function change(
  store: Store,
  items: readonly Item[],
  still: (item: Item) => boolean,
  revise: (item: Item) => Revision,
): Promise<number> {
  return store.transaction(async tx => {
    const current = await tx.items.current(items.map(({ id }) => id));
    const revisions = [...current.values()].filter(still).map(revise);
    await write(tx, revisions);
    const waiting = revisions.filter(({ item }) => item.visibility === 'HELD').map(({ item }) => item.id);
    if (waiting.length > 0) await tx.problems.forget('item', waiting);
    return revisions.length;
  });
}

function hide(before: Item): Revision {
  const { releaseAt: _releaseAt, ...item } = before;
  const hidden: Item = { ...item, visibility: 'HIDDEN', visibilityReason: SITE_LEFT };
  if (item.visibility !== 'RELEASED') return { item: hidden, before };
  return { item: hidden, before, change: { kind: 'tombstone', item: item.id, reason: SITE_LEFT } };
}

function show(before: Item, now: Instant): Revision {
  // What was never out may have waited for a person: judging tells, and until then it waits on.
  if (before.released === undefined) return { item: { ...before, visibility: 'HELD' }, before };
  const { visibilityReason: _reason, ...item } = before;
  const shown: Item = { ...item, visibility: 'RELEASED', released: item.released ?? now };
  return { item: shown, before, change: { kind: 'put', item: item.id, backfill: item.backfill } };
}
