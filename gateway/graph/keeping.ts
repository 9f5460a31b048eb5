import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { Rights } from '../http/access.ts';

/**
 * How long an answer to whoever oversees nothing stays true. SETTLED: until the store's revision moves. RECENT: at most
 * as long as what the store knows of its sources is kept. NEVER: it must be asked each time.
 */
export type Keeping = 'SETTLED' | 'RECENT' | 'NEVER';

const ALL = '*';

/**
 * What follows from the revision and the federation file alone. What isn't named here is asked each time: problems and
 * scores move without the revision, and so do harvests, remote sites, the ledger, and the day on which a rule begins.
 */
export const SETTLED: Readonly<Record<string, readonly string[] | typeof ALL>> = {
  Query: ['items', 'item', 'search', 'stories', 'sites', 'site', 'feeds'],
  ItemConnection: ALL,
  ItemEdge: ALL,
  PageInfo: ALL,
  Facets: ALL,
  FacetCount: ALL,
  KindCount: ALL,
  Highlight: ALL,
  // All that an item's hash covers, what never changes, and what only those see who oversee.
  Item: [
    'attribution authors backfill categories content contentText id language link media page picture',
    'pubStatus published releaseAt released rights site source sourceId story summary title topics updated',
    'visibility visibilityReason',
  ].flatMap(names => names.split(' ')),
  // Stories that moved are counted in the revision.
  Story: ALL,
  StoryItem: ALL,
  StoryConnection: ALL,
  Attribution: ALL,
  Author: ALL,
  Media: ['alt', 'caption', 'credit', 'length', 'rights', 'type', 'url'],
  Picture: ['alt', 'credit', 'url'],
  Site: ['contentSchema', 'homepage', 'id', 'itemCount', 'kind', 'name'],
  FeedDefinition: ALL,
  FeedSelection: ALL,
};

/** What may be some seconds behind: how fresh the sources are, and sizes of pictures, which are measured later. */
export const RECENT: typeof SETTLED = {
  Item: ['freshness'],
  Site: ['freshness'],
  Freshness: ALL,
  Media: ['height', 'width'],
  Picture: ['height', 'width'],
};

/** Who sees only what the public sees: what others may see moves without the revision, held items for one. */
export function overseesNothing({ scopes }: Rights): boolean {
  return [...scopes].every(scope => scope === 'read');
}

/** The least that any field of a document is good for. Told once a document. */
export function keepings(schema: GraphQLSchema): (document: DocumentNode) => Keeping {
  // Kept as long as the parse cache keeps the document itself.
  const known = new WeakMap<DocumentNode, Keeping>();
  return document => {
    const keeping = known.get(document) ?? keepingOf(document, schema);
    known.set(document, keeping);
    return keeping;
  };
}

function keepingOf(document: DocumentNode, schema: GraphQLSchema): Keeping {
  let keeping: Keeping = 'SETTLED';
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name: { value: field } }) => {
        if (field === '__typename' || keeping === 'NEVER') return;
        const type = types.getParentType()?.name ?? '';
        if (has(SETTLED, type, field)) return;
        keeping = has(RECENT, type, field) ? 'RECENT' : 'NEVER';
      },
    }),
  );
  return keeping;
}

function has(list: typeof SETTLED, type: string, field: string): boolean {
  const fields = list[type];
  return fields === ALL || (fields?.includes(field) ?? false);
}
