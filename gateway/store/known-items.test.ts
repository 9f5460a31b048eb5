import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from '@jest/globals';
import { anItem } from './conformance/engine.ts';
import { knownItems } from './known-items.ts';

/** A table of two items, and how often which documents were read. */
function table() {
  const rows = new Map([
    [1, { n: 1, revision: 0, document: JSON.stringify(anItem('a', { title: 'A' })) }],
    [2, { n: 2, revision: 0, document: JSON.stringify(anItem('b', { title: 'B' })) }],
  ]);
  const asked: number[][] = [];
  const write = (n: number, title: string) => {
    const revision = (rows.get(n)?.revision ?? 0) + 1;
    rows.set(n, { n, revision, document: JSON.stringify(anItem('a', { title })) });
  };
  const documents = (numbers: readonly number[]) => {
    asked.push([...numbers]);
    return numbers.flatMap(n => rows.get(n) ?? []);
  };
  const marks = () => [...rows.values()].map(({ n, revision }) => ({ n, revision }));
  return { asked, write, documents, marks };
}

const titles = (items: readonly { title: string }[]) => items.map(({ title }) => title);

it('reads a document once as long as its row does not move', async () => {
  const { asked, write, documents, marks } = table();
  const known = knownItems(documents);
  expect(titles(await known.read(marks))).toEqual(['A', 'B']);
  expect(titles(await known.read(marks))).toEqual(['A', 'B']);
  write(1, 'A, corrected');
  expect(titles(await known.read(marks))).toEqual(['A, corrected', 'B']);
  expect(asked).toEqual([[1, 2], [1]]);
});

it('asks for the page again when an item changed between the page and its documents', async () => {
  const { write, documents, marks } = table();
  let pages = 0;
  const known = knownItems(numbers => {
    if (pages < 3) write(2, `B${pages}`);
    return documents(numbers);
  });
  const items = await known.read(() => {
    pages += 1;
    return marks();
  });
  // Of the first page the documents had moved on; the second one's are those that were read then.
  expect([titles(items), pages]).toEqual([['A', 'B1'], 2]);
});

it('gives up rather than giving what is out of date', async () => {
  const { documents } = table();
  const known = knownItems(documents);
  await expect(known.read(() => [{ n: 1, revision: 7 }])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

it('forgets what was erased in time, though nobody reads any more', async () => {
  const { asked, documents, marks } = table();
  const known = knownItems(documents, 50);
  const read = async () => new WeakRef((await known.read(marks))[0] as object);
  const item = await read();
  await setTimeout(200);
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  expect(item.deref()).toBeUndefined();
  await known.read(marks);
  expect(asked).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

it('keeps nothing that would take too much memory', async () => {
  const large = Array.from({ length: 200 }, (_, n) => ({
    n,
    revision: 0,
    document: JSON.stringify(anItem(`l${n}`, { content: 'x'.repeat(150_000) })),
  }));
  let read = 0;
  const many = knownItems(numbers => {
    read += numbers.length;
    return numbers.map(n => large[n] ?? {});
  });
  const one = (n: number) => many.read(() => [{ n, revision: 0 }]);
  for (const { n } of large) await one(n);
  await one(199);
  expect(read).toBe(200);
  await one(0);
  expect(read).toBe(201);
});
