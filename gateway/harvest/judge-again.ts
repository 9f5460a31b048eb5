import type { Draft, Item } from '../../schemas/item.ts';
import type { FullText } from '../../schemas/records.ts';
import type { Judged } from '../../schemas/rules/judged.ts';
import type { Site } from '../../schemas/site.ts';
import { carryOver } from '../judge/carry-over.ts';
import { judge } from '../judge/judge.ts';
import { judgingOf } from '../judge/judge-items.ts';
import type { Alike } from '../judge/re-post.ts';
import { recordedFor } from '../judge/recorded.ts';
import { type InForce, type Recorded, rulesInForce } from '../judge/rules-in-force.ts';
import type { HarvestTools } from './harvest-source.ts';
import type { ReadingTask } from './reading-thread.ts';
import { revise } from './revise.ts';
import { write } from './write-revisions.ts';

/** Items judged again at one time, and milliseconds they may take. */
const BATCH = 100;
const TIMEOUT = 10_000;

/**
 * Judges stored items again whose judgement rests on other rules, exceptions or agreements than are in force now; without
 * a harvest. Writes visibility flips and what trimming gives back or takes, nothing else. Gives how many it judged.
 */
export async function judgeAgain(tools: HarvestTools, done: JudgedBy = new Map()): Promise<number> {
  let judged = 0;
  for (const site of tools.federation.sites) judged += await judgeSiteAgain(site, tools, done);
  return judged;
}

/** Site → the rules by which all of its items are known to be judged: no need to look through them again. */
export type JudgedBy = Map<string, string>;

async function judgeSiteAgain(site: Site, tools: HarvestTools, done: JudgedBy): Promise<number> {
  const { store, federation, rules } = tools;
  const [now, recorded] = await Promise.all([store.now(), recordedFor(store, site.id)]);
  const inForce = rulesInForce(federation, rules, site.id, now, recorded);
  if (done.get(site.id) === inForce.fingerprint) return 0;
  const ids = await store.problems.unjudged(site.id, inForce.fingerprint, BATCH);
  if (ids.length === 0) {
    done.set(site.id, inForce.fingerprint);
    return 0;
  }
  done.delete(site.id);
  await judgeStored(site, ids, tools, { inForce, recorded });
  return ids.length;
}

interface JudgedUnder {
  readonly inForce: InForce;
  readonly recorded: Recorded;
}

/** Judges items of one site that turned out to be like a paper's: they are treated as the paper's from now on. */
export async function judgeRePosts(
  site: Site,
  alike: ReadonlyMap<string, Alike>,
  tools: HarvestTools,
): Promise<void> {
  const [now, recorded] = await Promise.all([tools.store.now(), recordedFor(tools.store, site.id)]);
  const inForce = rulesInForce(tools.federation, tools.rules, site.id, now, recorded);
  await judgeStored(site, [...alike.keys()], tools, { inForce, recorded }, alike);
}

async function judgeStored(
  site: Site,
  ids: readonly string[],
  tools: HarvestTools,
  { inForce, recorded }: JudgedUnder,
  alike: ReadonlyMap<string, Alike> = new Map(),
): Promise<void> {
  const { store, federation } = tools;
  const drafts = await draftsOf(ids, site, inForce, recorded, tools);
  await store.transaction(async tx => {
    const at = await store.now();
    const current = await tx.items.current(ids);
    const context = {
      site,
      inForce,
      now: at,
      press: federation.republication.press,
      papers: federation.sites.filter(({ kind }) => kind === 'press'),
      ...(inForce.agreement && { agreement: inForce.agreement }),
    };
    for (const item of current.values()) {
      const known = drafts.get(item.id);
      // A harvest was quicker, and judged it.
      if (!known || item.visibility === 'WITHDRAWN' || known.before.hash !== item.hash) continue;
      const like = alike.get(item.id);
      const ruling = judge(known.draft, item, like ? { ...context, alike: like } : context);
      const revision = revise(item, ruling, { now: at });
      if (revision) await write(tx, [revision]);
      else await tx.problems.save([{ ...ruling.judgement, id: item.id }]);
    }
  });
}

async function draftsOf(
  ids: readonly string[],
  site: Site,
  inForce: InForce,
  recorded: Recorded,
  { store, federation, pool }: HarvestTools,
): Promise<ReadonlyMap<string, { readonly before: Item; readonly draft: Draft }>> {
  const [items, fulls, before] = await Promise.all([
    store.items.byIds(ids),
    store.records.byIds('full-text', ids),
    store.problems.of('item', ids),
  ]);
  const texts = new Map(fulls.map(({ id, document }) => [id, document]));
  const drafts = items.map(item => draftOf(item, texts.get(item.id)));
  const task: ReadingTask = {
    kind: 'judge',
    items: drafts.map(item => ({ item })),
    context: judgingOf(federation, site, recorded, await store.now(), inForce.agreement),
  };
  const judged = (await pool.run(task, TIMEOUT)) as readonly Judged[];
  return new Map(
    items.map((item, index) => {
      const draft = drafts[index] as Draft;
      const said = judged[index];
      const carried = said && carryOver(said, before.get(item.id), inForce.rules);
      return [item.id, { before: item, draft: { ...draft, ...(carried && { judged: carried }) } }];
    }),
  );
}

/** The item as it was before trimming, as if it came in now. */
export function draftOf(item: Item, full: FullText | undefined): Draft {
  const {
    id: _id,
    n: _n,
    visibility: _visibility,
    visibilityReason: _reason,
    releaseAt: _releaseAt,
    firstSeen: _firstSeen,
    listed: _listed,
    released: _released,
    backfill: _backfill,
    republication: _republication,
    sourceHash: _sourceHash,
    approved: _approved,
    probed: _probed,
    corrects: _corrects,
    takenBack: _takenBack,
    ...content
  } = item;
  return { ...content, ...full, keys: [], notes: [] };
}
