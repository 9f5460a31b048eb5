import { fromBase64url, toBase64url } from '../../schemas/cursor.ts';
import { CodedError } from '../../schemas/errors.ts';
import type { Item } from '../../schemas/item.ts';
import type { After, ItemOrder } from '../store/items.ts';
import { type Budget, requirePageSize } from './limits.ts';

/** As deep as one may page in a ranking: the store's bound on `offset`. */
const DEEPEST = 10_000;

export interface Connection {
  readonly nodes: readonly Item[];
  readonly edges: readonly { readonly node: Item; readonly cursor: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** As asked, null and absent being the same; and what the execution may still spend. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly budget: Budget;
}

/** Pages by keyset: stays right while items come and go. Throws BAD_INPUT, BAD_CURSOR, LIMIT_EXCEEDED. */
export async function keysetPage(
  { first, after, order, budget }: PageArguments & { readonly order: ItemOrder },
  read: (first: number, after: After | undefined) => Promise<readonly Item[]>,
): Promise<Connection> {
  const size = requirePageSize(first);
  budget.spend(size);
  const found = await read(size + 1, after ? keysetPlace(after, order) : undefined);
  return connection(found, size, item => toBase64url([order, placeIn(item, order), item.n]));
}

/** Pages in a ranking, which has no key but the place. Throws BAD_INPUT, BAD_CURSOR, LIMIT_EXCEEDED. */
export async function rankedPage(
  { first, after, budget }: PageArguments,
  read: (first: number, offset: number) => Promise<readonly Item[]>,
): Promise<Connection> {
  const size = requirePageSize(first);
  budget.spend(size);
  const offset = after ? rankedPlace(after) : 0;
  const found = offset >= DEEPEST ? [] : await read(size + 1, offset);
  const page = connection(found, size, (_item, index) => toBase64url(['RANK', offset + index + 1]));
  if (offset + size < DEEPEST) return page;
  return { ...page, pageInfo: { ...page.pageInfo, hasNextPage: false } };
}

function connection(
  found: readonly Item[],
  first: number,
  cursorOf: (item: Item, index: number) => string,
): Connection {
  const nodes = found.slice(0, first);
  const edges = nodes.map((node, index) => ({ node, cursor: cursorOf(node, index) }));
  return {
    nodes,
    edges,
    pageInfo: { hasNextPage: found.length > first, endCursor: edges.at(-1)?.cursor ?? null },
  };
}

function placeIn(item: Item, order: ItemOrder): number {
  return order === 'PUBLISHED' ? item.listed : (item.released ?? 0);
}

function keysetPlace(cursor: string, order: ItemOrder): After {
  const [kind, at, n] = fromBase64url(cursor) ?? [];
  if (kind !== order || !isWhole(at) || !isWhole(n)) throw badCursor();
  return { at, n };
}

function rankedPlace(cursor: string): number {
  const [kind, offset] = fromBase64url(cursor) ?? [];
  if (kind !== 'RANK' || !isWhole(offset) || offset < 0) throw badCursor();
  return offset;
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}

function badCursor(): CodedError {
  return new CodedError(
    'BAD_CURSOR',
    '`after` must be an endCursor of this list, asked with the same order.',
  );
}
