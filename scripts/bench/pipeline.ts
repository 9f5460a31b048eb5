import { performance } from 'node:perf_hooks';
import { USUAL } from '../../gateway/e2e/usual.ts';
import { storeBatch } from '../../gateway/harvest/store-batch.ts';
import { judgeItems } from '../../gateway/judge/judge-items.ts';
import { type NormaliseContext, normaliseBatch } from '../../gateway/normalise/normalise.ts';
import { openSqlite } from '../../gateway/store/sqlite/sqlite-store.ts';
import { formats } from '../../schemas/formats/index.ts';
import { readFeed } from '../../schemas/formats/read-feed.ts';
import { rules } from '../../schemas/rules/index.ts';
import { resolveRules } from '../../schemas/rules/pack.ts';
import { madeFeed } from './made-feed.ts';
import { ms, type Row } from './table.ts';

const ITEMS = 500;
const PARAGRAPHS = 20;
const RUNS = 9;
const BATCH = 200;

const context: NormaliseContext = {
  site: {
    id: 's',
    name: 'Trang',
    kind: 'unit',
    homepage: 'http://127.0.0.1:20000/',
    hosts: [],
    registry: {},
  },
  source: {
    name: 's/tin',
    site: 's',
    id: 'tin',
    connector: 'feed',
    options: {},
    every: { min: 60_000, max: 600_000 },
    since: 1,
    dates: {},
    enabled: true,
  },
  topics: [
    { id: 'viec-lam', title: 'Việc làm', categories: ['Việc làm'], keywords: ['thất nghiệp'], sites: [] },
  ],
  now: Date.UTC(2026, 10, 22),
};

const judging = {
  site: context.site,
  guidelines: USUAL.guidelines,
  exceptions: [],
  now: context.now,
};
const inForce = {
  rules: resolveRules(USUAL.guidelines, rules, context.site.id, context.now),
  fingerprint: 'bench',
};

/** One document of 500 items from bytes to stored and searchable, on one thread; each run another document. */
export async function benchPipeline(folder: string): Promise<readonly Row[]> {
  const store = await openSqlite({ file: `${folder}/pipeline.sqlite` });
  await store.work.register([{ name: context.source.name, interval: 600_000 }]);
  const runs: (readonly number[])[] = [];
  let bytes = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const document = Buffer.from(madeFeed(run, ITEMS, PARAGRAPHS));
    bytes = document.length;
    const marks = [performance.now()];
    const feed = readFeed(document, { url: 'http://127.0.0.1:20000/', headers: {} }, formats);
    marks.push(performance.now());
    const made = normaliseBatch(feed.entries, context);
    const items = made.drafts.map((item, i) => ({
      item,
      ...(made.entries[i] && { entry: made.entries[i] }),
    }));
    const judged = judgeItems(items, judging, rules);
    const drafts = made.drafts.map((draft, i) => ({ ...draft, ...(judged[i] && { judged: judged[i] }) }));
    marks.push(performance.now());
    const lease = await store.work.leaseOne(context.source.name, 60_000);
    if (!lease || drafts.length !== ITEMS) throw new Error(`${drafts.length} drafts`);
    for (let at = 0; at < ITEMS; at += BATCH) {
      await storeBatch(store, {
        lease,
        site: context.site,
        connector: 'feed',
        stableIds: false,
        outranks: () => true,
        drafts: drafts.slice(at, at + BATCH),
        deletions: [],
        checkpoint: at,
        since: 0,
        connected: Date.UTC(2026, 10, 22),
        inForce,
        press: USUAL.republication.press,
      });
    }
    marks.push(performance.now());
    await store.work.giveBack(lease);
    runs.push(marks.slice(1).map((mark, i) => mark - (marks[i] ?? 0)));
  }
  await store.close();
  const step = (i: number) => median(runs.map(run => run[i] ?? 0));
  const whole = median(runs.map(sum));
  return [
    {
      what: `pipeline of ${ITEMS} items, ${(bytes / 2 ** 20).toFixed(1)} MB`,
      ours: `${ms(whole)} (read ${ms(step(0))}, clean ${ms(step(1))}, store ${ms(step(2))})`,
      against: `first ${ms(sum(runs[0] ?? []))}`,
      budget: '≤ 100 ms',
    },
  ];
}

function sum(parts: readonly number[]): number {
  return parts.reduce((all, part) => all + part, 0);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
