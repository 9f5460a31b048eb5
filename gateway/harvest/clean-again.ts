import type { Item } from '../../schemas/item.ts';
import { CLEANER_VERSION } from '../normalise/clean-html.ts';
import { contentHash } from '../normalise/hash.ts';
import type { Store } from '../store/store.ts';
import type { ReadingPool } from './reading-pool.ts';
import type { ReadingTask } from './reading-thread.ts';
import type { Revision } from './revise.ts';
import { write } from './write-revisions.ts';

const BATCH = 50;
const TIMEOUT = 10_000;

export interface CleanedAgain {
  readonly html: string;
  readonly text: string;
}

/**
 * Cleans a batch of what an older version of the cleaner let through, and stores it; a put only where what is
 * syndicated changes. Gives how many items it looked at: 0 means that everything is clean.
 */
export async function cleanAgain(
  store: Store,
  pool: ReadingPool,
  version = CLEANER_VERSION,
): Promise<number> {
  const old = await store.items.uncleaned(version, BATCH);
  if (old.length === 0) return 0;
  // What was trimmed may be given back one day: it is cleaned too.
  const fulls = await store.records.byIds(
    'full-text',
    old.map(({ id }) => id),
  );
  const links = new Map(old.map(({ id, link }) => [id, link]));
  const task: ReadingTask = {
    kind: 'clean',
    texts: [
      ...old.map(({ content, link }) => ({ html: content, link })),
      ...fulls.map(({ id, document }) => ({ html: document.content, link: links.get(id) ?? '' })),
    ],
  };
  const cleaned = (await pool.run(task, TIMEOUT)) as readonly CleanedAgain[];
  const wholes = new Map(
    fulls.map(({ id, document }, i) => {
      const { html, text } = cleaned[old.length + i] ?? { html: '', text: '' };
      return [id, { ...document, content: html, contentText: text }];
    }),
  );
  const byId = new Map(old.map((item, i) => [item.id, { before: item, cleaned: cleaned[i] }]));
  await store.transaction(async tx => {
    const current = await tx.items.current([...byId.keys()]);
    const revisions = [...current.values()].flatMap(item => {
      const known = byId.get(item.id);
      // A harvest was quicker: what it stored is clean already.
      if (!known?.cleaned || item.cleaner >= version || item.content !== known.before.content) return [];
      const full = wholes.get(item.id);
      return [{ ...recleaned(item, known.cleaned, version), ...(full && { full }) }];
    });
    await write(tx, revisions);
  });
  return old.length;
}

function recleaned(item: Item, { html, text }: CleanedAgain, version: number): Revision {
  if (html === item.content) return { item: { ...item, cleaner: version }, before: item };
  const next: Item = { ...item, content: html, contentText: text, cleaner: version };
  const revised: Item = { ...next, hash: contentHash(item.site, next) };
  if (item.visibility !== 'RELEASED') return { item: revised, before: item };
  return { item: revised, before: item, change: { kind: 'put', item: item.id, backfill: item.backfill } };
}
