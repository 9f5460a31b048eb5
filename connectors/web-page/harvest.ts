import { type CodedError, toCoded } from '../../schemas/errors.ts';
import type { Batch, HarvestJob } from '../connector.ts';
import { Collecting } from './batch.ts';
import { type Choice, chooseRows } from './choose.ts';
import { type ListPage, listPages } from './list-pages.ts';
import { listed, type WebPageOptions } from './options.ts';
import { readRows } from './read-rows.ts';
import { type Run, startRun, type WebTools } from './run.ts';
import { sitemapRows } from './sitemap-rows.ts';

/**
 * One run: every list and sitemap is looked at, and of the articles they name those are opened that are new, changed,
 * or due to be read again. A list is a window: what is not on it any more says nothing.
 */
export async function* harvest(job: HarvestJob<WebPageOptions>, tools: WebTools): AsyncIterable<Batch> {
  tools.signal.throwIfAborted();
  const run = startRun(job, tools);
  const collecting = new Collecting(run);
  const choice = await chooseRows(run);
  let failure: CodedError | undefined;
  const ways = [
    ...run.lists.map(list => () => harvestList(run, list, choice, collecting)),
    ...listed(run.options.sitemap).map(sitemap => () => harvestSitemap(run, sitemap, choice, collecting)),
  ];
  for (const way of ways) {
    try {
      yield* way();
    } catch (thrown) {
      tools.signal.throwIfAborted();
      failure ??= toCoded(thrown);
      // What one list of several can't give, the others still may.
      if (run.failures > 0) break;
    }
  }
  yield collecting.take();
  if (failure) throw failure;
}

async function* harvestList(
  run: Run,
  list: string,
  choice: Choice,
  collecting: Collecting,
): AsyncIterable<Batch> {
  const { progress, tools } = run;
  const wasWhole = progress.isWhole(list);
  const validators = choice.isDue ? undefined : progress.validators(list);
  let first: ListPage | undefined;
  let whole = true;
  for await (const page of listPages(run, list, validators)) {
    tools.signal.throwIfAborted();
    first ??= page;
    collecting.broke(page.broken);
    collecting.listed(page.rows.length);
    if (page.number === 1) progress.marks.add(page.marks);
    if (page.number === 1 && list === run.lists[0]) collecting.hub(page.hub);
    if (page.repeats && page.number === 2)
      collecting.note('page 2 is page 1 again: the paging is another one');
    const fresh = page.rows.filter(choice.fresh);
    const read = yield* readRows(
      run,
      page.rows.filter(row => choice.fresh(row) || choice.again(row)),
      choice,
      collecting,
    );
    if (page.rows.some(({ link }) => progress.memory.isPending(link))) whole = false;
    if (read.cut) whole = false;
    if (read.cut || read.old || (wasWhole && fresh.length === 0)) break;
  }
  if (first) progress.visited(list, whole, first.validators);
}

async function* harvestSitemap(
  run: Run,
  sitemap: string,
  choice: Choice,
  collecting: Collecting,
): AsyncIterable<Batch> {
  const found = await sitemapRows(run, sitemap, choice.isDue);
  if (found === undefined) return;
  for (const note of found.notes) collecting.note(note);
  const wanted = found.rows.filter(row => choice.fresh(row) || choice.again(row));
  if (wanted.length > 0 && run.options.open) await found.learnSite();
  const read = yield* readRows(run, wanted, choice, collecting);
  const whole = !read.cut && !wanted.some(({ link }) => run.progress.memory.isPending(link));
  run.progress.visited(sitemap, whole, found.validators);
}
