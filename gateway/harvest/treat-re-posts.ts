import { ALIKE } from '../judge/re-post.ts';
import type { Alike } from '../stories/find-alike.ts';
import type { Compared } from '../stories/join-stories.ts';
import { isEarlier, isPapers, papersOf, type Similar, similarTo } from './find-similar.ts';
import type { HarvestTools } from './harvest-source.ts';
import { judgeRePosts } from './judge-again.ts';

/** A stored item of a unit or portal, and the paper's that it turned out to be like. */
interface RePost {
  readonly id: string;
  readonly paper: Alike;
}

/**
 * Treats as the paper's what turns out to be a paper's text only now: its paper was harvested after it, or had another
 * headline and came at the same moment. Press duties follow the text.
 */
export async function treatRePosts(compared: readonly Compared[], tools: HarvestTools): Promise<void> {
  const found = compared.flatMap(rePostsIn);
  if (found.length === 0) return;
  const { store, federation } = tools;
  const papers = await papersOf(
    found.map(({ paper }) => paper),
    store,
  );
  const items = await store.items.byIds(found.map(({ id }) => id));
  const similar = new Map<string, Similar>();
  for (const { id, paper } of found.toSorted((x, y) => x.paper.score - y.paper.score)) {
    const item = items.find(one => one.id === id);
    const one = similarTo(paper, papers);
    const untreated = item && item.visibility !== 'WITHDRAWN' && item.republication === undefined;
    if (one && untreated && isEarlier(paper.other, item)) similar.set(id, one);
  }
  const treated = items.filter(({ id }) => similar.has(id));
  for (const [siteId, all] of Map.groupBy(treated, ({ site }) => site)) {
    const site = federation.sites.find(({ id }) => id === siteId);
    const alike = new Map(all.flatMap(({ id }) => [[id, similar.get(id) as Similar] as const]));
    if (site) await judgeRePosts(site, alike, tools);
  }
}

/** Either the item itself is like a paper's, or it is a paper's and others are like it. */
function rePostsIn({ due, alike }: Compared): RePost[] {
  const near = alike.filter(one => isPapers(one) && one.score >= ALIKE);
  if (due.kind !== 'press')
    return near.filter(({ other }) => other.kind === 'press').map(paper => ({ id: due.id, paper }));
  const itself = { ...due, whole: 0, namesSource: false };
  return near
    .filter(({ other }) => other.kind !== 'press')
    .map(one => ({ id: one.other.id, paper: { ...one, other: itself } }));
}
