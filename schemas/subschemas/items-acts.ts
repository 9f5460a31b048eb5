/** What an operator does with items; each act writes the ledger with its reason. */
export const ACTS_SDL = `
extend type Mutation {
  "Keeps an item back until \`release\`; out of every channel at once if it is out. Null on an error: NOT_FOUND, CONFLICT, BAD_INPUT."
  hold(
    "Item id."
    item: ID!
    "Why, for the ledger."
    reason: String!
  ): Item
  "Lets an item go that a rule or a person held. A press item still waits for its minute. Null on an error: NOT_FOUND, CONFLICT, BAD_INPUT."
  release(
    "Item id."
    item: ID!
    "Why, for the ledger."
    reason: String!
  ): Item
  "Takes items out of every channel for good and blocks them and their texts from coming back. Errors: NOT_FOUND, BAD_INPUT."
  takeDown(
    "What, why and by whose order."
    input: TakeDownInput!
  ): TakeDown!
  "Lifts an order: the item may come back under its id when its publisher still publishes it. Errors: NOT_FOUND, CONFLICT, BAD_INPUT."
  restore(
    "Item id."
    item: ID!
    "Why, for the ledger."
    reason: String!
  ): RestoredItem!
  "One item corrects another: the false version is withdrawn, and its tombstone leads to the correction. Gives the correction; null while it may not be seen. Errors: NOT_FOUND, CONFLICT, BAD_INPUT."
  correct(
    "The false item."
    item: ID!
    "The item that corrects it."
    by: ID!
    "Why, for the ledger."
    reason: String!
  ): Item
  "Records a paper's written agreement. Errors: BAD_INPUT, CONFLICT."
  recordAgreement(
    "What was signed."
    input: AgreementInput!
    "Why, for the ledger."
    reason: String!
  ): RecordedAgreement!
  "Ends a recorded agreement now. Errors: NOT_FOUND."
  endAgreement(
    "Its number."
    id: ID!
    "Why, for the ledger."
    reason: String!
  ): RecordedAgreement!
  "Records an authority's order and carries it out: \`takeDown\` with sender and reference. Errors: NOT_FOUND, BAD_INPUT."
  recordOrder(
    "What, why and by whose order."
    input: OrderInput!
  ): TakeDown!
  "Gives a site leave from a rule until a moment: its problems are shown, without consequence. Errors: NOT_FOUND, BAD_INPUT."
  except(
    "Id of the site."
    site: ID!
    "Id of the rule."
    rule: ID!
    "Why, for the ledger and the report."
    reason: String!
    "Until then."
    until: DateTime!
  ): Exception!
  "Decides a complaint. Errors: NOT_FOUND, CONFLICT, BAD_INPUT."
  answerComplaint(
    "Its ticket."
    ticket: ID!
    "The complaint is right."
    upheld: Boolean!
    "The answer, for the ledger and whoever asks by ticket."
    reason: String!
  ): ComplaintState!
}

"What is to be taken down."
input TakeDownInput {
  "Item ids."
  items: [ID!]
  "Any form of the items' links."
  links: [URL!]
  "Why, for the ledger."
  reason: String!
  "Who ordered it. Null: the operator's own decision."
  sender: String
  "Number of the order's paper."
  reference: String
  "Six hours instead of twenty-four."
  urgent: Boolean
}

"An authority's order."
input OrderInput {
  "Item ids."
  items: [ID!]
  "Any form of the items' links."
  links: [URL!]
  "Why, for the ledger."
  reason: String!
  "Who ordered it."
  sender: String!
  "Number of the order's paper."
  reference: String!
  "When it arrived. Null: now."
  receivedAt: DateTime
  "Six hours instead of twenty-four."
  urgent: Boolean
}

"A take-down, with its clock."
type TakeDown {
  "Its id, in the ledger too."
  id: ID!
  "Ids of the items."
  items: [ID!]!
  "Why."
  reason: String!
  "Who ordered it. Null: the operator's own decision."
  sender: String
  "Number of the order's paper. Null when there is none."
  reference: String
  "Six hours instead of twenty-four."
  urgent: Boolean!
  "When the order arrived."
  receivedAt: DateTime!
  "By when it had to be gone."
  dueAt: DateTime!
  "When it left every channel of ours."
  removedAt: DateTime!
}

"An item whose order was lifted."
type RestoredItem {
  "Its id."
  id: ID!
  "Its source was asked again; the item comes back when that still publishes it."
  requested: Boolean!
}

"A paper's written agreement."
input AgreementInput {
  "Its number."
  id: ID!
  "Id of the press site."
  site: ID!
  "Who signed."
  parties: [String!]
  "\`full-text\`, \`summary\` or \`headline-link\`."
  mode: String = "full-text"
  "Pictures and films may be republished too."
  media: Boolean = false
  "\`public\`, or \`portal\`: full text only to keys with \`fulltext:<site>\`."
  audience: String = "public"
  "From when. Null: now."
  validFrom: DateTime
  "Until when."
  validUntil: DateTime!
  "\`sha256:\` and 64 hex digits of the signed file."
  document: String!
  "Minutes to wait after the paper, never below 60. Null: 60."
  delayMinutes: Int
  "Corrections need not wait."
  correctionsAtOnce: Boolean = false
}

"An agreement on record."
type RecordedAgreement {
  "Its number."
  id: ID!
  "Id of the press site."
  site: ID!
  "\`full-text\`, \`summary\` or \`headline-link\`."
  mode: String!
  "Until when."
  validUntil: DateTime!
}

"A site's leave from a rule."
type Exception {
  "Id of the site."
  site: ID!
  "Id of the rule."
  rule: ID!
  "Why."
  reason: String!
  "Until then."
  until: DateTime!
}

"A complaint."
type ComplaintState {
  "Its ticket."
  ticket: ID!
  "\`open\`, \`upheld\` or \`rejected\`."
  state: String!
  "The answer. Null while open."
  decision: String
}
`;
