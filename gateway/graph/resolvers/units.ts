import { UNITS_TEXT } from '../../../schemas/subschemas/units.ts';
import { isWebAddress } from '../scalars.ts';
import { kindResolvers, type OfKind, ownText, registryText } from './kinds.ts';

export const UNITS_RESOLVERS = kindResolvers(
  { kind: 'unit', entryPoint: UNITS_TEXT.merges.Item.field, field: 'unit' },
  {
    UnitFields: {
      agencyCode: ({ site }: OfKind) => registryText(site, 'agencyId', 'agencyCode'),
      dublinCore,
    },
  },
);

/** ISO 15836-1, each element from what the item already says. */
function dublinCore({ item, site }: OfKind) {
  return {
    title: item.title,
    creator: item.authors.map(author => author.name),
    subject: [...new Set([...item.categories, ...item.topics])],
    description: item.summary || null,
    publisher: site?.name ?? item.attribution.agency,
    contributor: [ownText(item, 'contributor', 'editor')].filter(name => name !== null),
    date: item.published ?? null,
    type: 'Text',
    format: 'text/html',
    identifier: item.id,
    source: item.origin?.link ?? item.origin?.title ?? null,
    language: item.language ?? null,
    relation: isWebAddress(item.link) ? item.link : null,
    coverage: ownText(item, 'coverage'),
    rights: item.rights ?? null,
  };
}
