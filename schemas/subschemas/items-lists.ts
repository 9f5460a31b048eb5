import { OPERATION_LIMITS as BOUNDS } from '../operation-limits.ts';
import { MOST_EXPENSIVE, PRICES } from '../prices.ts';

/** Root fields that find items, and what they take and give. */
export const LISTS_SDL = `
"""
Everything that can be read.

An operation has a price, told before it is executed: each list costs ${PRICES.list}; looking for words ${PRICES.words} more; \`facets\` ${PRICES.facets};
each object that is selected from ${PRICES.object}, \`own\` ${PRICES.own}, \`history\` and \`problems\` ${PRICES.problems}, times the page size of the list it is in (a story's \`others\` too). Any other field at the
top costs ${PRICES.other}, with ${PRICES.otherSize} times what is below it; \`__schema\` with ${PRICES.schemaSize} times. Fields without fields of their own are free.
Every answer tells its price in \`extensions.cost\`: \`{ asked, allowed }\`. More than ${MOST_EXPENSIVE} is refused with LIMIT_EXCEEDED, and
\`extensions.cost\` of that error has these prices too. Other bounds, refused with LIMIT_EXCEEDED and what would be allowed:
${BOUNDS.depth} levels, ${BOUNDS.rootFields} fields at the top, ${BOUNDS.aliases} aliases, ${BOUNDS.fields} fields, ${BOUNDS.tokens} tokens, ${BOUNDS.variableValues} values in variables, ${BOUNDS.items} items on all
pages together; ${BOUNDS.filterValues} values in one list of a filter (BAD_INPUT), ${BOUNDS.requestBytes / 1024} KiB a request (TOO_LARGE).
"""
type Query {
  "Released items, newest first. Errors: BAD_INPUT (page size, unknown site or topic), BAD_CURSOR, FORBIDDEN (filter.visibility)."
  items(
    "Which items; all when absent."
    filter: ItemFilter
    "What newest means."
    orderBy: ItemOrder = PUBLISHED
    "Page size, 1 to 100."
    first: Int = 20
    "\`endCursor\` of the page before, asked with the same order."
    after: String
  ): ItemConnection!

  "One released item; null when there is none. Takes exactly one argument, else BAD_INPUT."
  item(
    "The item's id."
    id: ID
    "Its address, in any variant: with tracking parameters, AMP, http or https, www. or not."
    link: URL
  ): Item

  "Released items with these words, best first: exact accents and titles before the rest; \`bao hiem\` finds \`bảo hiểm\`. All words must occur; words in “quotes” (curly or straight) side by side; the last word may be the beginning of one. \`BHXH\` finds \`bảo hiểm xã hội\` and the other way round, unless quoted."
  search(
    "Words, 1 to 200 characters."
    query: String!
    "Which items; all when absent. Its \`text\` must be absent."
    filter: ItemFilter
    "Page size, 1 to 100."
    first: Int = 20
    "\`endCursor\` of the page before."
    after: String
  ): ItemConnection!

  "What was put and taken since a cursor, in order: whoever replays it from the beginning holds exactly what \`items\` answers. Errors: BAD_INPUT (page size), BAD_CURSOR (garbage), RESYNC_REQUIRED (start over)."
  changes(
    "A cursor that was given out here or by \`/changes\`; \`now\` for the head; absent for the beginning."
    since: String
    "Page size, 1 to 1000."
    first: Int = 100
    "Only of these sites. In a selection, an item that leaves it is a TOMBSTONE there."
    sites: [ID!]
    "Only of these topics."
    topics: [ID!]
    "Only of these kinds of site."
    kinds: [SiteKind!]
  ): ChangePage!

  "Participating publications."
  sites(
    "Only of this kind."
    kind: SiteKind
  ): [Site!]!

  "One publication; null when there is none."
  site(
    "Its id in the federation: \`viec-lam\`."
    id: ID!
  ): Site

  "The republished feeds."
  feeds: [FeedDefinition!]!

  "The parts this graph is made of, and who contributes what."
  subschemas: [Subschema!]!
}

"Which items: OR within a list, AND between fields; an empty list selects all. At most 100 values a list."
input ItemFilter {
  "Site ids; an unknown one is BAD_INPUT."
  sites: [ID!]
  "Kinds of site."
  kinds: [SiteKind!]
  "Topic ids; an unknown one is BAD_INPUT."
  topics: [ID!]
  "Categories as the sites write them."
  categories: [String!]
  "BCP 47."
  language: String
  "Published, or first seen where that was earlier, at or after."
  publishedAfter: DateTime
  "Published, or first seen where that was earlier, before."
  publishedBefore: DateTime
  "Released at or after."
  releasedAfter: DateTime
  "Words, as in \`search\`, 1 to 200 characters."
  text: String
  "States besides RELEASED need \`operate\`, or \`site:<id>\` with \`sites\` naming only that site; else FORBIDDEN."
  visibility: [Visibility!]
}

"What newest first means."
enum ItemOrder {
  "By the publisher's time, or when we first saw it where that was earlier."
  PUBLISHED
  "By when it became visible here. Only for released items."
  RELEASED
}

"One page of items."
type ItemConnection {
  "The items."
  nodes: [Item!]!
  "The items, each with its place."
  edges: [ItemEdge!]!
  "Whether and how to go on."
  pageInfo: PageInfo!
  "How all matches spread, not only those of this page. Null for a list without words."
  facets: Facets
}

"An item and its place in the list."
type ItemEdge {
  "The item."
  node: Item!
  "Its place: the page after it begins here."
  cursor: String!
  "Where the words stand in it. Null for a list without words, and for an item that isn't released."
  highlight: Highlight
}

"Where the words that were looked for stand in an item. Escaped HTML whose only markup is \`<mark>\`."
type Highlight {
  "The title."
  title: HTML!
  "The summary. Null without one."
  summary: HTML
  "The passage around the first match in the content, about 240 characters. Null where there is none."
  content: HTML
}

"How the matches of a search spread, most first. What selects by one of them is the same search with it in the filter."
type Facets {
  "By site."
  sites: [FacetCount!]!
  "By kind of site."
  kinds: [KindCount!]!
  "By topic of the federation; an item may have several, or none."
  topics: [FacetCount!]!
  "Matches that were counted."
  counted: Int!
  "There are more: only the newest 2000 of each rank were looked at."
  capped: Boolean!
}

"How many matches a site or a topic has."
type FacetCount {
  "Id of the site or topic, as in the filter."
  id: ID!
  "Its name."
  title: String!
  "Matches."
  count: Int!
}

"How many matches a kind of site has."
type KindCount {
  "The kind."
  kind: SiteKind!
  "Matches."
  count: Int!
}

"Whether and how to go on."
type PageInfo {
  "There is a page after this one."
  hasNextPage: Boolean!
  "Place of the last item, for \`after\`. Null on an empty page."
  endCursor: String
}

"A piece of the change log."
type ChangePage {
  "In order, oldest first. A change that a later one of the same item supersedes is no longer there."
  changes: [Change!]!
  "Where to go on; there on an empty page too."
  cursor: String!
  "Nothing newer was there when this was read."
  upToDate: Boolean!
  "The ledger's latest signed daily root: keep it, and nobody can cut the ledger's tail unseen. Null before the first day is over."
  ledgerRoot: LedgerRoot
}

"A signed daily root of the gateway's ledger."
type LedgerRoot {
  "ISO day in Hanoi."
  day: String!
  "Number of the newest row at the end of that day; a Float, as it may pass 2^31."
  seq: Float!
  "Hex SHA-256 of that row."
  hash: String!
  "When it was signed, RFC 3339."
  signedAt: String!
  "Base64url of the raw Ed25519 public key."
  key: String!
  "Base64url, over the canonical JSON (RFC 8785) of the fields before."
  signature: String!
}

"One act of publication."
type Change {
  "The place after this change."
  cursor: String!
  "What happened."
  kind: ChangeKind!
  "The item's id."
  id: ID!
  "The item as it is now. Null on a tombstone, and when it left view since: its tombstone follows."
  item: Item
  "Why it left view. Null on a put."
  reason: TombstoneReason
  "Id of the item that stands in its place. Null unless it was merged."
  replacedBy: ID
  "Came in older than the connection of its source: an archive item, not news. False on a tombstone."
  backfill: Boolean!
  "When it was committed."
  at: DateTime!
}

"What happened to an item in public."
enum ChangeKind {
  "Visible now: new, edited or back."
  PUT
  "No longer visible: every copy must go."
  TOMBSTONE
}

"Why an item left view."
enum TombstoneReason {
  "In doubt; it can come back."
  HIDDEN
  "Taken down by order; erased."
  ORDER
  "Taken back by its publisher; erased."
  WITHDRAWN
  "Its permitted time is over."
  EXPIRED
  "Found to be the same as another item, see \`replacedBy\`."
  MERGED
  "Its site left the federation."
  SITE_LEFT
}
`;
