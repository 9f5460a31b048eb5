import type { NewChange } from '../../schemas/change.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Draft, IdentityKey, Item } from '../../schemas/item.ts';
import type { LedgerEvent } from '../../schemas/ledger.ts';
import type { PressSettings } from '../../schemas/republication.ts';
import type { Site } from '../../schemas/site.ts';
import { bodyKeys } from '../acts/take-down.ts';
import { judge } from '../judge/judge.ts';
import type { InForce } from '../judge/rules-in-force.ts';
import { mintId } from '../normalise/identity.ts';
import type { Store, Transaction } from '../store/store.ts';
import type { Lease } from '../store/work.ts';
import type { Similar } from './find-similar.ts';
import { type Recognised, recognise } from './recognise.ts';
import { create, type Revision, revise, withdraw } from './revise.ts';
import { adopted, attributed, isBehind, isOld } from './told.ts';
import { write } from './write-revisions.ts';

export interface BatchToStore {
  readonly lease: Lease;
  readonly site: Site;
  readonly connector: string;
  /** Source ids are the CMS' own numbers. */
  readonly stableIds: boolean;
  /** Does this batch's source keep an item better than that one? */
  readonly outranks: (source: string) => boolean;
  readonly drafts: readonly Draft[];
  /** Each deletion by the keys of what it names. */
  readonly deletions: readonly (readonly IdentityKey[])[];
  readonly checkpoint: unknown;
  /** Unknown items published before this are not taken. */
  readonly since: Instant;
  /** Unknown items published before this are back-fill. */
  readonly connected: Instant;
  readonly inForce: InForce;
  readonly press: PressSettings;
  /** The federation's press sites. */
  readonly papers?: readonly Site[];
  /** By canonical link: the press item a new one is most like. */
  readonly similar?: ReadonlyMap<string, Similar>;
  /** The last complete harvest: what is new now was not there then. */
  readonly lastAbsent?: Instant;
  /** It came by itself, so it may be late: what we hold of a later wording, or withdrew meanwhile, stays. */
  readonly delivered?: true;
  /** What must happen with it or not at all; given the ids of the drafts' items, where there are any. */
  readonly within?: (tx: Transaction, items: ReadonlyMap<Draft, string>) => Promise<void>;
}

export interface Stored {
  readonly created: number;
  readonly updated: number;
  readonly withdrawn: number;
  /** Delivered entries of items that their publisher withdrew: only asking tells whether they are back. */
  readonly doubted: number;
  /** Rule → how many new items it held, trimmed or refused. */
  readonly touched: Readonly<Record<string, number>>;
}

/**
 * The unit of harvesting: items, versions, change rows and the checkpoint that resumes after them, together or
 * not at all. Refused by the store when the lease has passed on.
 */
export function storeBatch(store: Store, batch: BatchToStore): Promise<Stored> {
  return store.transaction(async tx => {
    const now = await store.now();
    const gone = await recogniseDeletions(tx, batch);
    const recognised = await recognise(tx.items, batch.site.id, batch.drafts, batch.stableIds);
    const blocked = await blockedDrafts(tx, recognised);
    const mayCome = recognised.filter(
      ({ item, draft }) => !blocked.has(draft) && (!item || !gone.has(item.id)),
    );
    const kept = mayCome.filter(one => !batch.delivered || !isOld(one));
    const merged = kept.flatMap(({ item, same }) => (item ? same.map(other => ({ other, into: item })) : []));
    const placed = kept.map(one => ({ one, revision: reviseOne(one, batch, now) }));
    const revisions = [
      ...placed.flatMap(({ revision }) => revision ?? []),
      ...[...gone.values()].map(withdrawn),
    ];

    await write(tx, revisions);
    await mergeAll(tx, merged);
    await tx.items.addKeys(batch.site.id, newKeysOf(placed));
    await tx.work.checkpoint(batch.lease, batch.connector, batch.checkpoint);
    await batch.within?.(tx, new Map([...idsOf(mayCome), ...itemsOf(placed)]));
    const doubted = mayCome.filter(one => batch.delivered && isDoubted(one)).length;
    const counts = count(revisions, gone.size, doubted);
    if (counts.created + counts.updated > 0)
      await tx.work.count(batch.lease.source, counts.created + counts.updated);
    return counts;
  });
}

async function recogniseDeletions(tx: Transaction, batch: BatchToStore): Promise<Map<string, Item>> {
  if (batch.deletions.length === 0) return new Map();
  const matches = await tx.items.resolve(batch.site.id, batch.deletions);
  const items = await tx.items.current([...new Set(matches.flat())]);
  // Only the source that an item came by last can take it back.
  const own = [...items.values()].filter(
    item => item.source === batch.lease.source && item.visibility !== 'WITHDRAWN',
  );
  return new Map(own.map(item => [item.id, item]));
}

/** New drafts whose very text an order took down: it stays away under any id and from any source. */
async function blockedDrafts(
  tx: Transaction,
  recognised: readonly Recognised[],
): Promise<ReadonlySet<Draft>> {
  const fresh = recognised.filter(({ item }) => !item).map(({ draft }) => ({ draft, keys: bodyKeys(draft) }));
  const keys = fresh.flatMap(one => one.keys);
  if (keys.length === 0) return new Set();
  const blocks = new Set(await tx.records.known('block', keys));
  const blocked = fresh.filter(one => one.keys.some(key => blocks.has(key)));
  tx.ledger.append(
    ...blocked.map(
      ({ draft }): LedgerEvent => ({
        type: 'order.blocked',
        actor: 'gateway',
        site: draft.site,
        details: { source: draft.source, link: draft.link },
      }),
    ),
  );
  return new Set(blocked.map(({ draft }) => draft));
}

const withdrawn = (item: Item): Revision => withdraw(item, 'withdrawn');

function reviseOne(
  { draft: given, item }: Recognised,
  batch: BatchToStore,
  now: Instant,
): Revision | undefined {
  const { site, inForce, press, lastAbsent, papers, similar } = batch;
  if (item && isBehind(given, item)) return batch.outranks(item.source) ? adopted(given, item) : undefined;
  const draft = item ? attributed(given, item, batch.outranks) : given;
  const alike = item ? undefined : similar?.get(draft.canonicalLink);
  const ruling = judge(draft, item, {
    site,
    inForce,
    press,
    now,
    ...(inForce.agreement && { agreement: inForce.agreement }),
    ...(lastAbsent !== undefined && { lastAbsent }),
    ...(papers && { papers }),
    ...(alike && { alike }),
  });
  if (item) return revise(item, ruling, { now, takesOver: batch.outranks(item.source) });
  const published = draft.published ?? now;
  if (published < batch.since) return undefined;
  const first = draft.keys[0];
  if (!first) return undefined;
  return create(ruling, {
    id: mintId(batch.site.id, first),
    now,
    backfill: published < batch.connected,
    probed: !batch.stableIds,
  });
}

/** Two items found to be one: the older id stays, the other becomes a tombstone that leads to it. */
async function mergeAll(tx: Transaction, merges: readonly { other: Item; into: Item }[]): Promise<void> {
  for (const { other, into } of merges) {
    const { releaseAt: _releaseAt, ...rest } = other;
    const tombstone: NewChange = { kind: 'tombstone', item: other.id, reason: 'merged', replacedBy: into.id };
    const merged: Revision = {
      item: { ...rest, visibility: 'WITHDRAWN', visibilityReason: 'merged' },
      before: other,
      erase: true,
      ...(other.released === undefined ? {} : { change: tombstone }),
    };
    await write(tx, [merged]);
    await tx.items.moveKeys(other.id, into.id);
  }
}

interface Placed {
  readonly one: Recognised;
  readonly revision: Revision | undefined;
}

function idsOf(recognised: readonly Recognised[]): (readonly [Draft, string])[] {
  return recognised.flatMap(({ draft, item }) => (item ? [[draft, item.id] as const] : []));
}

function itemsOf(placed: readonly Placed[]): (readonly [Draft, string])[] {
  return placed.flatMap(({ one, revision }) => (revision ? [[one.draft, revision.item.id] as const] : []));
}

function isDoubted({ item, draft }: Recognised): boolean {
  return item?.visibility === 'WITHDRAWN' && item.visibilityReason === 'withdrawn' && !draft.pushed;
}

function newKeysOf(placed: readonly Placed[]): { item: string; key: IdentityKey }[] {
  return placed.flatMap(({ one, revision }) => {
    const id = one.item?.id ?? revision?.item.id;
    // A feed that gives each entry a new guid at each request would otherwise grow keys for ever.
    if (one.item && !revision && one.item.source === one.draft.source) return [];
    return id ? one.newKeys.map(key => ({ item: id, key })) : [];
  });
}

function count(revisions: readonly Revision[], withdrawnCount: number, doubted: number): Stored {
  const created = revisions.filter(({ version }) => version?.kind === 'created').length;
  const touched: Record<string, number> = {};
  for (const { version, judgement } of revisions) {
    if (version?.kind !== 'created') continue;
    const acting = (judgement?.problems ?? []).filter(({ consequence }) => ACTING.has(consequence));
    for (const rule of new Set(acting.map(problem => problem.rule))) touched[rule] = (touched[rule] ?? 0) + 1;
  }
  return {
    created,
    updated: revisions.length - created - withdrawnCount,
    withdrawn: withdrawnCount,
    doubted,
    touched,
  };
}

const ACTING: ReadonlySet<string> = new Set(['refuse', 'remove', 'hold', 'trim']);
