import { DATE_TIME_SDL, URL_SDL } from './scalars.ts';
import { described, ENTRY_POINT_DESCRIPTION, ITEM_DESCRIPTION, type SubschemaText } from './subschema.ts';

/** What is peculiar to items of unit sites. */
export const UNITS_TEXT = {
  id: 'units',
  merges: { Item: { field: '_unitItemsById', key: 'id' } },
  sdl: `
${DATE_TIME_SDL}
${URL_SDL}
type Query {
  ${described(ENTRY_POINT_DESCRIPTION)}
  _unitItemsById(
    "Item ids."
    ids: [ID!]!
  ): [Item]!
}

${described(ITEM_DESCRIPTION)}
type Item {
  "The item's id."
  id: ID!
  "What is peculiar to unit sites. Null for items of other kinds of site."
  unit: UnitFields
}

"What is peculiar to items of unit sites."
type UnitFields {
  "The unit's code in the national list of agencies: \`G13.24\`. Null when the registry doesn't say."
  agencyCode: String
  "The item as a Dublin Core record."
  dublinCore: DublinCore!
}

"The fifteen elements of ISO 15836-1, as far as the item fills them."
type DublinCore {
  "Title."
  title: String!
  "Authors."
  creator: [String!]!
  "Categories and topics."
  subject: [String!]!
  "Summary. Null when there is none."
  description: String
  "The unit."
  publisher: String!
  "Editors and others who helped, where the site's own fields say so."
  contributor: [String!]!
  "Time of publication. Null when unknown."
  date: DateTime
  "Kind of resource, DCMI Type vocabulary."
  type: String!
  "Media type of the content."
  format: String!
  "The item's id."
  identifier: String!
  "The original it re-posts. Null when it is an original itself."
  source: String
  "BCP 47. Null when unknown."
  language: String
  "The page it is read on. Null once the content is erased."
  relation: URL
  "Place or time it speaks of, where the site's own fields say so. Null else."
  coverage: String
  "Rights. Null when the site doesn't say."
  rights: String
}
`,
} satisfies SubschemaText;
