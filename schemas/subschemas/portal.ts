import { described, ENTRY_POINT_DESCRIPTION, ITEM_DESCRIPTION, type SubschemaText } from './subschema.ts';

/** What is peculiar to items of the Ministry's portal. */
export const PORTAL_TEXT = {
  id: 'portal',
  merges: { Item: { field: '_portalItemsById', key: 'id' } },
  sdl: `
type Query {
  ${described(ENTRY_POINT_DESCRIPTION)}
  _portalItemsById(
    "Item ids."
    ids: [ID!]!
  ): [Item]!
}

${described(ITEM_DESCRIPTION)}
type Item {
  "The item's id."
  id: ID!
  "What is peculiar to the Ministry's portal. Null for items of other kinds of site."
  portal: PortalFields
}

"What is peculiar to items of the Ministry's portal."
type PortalFields {
  "Section of the portal: its own field, else the item's first category. Null when neither is there."
  section: String
  "Number and sign of the document it publishes: \`12/2026/TT-BLĐTBXH\`. Null when it is none."
  documentNumber: String
}
`,
} satisfies SubschemaText;
