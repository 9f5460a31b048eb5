import { createHash } from 'node:crypto';
import type { Topic } from '../../schemas/federation.ts';
import type { Item } from '../../schemas/item.ts';
import type { FullText } from '../../schemas/records.ts';
import { contentHash } from '../normalise/hash.ts';
import { type TopicFinder, topicFinder } from '../normalise/topics.ts';
import type { After } from '../store/items.ts';
import type { Store } from '../store/store.ts';
import type { Revision } from './revise.ts';
import { write } from './write-revisions.ts';

const BATCH = 200;
const STORED = ['RELEASED', 'HELD', 'HIDDEN'] as const;
const ID = 'topics';

/**
 * Gives a batch of stored items, the newest first, the topics that the federation file gives them now: what came in before
 * it was edited came in under other ones. Tells how many items it looked at: 0 means that all have their topics. Who follows
 * a topic hears of those that leave it as withdrawn, and of those that join it as of any put.
 */
export async function mapAgain(store: Store, topics: readonly Topic[]): Promise<number> {
  const fingerprint = createHash('sha256').update(JSON.stringify(topics)).digest('base64url');
  const known = (await store.records.get('topic-mapping', ID))?.document;
  const begun = known?.fingerprint === fingerprint ? known : undefined;
  if (begun?.done) return 0;
  const items = await store.items.page({
    filter: { visibility: STORED },
    order: 'PUBLISHED',
    first: BATCH,
    ...(begun?.after && { after: begun.after }),
  });
  const after = placeOf(items.at(-1)) ?? begun?.after;
  const find = topicFinder(topics);
  await store.transaction(async tx => {
    const current = await tx.items.current(items.map(({ id }) => id));
    const revisions: Revision[] = [];
    for (const item of current.values()) {
      if (item.visibility === 'WITHDRAWN') continue;
      // Few were trimmed: only they have more to be sorted by than what is shown.
      const full =
        item.sourceHash === undefined ? undefined : (await tx.records.get('full-text', item.id))?.document;
      const revision = mapped(item, full, find);
      if (revision) revisions.push(revision);
    }
    await write(tx, revisions);
    const document = { fingerprint, done: items.length < BATCH, ...(after && { after }) };
    await tx.records.put({
      kind: 'topic-mapping',
      id: ID,
      state: 'in-force',
      at: await store.now(),
      document,
    });
  });
  return items.length;
}

function placeOf(item: Item | undefined): After | undefined {
  return item && { at: item.listed, n: item.n };
}

/** Nothing when its topics are as they were. */
function mapped(item: Item, full: FullText | undefined, find: TopicFinder): Revision | undefined {
  const { site, title, summary, categories } = { ...item, ...(full && { summary: full.summary }) };
  const topics = find({ site, title, summary, categories });
  if (topics.join('\n') === item.topics.join('\n')) return undefined;
  const next = { ...item, topics };
  // As its next harvest will hash it, which must not take it for another wording.
  const whole = full && { ...full, hash: contentHash(site, { ...next, ...full }) };
  const revised: Item = {
    ...next,
    hash: contentHash(site, next),
    ...(whole && item.sourceHash !== undefined && { sourceHash: whole.hash }),
  };
  return {
    item: revised,
    before: item,
    ...(whole && { full: whole }),
    ...(item.visibility === 'RELEASED' && {
      change: { kind: 'put', item: item.id, backfill: item.backfill } as const,
    }),
  };
}
