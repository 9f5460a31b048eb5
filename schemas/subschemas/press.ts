import { DATE_TIME_SDL } from './scalars.ts';
import { described, ENTRY_POINT_DESCRIPTION, ITEM_DESCRIPTION, type SubschemaText } from './subschema.ts';

/** What is peculiar to items of newspapers. */
export const PRESS_TEXT = {
  id: 'press',
  merges: { Item: { field: '_pressItemsById', key: 'id' } },
  sdl: `
${DATE_TIME_SDL}
type Query {
  ${described(ENTRY_POINT_DESCRIPTION)}
  _pressItemsById(
    "Item ids."
    ids: [ID!]!
  ): [Item]!
}

${described(ITEM_DESCRIPTION)}
type Item {
  "The item's id."
  id: ID!
  "What is peculiar to newspapers. Null for items of other kinds of site."
  press: PressFields
}

"What is peculiar to items of newspapers."
type PressFields {
  "The press agency to name: the original publication where the item says it has one, else the site."
  agency: String!
  "What its publisher agreed to. Null: nothing on record, so headline, summary and link."
  agreement: Agreement
  "What it corrects, when it is a correction. Null else."
  correction: Correction
}

"A publisher's written agreement, on record and in force now."
type Agreement {
  "What may be republished: \`headline-link\`, \`summary\` or \`full-text\`."
  mode: String!
  "Pictures and films may be republished too."
  media: Boolean!
  "Last day. Null: not limited."
  validUntil: DateTime
  "Hash of the signed document. Null when not on record."
  document: String
}

"A correction: declared by its site in its own fields, or tied to what it corrects."
type Correction {
  "The corrected wording or notice, plain text. Null when the site only flags it."
  note: String
  "Ids of the items that it corrects: each is withdrawn, and its tombstone leads here. Null when none is named."
  replaces: [ID!]
}
`,
} satisfies SubschemaText;
