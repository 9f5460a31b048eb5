import type { Deletion } from '../../schemas/entry.ts';
import type { Batch } from '../connector.ts';
import { advanced, DAY, firstCheckpoint, settled, startOf } from './advance.ts';
import { type Api, openApi, type WordPressJob, type WordPressTools } from './api.ts';
import { changedPosts, type Page, stampOf } from './changed.ts';
import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import { differing } from './differing.ts';
import { toEntry } from './entry.ts';
import { type LookupMemory, lookUp, newMemory } from './lookups.ts';
import { LARGEST_PAGE } from './options.ts';
import { absentDeletion, closedDeletion } from './reconcile.ts';
import { perPageOf, remedied } from './remedy.ts';
import { POST_FIELDS, type Post } from './wire.ts';

/** What changed since the last run; then what the list has and we don't, and what we have and the list doesn't. */
export async function* harvest(job: WordPressJob, tools: WordPressTools): AsyncGenerator<Batch> {
  const known = readCheckpoint(job.checkpoint, job.source.options.url, job.since);
  let checkpoint = known ?? (await firstCheckpoint(job, tools));
  for (let remedies = 0; ; remedies += 1) {
    try {
      for await (const batch of run(job, tools, checkpoint)) {
        yield batch;
        ({ checkpoint } = batch);
      }
      return;
    } catch (thrown) {
      if (remedies === MOST_REMEDIES) throw thrown;
      checkpoint = await remedied(job, tools, checkpoint, thrown);
    }
  }
}

const MOST_REMEDIES = 2;

/** A batch whose checkpoint we can still read. */
type Step = Batch & { readonly checkpoint: Checkpoint };

/** What one run shares between its steps. */
interface Run {
  readonly job: WordPressJob;
  readonly tools: WordPressTools;
  readonly api: Api;
  readonly memory: LookupMemory;
  /** `id@modified` of every post that the run has come across. */
  readonly seen: Set<string>;
  /** Ids of the posts it has given. */
  readonly given: Set<number>;
  readonly start: Checkpoint;
}

async function* run(job: WordPressJob, tools: WordPressTools, start: Checkpoint): AsyncGenerator<Step> {
  const refused = start.authorsRefused !== undefined && tools.now() - start.authorsRefused < DAY;
  const memory = newMemory(refused);
  const one: Run = {
    job,
    tools,
    api: openApi(start.root, job, tools),
    memory,
    seen: new Set(Object.values(start.recent).flat()),
    given: new Set(),
    start,
  };
  const after = yield* changes(one);
  yield* differences(one, after);
}

async function* changes(run: Run): AsyncGenerator<Step, Checkpoint> {
  const { job, tools, api, start } = run;
  const { types } = job.source.options;
  const perPage = perPageOf(job, start);
  let checkpoint = start;
  for (const type of types) {
    const recent = new Set(start.recent[type]);
    const mark = startOf(start, type, types);
    for await (const page of changedPosts({ api, type, perPage, since: job.since, mark })) {
      if (page.remaining > 0) tools.progress(`${type}: còn ${page.remaining} trang`);
      const fresh = page.posts.filter(post => !recent.has(stampOf(post)));
      for (const post of page.posts) run.seen.add(stampOf(post));
      for (const { id } of fresh) run.given.add(id);
      const content = await batchOf(run, fresh);
      checkpoint = advanced(checkpoint, { type, page, job, tools });
      if (fresh.length + page.broken > 0)
        yield { ...content, ...notesOf(page), checkpoint, facts: factsOf(start) };
    }
  }
  return checkpoint;
}

async function* differences(run: Run, checkpoint: Checkpoint): AsyncGenerator<Step> {
  const { job, tools } = run;
  const found = await differing({ ...run, checkpoint });
  const perPage = perPageOf(job, checkpoint);
  for (let from = 0; from < found.missing.length; from += perPage) {
    const posts = await fetchByIds(run, found.missing.slice(from, from + perPage));
    tools.log.debug({ posts: posts.length }, 'listed but not held: fetched');
    if (posts.length > 0) yield { ...(await batchOf(run, posts)), checkpoint, facts: factsOf(run.start) };
  }
  yield {
    entries: [],
    deletions: [...found.closed.map(closedDeletion), ...found.gone.map(absentDeletion)],
    checkpoint: settled(checkpoint, { found, authorsRefused: run.memory.authorsRefused, now: tools.now() }),
    facts: factsOf(run.start),
    ...(found.full && { complete: true }),
  };
}

/** Posts by id, from whichever type has them. */
export async function fetchByIds(
  { api, job }: Pick<Run, 'api' | 'job'>,
  ids: readonly number[],
): Promise<readonly Post[]> {
  const posts: Post[] = [];
  for (const type of job.source.options.types) {
    const missing = ids.filter(id => !posts.some(post => post.id === id));
    if (missing.length === 0) break;
    const parameters = { include: missing.join(','), per_page: LARGEST_PAGE, _fields: POST_FIELDS };
    posts.push(...(await api.list('posts', type, parameters)).reading.list);
  }
  return posts;
}

/** Readable posts as entries; one that asks for a password now is taken back by its publisher's own word. */
export async function batchOf(
  run: Pick<Run, 'api' | 'memory'>,
  posts: readonly Post[],
): Promise<{ entries: Batch['entries']; deletions: Deletion[] }> {
  const open = posts.filter(isOpen);
  const lookups = await lookUp(run.api, open, run.memory);
  return {
    entries: open.map(post => toEntry(post, lookups)),
    deletions: posts.filter(post => post.protected).map(({ id }) => closedDeletion(id)),
  };
}

/** With a password of its own a gateway could be shown drafts: only what is published counts. */
function isOpen({ protected: closed, status }: Post): boolean {
  return !closed && (status === undefined || status === 'publish');
}

function notesOf({ broken, repaired }: Page) {
  return { ...(broken > 0 && { broken }), ...(repaired.length > 0 && { repaired }) };
}

function factsOf({ title, language }: Checkpoint): NonNullable<Batch['facts']> {
  return { ...(title !== undefined && { title }), ...(language !== undefined && { language }) };
}
