/** Sites, feeds and the parts of the graph. */
export const SITES_SDL = `
"What kind of publication a site is; the law asks different things of each."
enum SiteKind {
  "The Ministry's portal."
  PORTAL
  "A unit's site."
  UNIT
  "A newspaper."
  PRESS
}

"A participating publication."
type Site {
  "Its id in the federation; never changes."
  id: ID!
  "Its name, for people."
  name: String!
  "Portal, unit or press."
  kind: SiteKind!
  "Its first page. Null when its address is none of the web."
  homepage: URL
  "Name of the content schema of its own fields. Null when it has none."
  contentSchema: String
  "How many of its items are visible now."
  itemCount: Int!
  "How current it is: the newest successful reading of any of its sources, and the worst state of them."
  freshness: Freshness!
  "What is harvested of it. Null without \`operate\` or its own key."
  sources: [Source!]
}

"How current something is."
type Freshness {
  "Last time its source was read with success. Null when it never was."
  checkedAt: DateTime
  "How its source is doing."
  sourceState: SourceState!
}

"How a source is doing."
enum SourceState {
  "Read at its last turn."
  OK
  "Connected, but not read yet."
  NEW
  "Its last turn failed; what it gave before still stands."
  FAILING
  "Not read at present, because the operator says so."
  PAUSED
}

"A republished feed."
type FeedDefinition {
  "Its name in addresses."
  id: ID!
  "Its title, for people."
  title: String!
  "What it selects."
  select: FeedSelection!
  "How it is ordered."
  order: ItemOrder!
  "At most this many of any 20 consecutive entries from one site. Null: no bound."
  perSite: Int
  "What it shows once only. Null: it shows every item."
  distinct: FeedDistinct
  "Atom 1.0."
  atom: URL!
  "RSS 2.0."
  rss: URL!
  "JSON Feed 1.1."
  json: URL!
  "HTML fragment without script, for any CMS."
  html: URL!
}

"What a feed shows once only, however many sites have it."
enum FeedDistinct {
  "Each story: of its items that the feed selects the one that was published first."
  STORY
}

"What a feed selects: OR within a list, AND between lists; an empty list selects all."
type FeedSelection {
  "Site ids."
  sites: [ID!]!
  "Topic ids."
  topics: [ID!]!
  "Kinds of site."
  kinds: [SiteKind!]!
}

"One part of this graph."
type Subschema {
  "Its name: \`items\`, \`portal\`, \`UnitDocument\`, …"
  id: ID!
  "Ours or a site's."
  kind: SubschemaKind!
  "Ids of the sites whose items it says something of."
  sites: [ID!]!
  "What it contributes, whole, as it can be executed alone; root fields that begin with \`_\` are for the gateway only."
  sdl: String!
  "How it is doing."
  state: SubschemaState!
}

"Where a subschema runs."
enum SubschemaKind {
  "In the gateway, over its store."
  LOCAL
  "At a site that speaks GraphQL, asked live."
  REMOTE
}

"How a subschema is doing."
enum SubschemaState {
  "Answers."
  UP
  "A site that does not answer now: its fields are null."
  DOWN
  "A site whose schema no longer has what is offered of it: the last good one serves on."
  CHANGED
}
`;
