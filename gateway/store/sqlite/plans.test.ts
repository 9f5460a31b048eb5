import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { ProblemFilter } from '../problems.ts';
import { searchReader } from '../search-text.ts';
import { type Connection, connect, type Value } from './database.ts';
import { readItems } from './items.ts';
import { migrate } from './migrations.ts';
import { readProblems } from './problems.ts';
import { readRecords } from './records.ts';
import { storyRoom } from './stories.ts';
import { writeStories } from './story-writer.ts';

/** More than `unjudged` looks through at one time. */
const MANY = 12_000;

let folder: string;
let db: Connection;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lienthong-plans-'));
  db = connect(join(folder, 'lienthong.db'));
  await migrate(db, () => 'e');
});

afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

/** The connection, and the plans of all that is asked of it (sqlite.org/eqp.html). */
function explained(): { readonly asked: Connection; readonly plans: string[] } {
  const plans: string[] = [];
  const explain = (sql: string, values: Value[]) => {
    for (const { detail } of db.all(`EXPLAIN QUERY PLAN ${sql}`, ...values)) plans.push(String(detail));
  };
  return {
    plans,
    asked: {
      ...db,
      all(sql, ...values) {
        explain(sql, values);
        return db.all(sql, ...values);
      },
      get(sql, ...values) {
        explain(sql, values);
        return db.get(sql, ...values);
      },
    },
  };
}

it.each([
  [{ sites: ['s'] }, 'problem_site '],
  [{ sources: ['s/a'] }, 'problem_source '],
  [{ rules: ['r'] }, 'problem_rule '],
  [{ sites: ['s'], rules: ['r'] }, 'problem_site_rule '],
  [{ severities: ['must'] }, 'problem_severity '],
  [{ sites: ['s'], severities: ['must'] }, 'problem_site_severity '],
  [{ sources: ['s/a'], severities: ['must'] }, 'problem_source '],
  [{ subjects: ['source', 'site'] }, 'problem_not_item '],
  [{ sites: ['s'], subjects: ['item'] }, 'problem_site '],
  [{ consequences: ['hold', 'refuse'] }, 'problem_acting'],
  [{ ids: ['i'] }, 'subject=? AND id=?'],
] as const)('finds the problems of %j by their index', async (filter, index) => {
  const { asked, plans } = explained();
  await readProblems(asked).page({ filter, first: 20 });
  expect(plans[0]).toContain(index);
  await readProblems(asked).page({ filter, first: 20, after: 7 });
  await readProblems(asked).spread({ ...filter, rules: ['r'] });
  expect(plans.filter(plan => plan.startsWith('SCAN problem'))).toEqual([]);
});

it.each([
  [{}, 'record_newest'],
  [{ site: 's' }, 'record_site '],
  [{ site: 's', item: 'i', states: ['x'] }, 'record_item'],
  [{ states: ['x'] }, 'record_state'],
  [{ site: 's', states: ['x'] }, 'record_site_state'],
] as const)('finds and counts the records of %j by their index', async (filter, index) => {
  const { asked, plans } = explained();
  const records = readRecords(asked);
  await records.find('sight', { ...filter, first: 20 });
  await records.find('sight', { ...filter, first: 20, after: { at: 5, id: 'x' } });
  await records.count('sight', filter);
  const used = plans.filter(plan => plan.includes(' record '));
  expect(used).toHaveLength(3);
  for (const plan of used) expect(plan).toContain(`${index.trim()} `);
});

it('finds stories, their items and what a text may be like by their indexes', async () => {
  const { asked, plans } = explained();
  const stories = storyRoom(
    asked,
    async act => act(asked),
    () => 1,
  );
  db.exec(`
    INSERT INTO item (id, site, kind, source, visibility, listed, document)
      VALUES ('i', 's', 'unit', 's/a', 'RELEASED', 1, '{}'), ('j', 't', 'press', 't/a', 'RELEASED', 2, '{}');
    INSERT INTO likeness SELECT n, listed, '[]', n, 0, 'h', 'one' FROM item;
    INSERT INTO story VALUES ('all', '', 1, 'one'), ('site', 's', 1, 'one'), ('topic', 't', 1, 'one');
    INSERT INTO to_join (n) SELECT n FROM item;`);
  const after = { at: 9, id: 'x' };
  await stories.ofItems(['i', 'j', 'k']);
  for (const filter of [
    {},
    { sites: ['s'] },
    { topics: ['t'], kinds: ['press'] },
    { publishedAfter: 1 },
  ] as const)
    await stories.page({ filter, first: 5, after });
  await stories.look([
    { place: 1, at: 1, back: true },
    { place: 1, at: 1, back: false },
  ]);
  await stories.likenesses([1, 2]);
  await stories.texts([1, 2]);
  await stories.take(5, 1);
  const writer = writeStories(asked);
  await writer.pairsOf([1, 2]);
  await writer.members(['one']);
  await writer.topics([1]);
  await writer.lines(['one']);
  await writer.unmoved([]);
  expect(
    plans.filter(plan => plan.startsWith('SCAN') && !/SCAN (?:json_each|wanted|to_join)/.test(plan)),
  ).toEqual([]);
  expect(plans.filter(plan => plan.includes('TEMP B-TREE'))).toEqual([]);
});

it('looks for what is not judged yet in short steps, through all items of the site', async () => {
  db.exec(`
    WITH RECURSIVE x (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM x WHERE i < ${MANY})
    INSERT INTO item (id, site, kind, source, visibility, listed, document)
    SELECT 'i' || i, iif(i % 2, 's', 't'), 'unit', 's/a', 'RELEASED', i, '{}' FROM x;
    INSERT INTO judgement SELECT 'item', id, site, source, 1, 'p', 1, 1, 1, '{}' FROM item WHERE id NOT IN ('i1', 'i3', 'i2');`);
  const { asked, plans } = explained();
  const problems = readProblems(asked);
  expect(await problems.unjudged('s', 'p', 10)).toEqual(['i3', 'i1']);
  expect(await problems.unjudged('s', 'p', 1)).toEqual(['i3']);
  expect(await problems.unjudged('t', 'p', 10)).toEqual(['i2']);
  expect(plans.filter(plan => plan.startsWith('SCAN'))).toEqual([]);
  const again = await problems.unjudged('s', 'q', 7_000);
  expect([again.length, again[0], again.at(-1)]).toEqual([MANY / 2, `i${MANY - 1}`, 'i1']);
});

it('answers every mixture of filters: an index that is named can always serve', async () => {
  const each: readonly ProblemFilter[] = [
    { sites: ['s'] },
    { sources: ['s/a'] },
    { subjects: ['source'] },
    { subjects: ['item', 'site'] },
    { ids: ['i'] },
    { rules: ['r'] },
    { severities: ['must'] },
    { consequences: ['hold'] },
    { consequences: ['score', 'hold'] },
  ];
  const problems = readProblems(db);
  for (let mixture = 0; mixture < 2 ** each.length; mixture += 1) {
    const filter = Object.assign({}, ...each.filter((_, bit) => mixture & (1 << bit))) as ProblemFilter;
    expect(await problems.page({ filter, first: 5, after: 9 })).toEqual([]);
    expect(await problems.spread(filter)).toEqual([]);
  }
});

it('finds what waits for a person by its index', async () => {
  const { asked, plans } = explained();
  await readItems(asked, () => 0, searchReader([])).waiting(5);
  expect(plans.join()).toContain('item_waits');
  expect(plans.join()).not.toContain('TEMP B-TREE');
});
