import type { Federation } from '../../../schemas/federation.ts';
import type { ItemFilter } from '../../store/items.ts';
import type { GraphContext } from '../context.ts';
import { toEnum } from '../enum-names.ts';
import { type Highlight, highlight } from '../highlight.ts';
import type { Connection } from '../page-arguments.ts';
import type { Resolvers } from '../subschema.ts';

/** A page that was found by words: what its facets and highlights are made of, once they are asked for. */
export interface FoundConnection extends Connection {
  readonly edges: readonly (Connection['edges'][number] & { readonly text?: string })[];
  readonly found?: { readonly text: string; readonly filter: ItemFilter };
}

export function foundBy(text: string | undefined, filter: ItemFilter, page: Connection): FoundConnection {
  if (text === undefined) return page;
  return { ...page, edges: page.edges.map(edge => ({ ...edge, text })), found: { text, filter } };
}

export const FOUND_RESOLVERS: Resolvers = {
  ItemConnection: { facets },
  ItemEdge: {
    highlight: (
      { node, text }: FoundConnection['edges'][number],
      _args: unknown,
      { services }: GraphContext,
    ): Highlight | null => (text === undefined ? null : highlight(node, services.store.items.phrases(text))),
  },
};

async function facets({ found }: FoundConnection, _args: unknown, { services }: GraphContext) {
  if (!found) return null;
  const { sites, kinds, topics, counted, capped } = await services.store.items.facets(found);
  const titles = titlesOf(services.federation);
  return {
    counted,
    capped,
    sites: counts(sites, id => titles.sites.get(id) ?? id),
    topics: counts(topics, id => titles.topics.get(id) ?? id),
    kinds: counts(kinds, String).map(({ id, count }) => ({ kind: toEnum(id), count })),
  };
}

function titlesOf({ sites, topics }: Federation) {
  return {
    sites: new Map(sites.map(({ id, name }) => [id, name])),
    topics: new Map(topics.map(({ id, title }) => [id, title])),
  };
}

const VIETNAMESE = new Intl.Collator('vi');

/** Most first, then by title. */
function counts(spread: ReadonlyMap<string, number>, titleOf: (id: string) => string) {
  return [...spread]
    .map(([id, count]) => ({ id, title: titleOf(id), count }))
    .sort((a, b) => b.count - a.count || VIETNAMESE.compare(a.title, b.title));
}
