// Fills a store with a million made-up articles and measures looking for words in it, against the same with ten thousand:
// the two in turn, question by question, so that whatever else the machine does is in both.
// `npm run bench:search [-- --items N --folder DIR | --databases URL,URL]`; takes about a quarter of an hour and 8 GB of
// disk. A folder or two databases (the small one first) that are named are kept, and used again where they are full.
// Never fails for being slow. CPU is this process' own: what PostgreSQL works it doesn't tell.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readVocabulary } from '../../config/vocabulary.ts';
import { removeFolder, temporaryFolder } from '../../gateway/e2e/run-gateway.ts';
import type { ItemFilter } from '../../gateway/store/items.ts';
import { openPostgres } from '../../gateway/store/postgres/postgres-store.ts';
import { openSqlite } from '../../gateway/store/sqlite/sqlite-store.ts';
import type { Store } from '../../gateway/store/store.ts';
import { MADE_AT, madeArticle, RARE } from './made-articles.ts';
import { ms, printTable, type Row } from './table.ts';

const VOCABULARY = fileURLToPath(new URL('../../config/vocabulary.vi.yaml', import.meta.url));
const SMALL = 10_000;
const BATCH = 2_000;
const RUNS = 20;
const BUDGET = 3;

interface Asked {
  readonly name: string;
  readonly text: string;
  readonly filter?: ItemFilter;
  readonly offset?: number;
}

const YEAR_AGO = MADE_AT - 365 * 24 * 60 * 60_000;
const ASKED: readonly Asked[] = [
  { name: 'common word', text: 'lao động ' },
  { name: 'typing', text: 'bảo hi' },
  { name: 'one letter', text: 't' },
  { name: 'no accents', text: 'tien luong ' },
  { name: 'abbreviation', text: 'BHXH ' },
  { name: 'phrase', text: '"hợp đồng lao động"' },
  { name: 'phrase nobody wrote', text: '"động lao hiểm bảo"' },
  { name: 'six words', text: 'doanh nghiệp lao động tiền lương ' },
  { name: 'rare word', text: `${RARE} ` },
  { name: 'rare and common', text: `${RARE} lao động ` },
  { name: 'one match', text: '5000/QĐ' },
  { name: 'no such word', text: 'qwertyuiop ' },
  { name: 'of a small site', text: 'lao động ', filter: { sites: ['site-37'] } },
  { name: 'of papers, this year', text: 'việc làm ', filter: { kinds: ['press'], publishedAfter: YEAR_AGO } },
  { name: 'of a topic', text: 'việc làm ', filter: { topics: ['topic-3'] } },
  { name: 'fifth page', text: 'lao động ', offset: 80 },
];

type Act = (store: Store, asked: Asked) => Promise<unknown>;
const ACTS: Readonly<Record<string, Act>> = {
  search: ({ items }, { text, filter = {}, offset = 0 }) => items.search({ text, filter, first: 21, offset }),
  facets: ({ items }, { text, filter = {} }) => items.facets({ text, filter }),
  'filter.text': ({ items }, { text, filter = {} }) =>
    items.page({ filter: { ...filter, text }, order: 'PUBLISHED', first: 21 }),
};

const vocabulary = readVocabulary({ text: readFileSync(VOCABULARY, 'utf8'), path: VOCABULARY });
const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '1000000' },
    folder: { type: 'string' },
    databases: { type: 'string' },
  },
});
const folder = values.folder ?? temporaryFolder();
const stores: Store[] = [];
try {
  const [few, many] = [await opened(0, SMALL), await opened(1, Number(values.items))];
  printTable(await rowsOf(few, many));
} finally {
  for (const store of stores) await store.close();
  if (values.folder === undefined) removeFolder(folder);
}

async function opened(place: 0 | 1, items: number): Promise<Store> {
  const url = values.databases?.split(',')[place];
  const file = join(folder, place === 0 ? 'small.db' : 'large.db');
  const store = await (url ? openPostgres({ url, vocabulary }) : openSqlite({ file, vocabulary }));
  stores.push(store);
  const held = sum([...(await store.items.counts()).values()]);
  if (held < items) await fill(store, held, items);
  return store;
}

interface Taken {
  /** Milliseconds. */
  readonly wall: number[];
  readonly cpu: number[];
}

/** Milliseconds of each act over each question, and of all of them together. */
async function rowsOf(few: Store, many: Store): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [act, run] of Object.entries(ACTS)) {
    const all = [taken(), taken()] as const;
    for (const asked of ASKED) {
      const each = [taken(), taken()] as const;
      for (let round = 0; round < RUNS; round += 1) {
        await time(each[0], () => run(few, asked));
        await time(each[1], () => run(many, asked));
        // A question that takes seconds is told as well by few runs.
        if (round >= 4 && sum(each[1].wall) > 5_000) break;
      }
      rows.push(rowOf(`${act}: ${asked.name}`, each[0], each[1]));
      // Each question weighs the same in the whole, however often it was asked.
      for (const [i, one] of each.entries()) {
        all[i]?.wall.push(...weighed(one.wall));
        all[i]?.cpu.push(...weighed(one.cpu));
      }
    }
    rows.push(rowOf(act, all[0], all[1]));
  }
  return rows;
}

function taken(): Taken {
  return { wall: [], cpu: [] };
}

async function time({ wall, cpu }: Taken, act: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  const used = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(used);
  wall.push(performance.now() - began);
  cpu.push((user + system) / 1000);
}

function weighed(times: readonly number[]): number[] {
  return Array.from({ length: RUNS }, (_, i) => at(times, i / RUNS));
}

/** Goes on where another run stopped. */
async function fill(store: Store, held: number, items: number): Promise<void> {
  const began = performance.now();
  for (let n = held; n < items; n += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, items - n) }, (_, i) => madeArticle(n + i));
    await store.transaction(tx => tx.items.save(batch));
    if ((n + BATCH) % 100_000 === 0) console.log(`${n + BATCH} items, ${seconds(began)} s`);
  }
  console.log(`${items} items stored in ${seconds(began)} s`);
}

function rowOf(name: string, few: Taken, many: Taken): Row {
  const told = ({ wall, cpu }: Taken) =>
    `p50 ${ms(at(wall, 0.5))}, p95 ${ms(at(wall, 0.95))} (cpu ${ms(at(cpu, 0.95))})`;
  return {
    what: name,
    ours: told(many),
    against: told(few),
    ratio: at(many.wall, 0.95) / Math.max(at(few.wall, 0.95), 0.01),
    budget: name.includes(':') ? '' : String(BUDGET),
  };
}

function sum(times: readonly number[]): number {
  return times.reduce((all, each) => all + each, 0);
}

function at(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function seconds(began: number): number {
  return Math.round((performance.now() - began) / 1000);
}
