import type { NewChange } from '../../schemas/change.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Draft, Item, Version } from '../../schemas/item.ts';
import type { FullText } from '../../schemas/records.ts';
import type { Ruling, Verdict } from '../judge/judge.ts';
import { changedFields } from '../normalise/hash.ts';
import type { Judgement } from '../store/problems.ts';
import { isCalledBack } from './told.ts';

/** What one draft does to the store: the item as it will be, and the rows that tell of it. */
export interface Revision {
  readonly item: Omit<Item, 'n'> & { readonly n?: number };
  readonly version?: Version;
  readonly change?: NewChange;
  /** Content goes out for good. */
  readonly erase?: boolean;
  /** The item before; absent for a new one. */
  readonly before?: Item;
  /** What was trimmed: `null` when nothing is any more. Absent: as it was. */
  readonly full?: FullText | null;
  readonly judgement?: Judgement;
}

/** Reasons that judging gave and judging may lift; all others wait for a person. */
const LIFTED_BY_JUDGING = /^(?:withheld|site-left|press-delay|rule:.*)$/;

export interface Arrival {
  readonly id: string;
  readonly now: Instant;
  /** Came in older than the connection of its source. */
  readonly backfill: boolean;
  /** Its source doesn't tell what is gone. */
  readonly probed?: boolean;
}

/** A draft nobody has seen before. Undefined when its publisher has already taken it back. */
export function create(ruling: Ruling, { id, now, backfill, probed }: Arrival): Revision | undefined {
  const { draft, verdict } = ruling;
  if (verdict.visibility === 'WITHDRAWN') return undefined;
  const visible = verdict.visibility === 'RELEASED';
  const listed = Math.min(draft.published ?? now, now);
  const item = {
    ...contentOf(ruling),
    ...stateOf(verdict),
    id,
    firstSeen: now,
    listed,
    backfill,
    ...(probed && { probed }),
    ...(visible ? { released: now } : {}),
  };
  const version: Version = { item: id, at: now, hash: draft.hash, kind: 'created', changed: [] };
  const revision = { item, version, ...besideItem(ruling, id) };
  return visible ? { ...revision, change: { kind: 'put', item: id, backfill } } : revision;
}

/** What of a ruling is stored with the item. */
function contentOf({ draft, full, republication }: Ruling) {
  const { keys: _keys, notes: _notes, judged: _judged, ...content } = draft;
  return { ...content, ...(republication && { republication }), ...(full && { sourceHash: full.hash }) };
}

/** What of a ruling is stored beside the item. */
function besideItem({ full, judgement }: Ruling, id: string, before?: Item): Partial<Revision> {
  return {
    ...(full ? { full } : before?.sourceHash === undefined ? {} : { full: null }),
    judgement: { ...judgement, id },
  };
}

/** A draft of an item we hold. Undefined when nothing about it changes. */
export function revise(
  item: Item,
  ruling: Ruling,
  { now, takesOver = false }: { readonly now: Instant; readonly takesOver?: boolean },
): Revision | undefined {
  const { draft, verdict } = ruling;
  if (item.visibility === 'WITHDRAWN') return restore(item, ruling, now);
  const foreign = draft.source !== item.source;
  if (foreign && !takesOver && !isRicher(draft, item)) return undefined;
  if (verdict.visibility === 'WITHDRAWN') return withdraw(item, 'withdrawn');

  const next = nextState(item, verdict);
  const edited = draft.hash !== item.hash;
  if (!edited && !foreign && isAsBefore(item, ruling, next)) return undefined;

  const revised = merged(item, ruling, next, now);
  const version: Version | undefined = edited
    ? { item: item.id, at: now, hash: draft.hash, kind: 'updated', changed: changedFields(item, draft) }
    : undefined;
  const change = changeOf(item, revised, edited);
  return {
    item: revised,
    before: item,
    ...besideItem(ruling, item.id, item),
    ...(version ? { version } : {}),
    ...(change ? { change } : {}),
  };
}

/** Nothing that is stored with the item differs: neither its state nor its terms nor what was taken from it. */
function isAsBefore(item: Item, { draft, full, republication }: Ruling, next: State): boolean {
  return (
    next.visibility === item.visibility &&
    next.releaseAt === item.releaseAt &&
    draft.cleaner === item.cleaner &&
    full?.hash === item.sourceHash &&
    JSON.stringify(republication) === JSON.stringify(item.republication)
  );
}

/** Takes an item back: content erased, and a tombstone where it was ever out. `takenBack`: when its publisher called it back by hand. */
export function withdraw(
  item: Item,
  reason: 'withdrawn' | 'order' | 'expired',
  takenBack?: Instant,
): Revision {
  const { releaseAt: _releaseAt, ...rest } = item;
  const gone: Item = {
    ...rest,
    visibility: 'WITHDRAWN',
    visibilityReason: reason,
    ...(takenBack !== undefined && { takenBack }),
  };
  const wasOut = item.released !== undefined;
  return {
    item: gone,
    before: item,
    erase: reason !== 'expired',
    ...(wasOut ? { change: { kind: 'tombstone', item: item.id, reason } } : {}),
  };
}

/** What its publisher withdrew comes back when that publisher publishes it again; an order is lifted by `restore`. */
function restore(item: Item, ruling: Ruling, now: Instant): Revision | undefined {
  const { draft, verdict } = ruling;
  if (item.visibilityReason !== 'withdrawn' || draft.source !== item.source) return undefined;
  if (verdict.visibility === 'WITHDRAWN' || isCalledBack(draft, item)) return undefined;
  const back = merged(item, ruling, stateOf(verdict), now);
  const version: Version = { item: item.id, at: now, hash: draft.hash, kind: 'restored', changed: [] };
  const revision = { item: back, before: item, version, ...besideItem(ruling, item.id, item) };
  if (back.visibility !== 'RELEASED') return revision;
  return { ...revision, change: { kind: 'put', item: item.id, backfill: false } };
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
  const heldByPerson = item.visibility !== 'RELEASED' && !LIFTED_BY_JUDGING.test(item.visibilityReason ?? '');
  if (heldByPerson) return stateOfItem(item);
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

function merged(item: Item, ruling: Ruling, state: State, now: Instant): Item {
  const released = item.released ?? (state.visibility === 'RELEASED' ? now : undefined);
  return {
    ...contentOf(ruling),
    ...state,
    ...(item.probed && { probed: item.probed }),
    ...(item.approved && { approved: item.approved }),
    ...(item.corrects && { corrects: item.corrects }),
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
