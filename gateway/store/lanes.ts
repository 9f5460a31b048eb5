import type { ItemFilter, ItemOrder } from './items.ts';
import type { Row } from './rows.ts';

/** Lanes of one page query: each is one run along an index; more than this and one run over all is cheaper. */
const LANES = 24;

/** One value of the most selective list of a filter: what the index is entered by. */
export interface Lane {
  readonly by: 'topic' | 'category' | 'site' | 'kind' | 'all';
  readonly value?: string;
}

export function lanesOf(filter: ItemFilter): readonly Lane[] {
  const lists = [
    ['topic', filter.topics],
    ['category', filter.categories],
    ['site', filter.sites],
    ['kind', filter.kinds],
  ] as const;
  const chosen = lists.find(([, values]) => values && values.length > 0 && values.length <= LANES);
  if (!chosen) return [{ by: 'all' }];
  return [...new Set(chosen[1])].map(value => ({ by: chosen[0], value }));
}

/** What the lane doesn't ask already: asked twice, PostgreSQL would think that next to nothing meets both. */
export function besidesLane(filter: ItemFilter, { by }: Lane): ItemFilter {
  const list = {
    topic: 'topics',
    category: 'categories',
    site: 'sites',
    kind: 'kinds',
    all: undefined,
  } as const;
  const asked = list[by];
  return asked === undefined ? filter : { ...filter, [asked]: undefined };
}

/** The first rows of several lanes' pages, each row once, newest first. */
export function mergePages(
  pages: readonly (readonly Row[])[],
  order: ItemOrder,
  first: number,
): readonly Row[] {
  const [only] = pages;
  if (pages.length === 1 && only) return only;
  const at = order === 'PUBLISHED' ? 'listed' : 'released';
  const byNumber = new Map(pages.flat().map(row => [row.n, row]));
  const newestFirst = (a: Row, b: Row) => Number(b[at]) - Number(a[at]) || Number(b.n) - Number(a.n);
  return [...byNumber.values()].sort(newestFirst).slice(0, first);
}
