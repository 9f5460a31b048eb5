import type { Collected, Listed, Listing } from '../connector.ts';
import { firstCheckpoint } from './advance.ts';
import { type Api, openApi, type WordPressJob, type WordPressTools } from './api.ts';
import { readCheckpoint } from './checkpoint.ts';
import { postIdOf, sourceIdOf } from './entry.ts';
import { batchOf, fetchByIds } from './harvest.ts';
import { newMemory } from './lookups.ts';
import { LARGEST_PAGE } from './options.ts';
import { fullListing } from './reconcile.ts';
import { POST_FIELDS, type Post } from './wire.ts';

/** All ids that the site lists to everybody; undefined when they are too many to read. */
export async function listPosts(job: WordPressJob, tools: WordPressTools): Promise<Listing | undefined> {
  const api = await openKnown(job, tools);
  const listing = await fullListing(api, job.source.options.types, job.since, tools.progress);
  if (!listing) return undefined;
  const open = [...listing.posts.values()].filter(post => !post.protected);
  return { url: job.source.options.url, listed: open.map(toListed), complete: true };
}

function toListed({ id, dateGmt }: Post): Listed {
  return { sourceId: sourceIdOf(id), ...(dateGmt !== undefined && { published: Date.parse(dateGmt) }) };
}

/** By id where the list said it, else by the last part of the address, which is the post's slug on most sites. */
export async function* collectPosts(
  wanted: readonly Listed[],
  job: WordPressJob,
  tools: WordPressTools,
): AsyncGenerator<Collected> {
  const api = await openKnown(job, tools);
  const run = { api, job, memory: newMemory(false) };
  const { perPage } = job.source.options;
  const byId = wanted.filter(({ sourceId }) => postIdOf(sourceId) !== undefined);
  const bySlug = wanted.filter(({ sourceId, link }) => sourceId === undefined && slugOf(link) !== undefined);
  for (let from = 0; from < byId.length; from += perPage) {
    const answered = byId.slice(from, from + perPage);
    const ids = answered.flatMap(({ sourceId }) => postIdOf(sourceId) ?? []);
    yield { entries: (await batchOf(run, await fetchByIds(run, ids))).entries, answered };
  }
  for (let from = 0; from < bySlug.length; from += perPage) {
    const answered = bySlug.slice(from, from + perPage);
    const slugs = answered.flatMap(({ link }) => slugOf(link) ?? []);
    yield { entries: (await batchOf(run, await fetchBySlugs(api, job, slugs))).entries, answered };
  }
}

async function fetchBySlugs(api: Api, job: WordPressJob, slugs: readonly string[]): Promise<readonly Post[]> {
  const posts: Post[] = [];
  for (const type of job.source.options.types) {
    const parameters = { slug: slugs.join(','), per_page: LARGEST_PAGE, _fields: POST_FIELDS };
    posts.push(...(await api.list('posts', type, parameters)).reading.list);
  }
  return posts;
}

function slugOf(link: string | undefined): string | undefined {
  const path = link === undefined ? undefined : URL.parse(link)?.pathname;
  return path?.split('/').findLast(part => part !== '' && !part.includes(','));
}

/** The API, where the last harvest found it. */
export async function openKnown(job: WordPressJob, tools: WordPressTools): Promise<Api> {
  const known = readCheckpoint(job.checkpoint, job.source.options.url, job.since);
  const { root } = known ?? (await firstCheckpoint(job, tools));
  return openApi(root, job, tools);
}
