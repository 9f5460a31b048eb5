import type { Collected, HarvestJob, Listed } from '../connector.ts';
import { Collecting } from './batch.ts';
import { openArticle } from './open-article.ts';
import { listed, type WebPageOptions } from './options.ts';
import type { Row } from './reading.ts';
import { startRun, type WebTools } from './run.ts';
import { isWanted } from './wanted.ts';

/** Pages opened before what they gave is handed over. */
const TOGETHER = 20;

/** Opens the pages of what a site's sitemap names, as far apart as in a harvest. What fails is left for another time. */
export async function* collectPages(
  wanted: readonly Listed[],
  job: HarvestJob<WebPageOptions>,
  tools: WebTools,
): AsyncGenerator<Collected> {
  const run = startRun(job, tools);
  const collecting = new Collecting(run);
  const from = run.lists[0] ?? listed(run.options.sitemap)[0] ?? '';
  let answered: Listed[] = [];
  for (const one of run.options.open ? wanted.slice(0, run.options.perRun) : []) {
    tools.signal.throwIfAborted();
    if (one.link === undefined) continue;
    const opened = isWanted(one.link, from, run.options)
      ? await openArticle(run, rowOf(one.link))
      : undefined;
    if (opened?.is === 'article') await collecting.add(opened);
    if (opened?.is !== 'failed') answered.push(one);
    if (answered.length < TOGETHER) continue;
    yield { entries: collecting.take().entries, answered };
    answered = [];
  }
  if (answered.length > 0) yield { entries: collecting.take().entries, answered };
}

/** Nothing is known of it but its address. */
function rowOf(link: string): Row {
  return { link, parts: { pictures: [], authors: [], categories: [] }, missed: [], digest: '' };
}
