import type { NewChange } from '../../schemas/change.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Draft, Item, Version } from '../../schemas/item.ts';
import type { Verdict } from '../judge/judge.ts';
import { changedFields } from '../normalise/hash.ts';

/** What one draft does to the store: the item as it will be, and the rows that tell of it. */
export interface Revision {
  readonly item: Omit<Item, 'n'> & { readonly n?: number };
  readonly version?: Version;
  readonly change?: NewChange;
  /** Content goes out for good. */
  readonly erase?: boolean;
}

/** Reasons that judging gave and judging may lift; all others wait for a person. */
const LIFTED_BY_JUDGING: readonly string[] = ['withheld', 'site-left'];

export interface Arrival {
  readonly id: string;
  readonly now: Instant;
  /** Came in older than the connection of its source. */
  readonly backfill: boolean;
}

/** A draft nobody has seen before. Undefined when its publisher has already taken it back. */
export function create(draft: Draft, verdict: Verdict, { id, now, backfill }: Arrival): Revision | undefined {
  if (verdict.visibility === 'WITHDRAWN') return undefined;
  const { keys: _keys, notes: _notes, ...content } = draft;
  const visible = verdict.visibility === 'RELEASED';
  const listed = Math.min(draft.published ?? now, now);
  const item = {
    ...content,
    ...stateOf(verdict),
    id,
    firstSeen: now,
    listed,
    backfill,
    ...(visible ? { released: now } : {}),
  };
  const version: Version = { item: id, at: now, hash: draft.hash, kind: 'created', changed: [] };
  return visible ? { item, version, change: { kind: 'put', item: id, backfill } } : { item, version };
}

/** A draft of an item we hold. Undefined when nothing about it changes. */
export function revise(
  item: Item,
  draft: Draft,
  verdict: Verdict,
  { now, takesOver = false }: { readonly now: Instant; readonly takesOver?: boolean },
): Revision | undefined {
  if (item.visibility === 'WITHDRAWN') return restore(item, draft, verdict, now);
  const foreign = draft.source !== item.source;
  if (foreign && !takesOver && !isRicher(draft, item)) return undefined;
  if (verdict.visibility === 'WITHDRAWN') return withdraw(item, 'withdrawn');

  const next = nextState(item, verdict);
  const edited = draft.hash !== item.hash;
  if (!edited && !foreign && next.visibility === item.visibility && draft.cleaner === item.cleaner)
    return undefined;

  const revised = merged(item, draft, next, now);
  const version: Version | undefined = edited
    ? { item: item.id, at: now, hash: draft.hash, kind: 'updated', changed: changedFields(item, draft) }
    : undefined;
  const change = changeOf(item, revised, edited);
  return { item: revised, ...(version ? { version } : {}), ...(change ? { change } : {}) };
}

/** Takes an item back: content erased, and a tombstone where it was ever out. */
export function withdraw(item: Item, reason: 'withdrawn' | 'order' | 'expired'): Revision {
  const { releaseAt: _releaseAt, ...rest } = item;
  const gone: Item = { ...rest, visibility: 'WITHDRAWN', visibilityReason: reason };
  const wasOut = item.released !== undefined;
  return {
    item: gone,
    erase: reason !== 'expired',
    ...(wasOut ? { change: { kind: 'tombstone', item: item.id, reason } } : {}),
  };
}

/** What its publisher withdrew comes back when that publisher publishes it again; an order is lifted by `restore`. */
function restore(item: Item, draft: Draft, verdict: Verdict, now: Instant): Revision | undefined {
  if (item.visibilityReason !== 'withdrawn' || draft.source !== item.source) return undefined;
  if (verdict.visibility === 'WITHDRAWN') return undefined;
  const back = merged(item, draft, stateOf(verdict), now);
  const version: Version = { item: item.id, at: now, hash: draft.hash, kind: 'restored', changed: [] };
  const change: NewChange = { kind: 'put', item: item.id, backfill: false };
  return back.visibility === 'RELEASED' ? { item: back, version, change } : { item: back, version };
}

type State = Pick<Item, 'visibility' | 'visibilityReason' | 'releaseAt'>;

function stateOf(verdict: Verdict): State {
  return {
    visibility: verdict.visibility,
    ...(verdict.reason ? { visibilityReason: verdict.reason } : {}),
    ...(verdict.releaseAt === undefined ? {} : { releaseAt: verdict.releaseAt }),
  };
}

function nextState(item: Item, verdict: Verdict): State {
  const heldByPerson =
    item.visibility !== 'RELEASED' && !LIFTED_BY_JUDGING.includes(item.visibilityReason ?? '');
  if (heldByPerson && item.releaseAt === undefined) return stateOfItem(item);
  // What has been out is not "waiting to go out": it is hidden.
  if (verdict.visibility === 'HELD' && item.released !== undefined)
    return { ...stateOf(verdict), visibility: 'HIDDEN' };
  return stateOf(verdict);
}

function stateOfItem({ visibility, visibilityReason, releaseAt }: Item): State {
  return {
    visibility,
    ...(visibilityReason ? { visibilityReason } : {}),
    ...(releaseAt === undefined ? {} : { releaseAt }),
  };
}

function merged(item: Item, draft: Draft, state: State, now: Instant): Item {
  const { keys: _keys, notes: _notes, ...content } = draft;
  const released = item.released ?? (state.visibility === 'RELEASED' ? now : undefined);
  return {
    ...content,
    ...state,
    id: item.id,
    n: item.n,
    firstSeen: item.firstSeen,
    listed: item.listed,
    backfill: item.backfill,
    ...(released === undefined ? {} : { released }),
  };
}

function changeOf(before: Item, after: Item, edited: boolean): NewChange | undefined {
  if (after.visibility === 'RELEASED' && (edited || before.visibility !== 'RELEASED')) {
    return { kind: 'put', item: after.id, backfill: false };
  }
  if (before.visibility === 'RELEASED' && after.visibility !== 'RELEASED') {
    return { kind: 'tombstone', item: after.id, reason: 'hidden' };
  }
  return undefined;
}

/** A second source of the same site takes an item over only when it has the text that the first one lacks. */
function isRicher(draft: Draft, item: Item): boolean {
  return item.content === '' && draft.content !== '';
}
