import { CodedError } from '../../../schemas/errors.ts';
import type { Instant } from '../../../schemas/instant.ts';
import type { Item } from '../../../schemas/item.ts';
import { canonicalLink } from '../../normalise/canonical-link.ts';
import type { ItemOrder } from '../../store/items.ts';
import type { GraphContext } from '../context.ts';
import { type FilterInput, searchText, toFilter } from '../item-filter.ts';
import { keysetPage, rankedPage } from '../page-arguments.ts';
import { type FoundConnection, foundBy } from './found.ts';

interface ListArguments {
  readonly filter?: FilterInput | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** `Query.items`. */
export async function items(
  _parent: unknown,
  { filter: input, orderBy, first, after }: ListArguments & { readonly orderBy?: ItemOrder | null },
  { services, rights, reads, budget }: GraphContext,
): Promise<FoundConnection> {
  const filter = toFilter(input, services.federation, rights);
  const order = orderBy ?? 'PUBLISHED';
  if (order === 'RELEASED' && filter.visibility?.some(visibility => visibility !== 'RELEASED')) {
    throw new CodedError('BAD_INPUT', 'Only released items can be ordered by RELEASED; use PUBLISHED.');
  }
  const page = await keysetPage({ first, after, order, budget }, async (size, place) =>
    reads.seen(
      await services.store.items.page({
        filter,
        order,
        first: size,
        ...(place && { after: place }),
      }),
    ),
  );
  return foundBy(filter.text, filter, page);
}

/** `Query.search`. */
export async function search(
  _parent: unknown,
  { query, filter: input, first, after }: ListArguments & { readonly query: string },
  { services, rights, reads, budget }: GraphContext,
): Promise<FoundConnection> {
  const text = searchText(query);
  const filter = toFilter(input, services.federation, rights);
  if (filter.text !== undefined)
    throw new CodedError('BAD_INPUT', '`search` has its words in `query`, not in the filter.');
  const page = await rankedPage({ first, after, budget }, async (size, offset) =>
    reads.seen(await services.store.items.search({ text, filter, first: size, offset })),
  );
  return foundBy(text, filter, page);
}

/** `Query.item`: released only, whoever asks. */
export async function item(
  _parent: unknown,
  { id = null, link = null }: { readonly id?: string | null; readonly link?: string | null },
  { services, reads }: GraphContext,
): Promise<Item | null> {
  if ((id === null) === (link === null)) {
    throw new CodedError('BAD_INPUT', '`item` takes exactly one of `id` and `link`.');
  }
  if (id !== null) return released(await reads.item(id));
  const found = link === null ? [] : await services.store.items.byLinks([canonicalLink(link)]);
  return oldest(reads.seen(found).filter(each => each.visibility === 'RELEASED'));
}

/** `Query._itemsById`. */
export function itemsById(
  _parent: unknown,
  { ids }: { readonly ids: readonly string[] },
  { reads }: GraphContext,
): Promise<readonly (Item | null)[]> {
  return reads.items(ids);
}

function released(found: Item | null): Item | null {
  return found?.visibility === 'RELEASED' ? found : null;
}

/** Two sites may carry one address; who was first stays the answer. */
function oldest(found: readonly Item[]): Item | null {
  const firstSeen: Instant = Math.min(...found.map(each => each.firstSeen));
  return found.find(each => each.firstSeen === firstSeen) ?? null;
}
