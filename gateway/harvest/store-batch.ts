import type { NewChange } from '../../schemas/change.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Draft, IdentityKey, Item } from '../../schemas/item.ts';
import type { Site } from '../../schemas/site.ts';
import { judge } from '../judge/judge.ts';
import { mintId } from '../normalise/identity.ts';
import type { Store, Transaction } from '../store/store.ts';
import type { Lease } from '../store/work.ts';
import { type Recognised, recognise } from './recognise.ts';
import { create, type Revision, revise, withdraw } from './revise.ts';

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
}

export interface Stored {
  readonly created: number;
  readonly updated: number;
  readonly withdrawn: number;
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
    const kept = recognised.filter(({ item }) => !item || !gone.has(item.id));
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
    const counts = count(revisions, gone.size);
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

const withdrawn = (item: Item): Revision => withdraw(item, 'withdrawn');

function reviseOne({ draft, item }: Recognised, batch: BatchToStore, now: Instant): Revision | undefined {
  const verdict = judge(draft);
  if (item) return revise(item, draft, verdict, { now, takesOver: batch.outranks(item.source) });
  const published = draft.published ?? now;
  if (published < batch.since) return undefined;
  const first = draft.keys[0];
  if (!first) return undefined;
  return create(draft, verdict, {
    id: mintId(batch.site.id, first),
    now,
    backfill: published < batch.connected,
  });
}

/** Saves what was decided: also used by the scheduler's tick and by the operator's acts. */
export async function write(tx: Transaction, revisions: readonly Revision[]): Promise<void> {
  if (revisions.length === 0) return;
  await tx.items.save(revisions.map(({ item }) => item));
  await tx.items.addVersions(revisions.flatMap(({ version }) => version ?? []));
  const erased = revisions.filter(({ erase }) => erase).map(({ item }) => item.id);
  if (erased.length > 0) await tx.items.erase(erased);
  tx.changes.append(revisions.flatMap(({ change }) => change ?? []));
}

/** Two items found to be one: the older id stays, the other becomes a tombstone that leads to it. */
async function mergeAll(tx: Transaction, merges: readonly { other: Item; into: Item }[]): Promise<void> {
  for (const { other, into } of merges) {
    const { releaseAt: _releaseAt, ...rest } = other;
    await tx.items.save([{ ...rest, visibility: 'WITHDRAWN', visibilityReason: 'merged' }]);
    await tx.items.erase([other.id]);
    await tx.items.moveKeys(other.id, into.id);
    const tombstone: NewChange = { kind: 'tombstone', item: other.id, reason: 'merged', replacedBy: into.id };
    if (other.released !== undefined) tx.changes.append([tombstone]);
  }
}

interface Placed {
  readonly one: Recognised;
  readonly revision: Revision | undefined;
}

function newKeysOf(placed: readonly Placed[]): { item: string; key: IdentityKey }[] {
  return placed.flatMap(({ one, revision }) => {
    const id = one.item?.id ?? revision?.item.id;
    // A feed that gives each entry a new guid at each request would otherwise grow keys for ever.
    if (one.item && !revision && one.item.source === one.draft.source) return [];
    return id ? one.newKeys.map(key => ({ item: id, key })) : [];
  });
}

function count(revisions: readonly Revision[], withdrawnCount: number): Stored {
  const created = revisions.filter(({ version }) => version?.kind === 'created').length;
  return { created, updated: revisions.length - created - withdrawnCount, withdrawn: withdrawnCount };
}
