import { setTimeout } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { type FullText, finder } from './newest-matches.ts';
import { searchReader } from './search-text.ts';

/** Two items in the newest window and two below it; of each pair one has the word in its title. */
const TITLED = [18_001, 11];
const OTHERS = [18_002, 12];
const index: FullText = {
  head: async () => 20_000,
  within: async (query, { from, to }) => {
    const found = isOfTitles(query) ? TITLED : [...TITLED, ...OTHERS].sort((one, other) => other - one);
    return found.filter(n => n >> 12 >= from && n >> 12 <= to);
  },
  among: async (_query, numbers) => numbers,
};

function isOfTitles(query: Parameters<FullText['within']>[0]): boolean {
  return /"in":"hints","words":\["[wx]/.test(JSON.stringify(query));
}

it('gives all titles first, however long whoever asks takes between two portions', async () => {
  const ranked: number[] = [];
  for await (const numbers of finder(index, searchReader([])).ranked('lương', {})) {
    ranked.push(...numbers);
    if (numbers.length > 0) await setTimeout(450);
  }
  expect(ranked).toEqual([...TITLED, ...OTHERS]);
});
