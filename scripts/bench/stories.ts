// Fills an embedded store with a million made-up articles, a twentieth of them one form filled in again and again, and
// measures what joining one more item to its story costs at 10,000, 100,000 and a million; then what joining costs a
// harvest beside it. `npm run bench:stories [-- --items N]`; takes about a quarter of an hour and 5 GB of disk. Never
// fails for being slow.
import { parseArgs } from 'node:util';
import { removeFolder, temporaryFolder } from '../../gateway/e2e/run-gateway.ts';
import { type NewItem, saveItems } from '../../gateway/e2e/seed.ts';
import { connect } from '../../gateway/store/sqlite/database.ts';
import { openSqlite } from '../../gateway/store/sqlite/sqlite-store.ts';
import type { Store } from '../../gateway/store/store.ts';
import type { Sketched } from '../../gateway/store/stories.ts';
import { joinAll, joinStories } from '../../gateway/stories/join-stories.ts';
import { placesOf } from '../../gateway/stories/places.ts';
import { readTelling } from '../../schemas/stories/reading.ts';
import { sketchOf } from '../../schemas/stories/sketch.ts';
import { madeArticle } from './made-articles.ts';
import { ms, printTable, type Row } from './table.ts';

const FILLED_AT_ONCE = 5_000;
/** New items of one turn: a third each new, posted again, and the form once more. */
const MEASURED = 120;
const ROUNDS = 8;
const FORM_EVERY = 20;
/** Above all numbers that are filled in. */
const NEW = 3_000_000;

const { values } = parseArgs({ options: { items: { type: 'string', default: '1000000' } } });
const sizes = [10_000, 100_000, 1_000_000].filter(size => size <= Number(values.items));
const folder = temporaryFolder();
try {
  const worlds = [];
  for (const size of sizes) {
    const file = `${folder}/stories-${size}.db`;
    const store = await openSqlite({ file });
    await fill(store, file, 0, size);
    worlds.push({ size, store, took: [] as number[], found: [] as number[] });
  }
  // In turn, so that whatever else runs here slows all of them.
  for (let round = 0; round < ROUNDS; round += 1)
    for (const { size, store, took, found } of worlds) {
      const measured = await measure(store, size, round * MEASURED);
      took.push(...measured.took);
      found.push(measured.joined);
    }
  const least = worlds[0]?.took ?? [];
  const rows = worlds.map(({ size, took, found }) => rowOf(size, took, at(found, 0.5), least));
  for (const { store } of worlds) await store.close();
  printTable([...rows, await besideHarvest(folder)]);
} finally {
  removeFolder(folder);
}

/** Article `n`; every twentieth is the form. */
function article(n: number): NewItem {
  const made = madeArticle(n);
  if (n % FORM_EVERY !== 0) return made;
  const contentText = `Căn cứ kế hoạch công tác năm, đơn vị thông báo lịch tiếp công dân định kỳ tại trụ sở cơ quan, từ 8 giờ đến 11 giờ ngày ${1 + (n % 28)}/${1 + (n % 12)}, phòng ${100 + (n % 400)}. Công dân đến liên hệ mang theo giấy tờ tùy thân và hồ sơ có liên quan. Bộ phận thường trực số ${n} ghi nhận, phân loại đơn, chuyển người có thẩm quyền giải quyết trong ${5 + (n % 40)} ngày làm việc.`;
  return { ...made, title: `Lịch tiếp công dân số ${n}`, summary: '', contentText };
}

/** As if they had been stored and joined: rows, sketches and buckets, without the index of words, which is not asked here. */
async function fill(store: Store, file: string, from: number, to: number): Promise<void> {
  const began = performance.now();
  const db = connect(file);
  for (let at = from; at < to; at += FILLED_AT_ONCE) {
    const batch = Array.from({ length: Math.min(FILLED_AT_ONCE, to - at) }, (_, i) => article(at + i));
    db.exec('BEGIN IMMEDIATE');
    const numbers = batch.map(item =>
      Number(
        db.get(
          `INSERT INTO item (id, site, kind, source, visibility, listed, published, released, language, document)
           VALUES (?, ?, ?, ?, 'RELEASED', ?, ?, ?, 'vi', ?) RETURNING n`,
          item.id,
          item.site,
          item.siteKind,
          item.source,
          item.listed,
          item.listed,
          item.listed,
          JSON.stringify(item),
        )?.n,
      ),
    );
    db.exec('COMMIT');
    await store.transaction(tx =>
      tx.stories.sketch(batch.map((item, i): Sketched => sketched(item, numbers[i] ?? 0))),
    );
    if ((at + FILLED_AT_ONCE) % 100_000 === 0)
      console.log(`${at + FILLED_AT_ONCE} items, ${seconds(began)} s`);
  }
  db.close();
}

function sketched(item: NewItem, n: number): Sketched {
  const { buckets, whole } = sketchOf(readTelling(item));
  return {
    n,
    at: item.listed,
    places: placesOf(buckets, item.listed, item.siteKind),
    whole,
    namesSource: false,
  };
}

/** Milliseconds an item, each time a turn of twenty; and how many of those that were posted again found their story. */
async function measure(
  store: Store,
  size: number,
  from: number,
): Promise<{ took: readonly number[]; joined: number }> {
  const items = Array.from({ length: MEASURED }, (_, i) => newItem(from + i, size));
  for (let at = 0; at < items.length; at += 200)
    await store.transaction(tx => tx.items.save(items.slice(at, at + 200)));
  const took: number[] = [];
  for (;;) {
    const began = performance.now();
    const count = await joinStories(store);
    if (count === 0) break;
    took.push((performance.now() - began) / count);
  }
  const posted = items.filter((_, i) => i % 3 === 1).map(({ id }) => id);
  return { took, joined: (await store.stories.ofItems(posted)).size / posted.length };
}

function newItem(i: number, size: number): NewItem {
  const n = NEW + size + i;
  const listed = article(size).listed + i * 1_000;
  const at = { listed, published: listed, released: listed };
  if (i % 3 === 0) return { ...article(n - (n % FORM_EVERY) + 1 + (i % 7)), ...at, id: madeArticle(n).id };
  if (i % 3 === 2) return { ...article(n - (n % FORM_EVERY)), ...at, id: madeArticle(n).id };
  const original = article(size - 7 - ((((i * 13) % 4_000) * FORM_EVERY) % (size - 7)) - 1);
  const { title, summary, contentText } = original;
  return {
    ...madeArticle(n),
    ...at,
    site: `again-${i % 9}`,
    title,
    summary,
    contentText,
    listed: original.listed + 60_000,
  };
}

/** A harvest stores while its items are joined, as the scheduler does it, against the same harvest alone. */
async function besideHarvest(folder: string): Promise<Row> {
  const alone = await harvested(`${folder}/alone.db`, false);
  const beside = await harvested(`${folder}/beside.db`, true);
  return {
    what: 'storing 4,000 items, joined beside it',
    ours: ms(beside),
    against: `nobody joins: ${ms(alone)}`,
    ratio: beside / alone,
    budget: '',
  };
}

async function joinBeside(store: Store, goesOn: () => boolean): Promise<void> {
  while (goesOn()) {
    await joinAll(store, { goesOn, isBusy: () => true });
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

async function harvested(file: string, joins: boolean): Promise<number> {
  const store = await openSqlite({ file });
  let over = false;
  const joining = joins ? joinBeside(store, () => !over) : Promise.resolve();
  const began = performance.now();
  for (let at = 0; at < 4_000; at += 20) {
    await saveItems(
      store,
      Array.from({ length: 20 }, (_, i) => madeArticle(at + i)),
    );
    await new Promise(resolve => setImmediate(resolve));
  }
  const took = performance.now() - began;
  over = true;
  await joining;
  await store.close();
  return took;
}

function rowOf(size: number, took: readonly number[], joined: number, least: readonly number[]): Row {
  const told = (times: readonly number[]) => `p50 ${ms(at(times, 0.5))}, p95 ${ms(at(times, 0.95))}`;
  return {
    what: `joining one item at ${size.toLocaleString('en')} (${Math.round(joined * 100)} % of re-posts found)`,
    ours: told(took),
    against: told(least),
    ratio: at(took, 0.5) / Math.max(at(least, 0.5), 0.01),
    budget: '1.5',
  };
}

function at(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function seconds(began: number): number {
  return Math.round((performance.now() - began) / 1000);
}
