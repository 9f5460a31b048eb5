// Fills an embedded store with a million made-up articles and measures looking for words in it, against the same with
// ten thousand. `npm run bench:search [-- --items N --folder DIR]`; takes about a quarter of an hour and 6 GB of disk.
// A folder that is named is kept, and used again where it is full already. Never fails for being slow.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readVocabulary } from '../../config/vocabulary.ts';
import { removeFolder, temporaryFolder } from '../../gateway/e2e/run-gateway.ts';
import type { ItemFilter } from '../../gateway/store/items.ts';
import { openSqlite } from '../../gateway/store/sqlite/sqlite-store.ts';
import type { Store } from '../../gateway/store/store.ts';
import { MADE_AT, madeArticle, RARE } from './made-articles.ts';
import { ms, printTable, type Row } from './table.ts';

const VOCABULARY = fileURLToPath(new URL('../../config/vocabulary.vi.yaml', import.meta.url));
const SMALL = 10_000;
const BATCH = 5_000;
const RUNS = 40;
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
  options: { items: { type: 'string', default: '1000000' }, folder: { type: 'string' } },
});
const large = Number(values.items);
const folder = values.folder ?? temporaryFolder();
try {
  const few = await measured(SMALL);
  const many = await measured(large);
  printTable([...few.keys()].map(name => rowOf(name, few.get(name) ?? [], many.get(name) ?? [])));
} finally {
  if (values.folder === undefined) removeFolder(folder);
}

/** Milliseconds of each act over each question, and of all of them together. */
async function measured(items: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const file = join(folder, `search-${items}.db`);
  const full = existsSync(file);
  const store = await openSqlite({ file, vocabulary });
  try {
    if (!full) await fill(store, items);
    const all = new Map<string, number[]>();
    for (const [act, run] of Object.entries(ACTS)) {
      for (const asked of ASKED) {
        const took = await timesOf(() => run(store, asked));
        all.set(`${act}: ${asked.name}`, took);
        all.set(act, [...(all.get(act) ?? []), ...took]);
      }
    }
    return all;
  } finally {
    await store.close();
  }
}

async function fill(store: Store, items: number): Promise<void> {
  const began = performance.now();
  for (let n = 0; n < items; n += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, items - n) }, (_, i) => madeArticle(n + i));
    await store.transaction(tx => tx.items.save(batch));
    if ((n + BATCH) % 100_000 === 0) console.log(`${n + BATCH} items, ${seconds(began)} s`);
  }
  console.log(`${items} items stored in ${seconds(began)} s`);
}

async function timesOf(act: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const began = performance.now();
    await act();
    took.push(performance.now() - began);
    // A question that takes seconds is told as well by few runs.
    if (took.length >= 5 && took.reduce((sum, each) => sum + each, 0) > 10_000) break;
  }
  return took;
}

function rowOf(name: string, few: readonly number[], many: readonly number[]): Row {
  const told = (times: readonly number[]) => `p50 ${ms(at(times, 0.5))}, p95 ${ms(at(times, 0.95))}`;
  return {
    what: name,
    ours: told(many),
    against: told(few),
    ratio: at(many, 0.95) / Math.max(at(few, 0.95), 0.01),
    budget: name.includes(':') ? '' : String(BUDGET),
  };
}

function at(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function seconds(began: number): number {
  return Math.round((performance.now() - began) / 1000);
}
