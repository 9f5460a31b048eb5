import { expect, it } from '@jest/globals';
import { compare } from './compare.ts';
import { type LabelledPair, labelledPairs } from './pairs.example.ts';
import { readTelling } from './reading.ts';

const judged = (pairs: readonly LabelledPair[]) =>
  pairs.map(pair => ({ ...pair, found: compare(readTelling(pair.one), readTelling(pair.other)) }));

for (const part of ['tuning', 'heldOut'] as const) {
  it(`${part}: of what is told to be one story at least 98 in 100 is`, () => {
    const all = judged(labelledPairs(part));
    const told = all.filter(({ found }) => found.same);
    const right = told.filter(({ same }) => same).length;
    const precision = right / told.length;
    const recall = right / all.filter(({ same }) => same).length;
    const wrong = all.filter(({ same, found }) => same !== found.same);
    const kinds = Object.entries(Object.groupBy(wrong, ({ kind }) => kind)).map(
      ([kind, pairs]) => `${kind} ${pairs?.length} (${pairs?.map(({ found }) => found.score).join(' ')})`,
    );
    process.stdout.write(
      `${part}: ${all.length} pairs, ${told.length} told alike, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}; wrong: ${kinds.join(', ')}\n`,
    );
    expect(all.length).toBeGreaterThanOrEqual(150);
    expect(precision).toBeGreaterThanOrEqual(0.98);
    expect(recall).toBeGreaterThanOrEqual(0.8);
  });
}
