/** Items of several sites that tell the same news. */
export const STORIES_SDL = `
extend type Query {
  "News that several sites tell, the newest first. Errors: BAD_INPUT (page size, unknown site or topic), BAD_CURSOR."
  stories(
    "Which stories; all when absent."
    filter: StoryFilter
    "Page size, 1 to 100."
    first: Int = 20
    "\`endCursor\` of the page before."
    after: String
  ): StoryConnection!
}

"Which stories: OR within a list, AND between fields, and each field may be met by another item of the story; an empty list selects all. At most 100 values a list."
input StoryFilter {
  "Site ids; an unknown one is BAD_INPUT."
  sites: [ID!]
  "Kinds of site."
  kinds: [SiteKind!]
  "Topic ids; an unknown one is BAD_INPUT."
  topics: [ID!]
  "Its first item was published at or after."
  publishedAfter: DateTime
  "Its first item was published before."
  publishedBefore: DateTime
}

"One page of stories."
type StoryConnection {
  "The stories."
  nodes: [Story!]!
  "Whether and how to go on."
  pageInfo: PageInfo!
}

"Released items of two or more sites that tell the same news: an original, and who posted it again. Found by comparing texts, a second or so after an item came in; a machine says so, and it can err."
type Story {
  "Its id: stays while the story lasts, whichever of its items leave."
  id: ID!
  "When the first of its items was published."
  published: DateTime!
  "The item that was published first. Null when it left view at this very moment."
  first: Item
  "How many others there are, 100 at most."
  count: Int!
  "Those published later, in that order."
  others(
    "How many, 1 to 100; the price counts as many."
    first: Int = 20
  ): [StoryItem!]!
}

"An item that tells what another told before."
type StoryItem {
  "The item. Null when it left view at this very moment."
  item: Item
  "How alike it is to the first, or to the nearest of the story where those two were not found alike: 0 to 1, the share of the shorter text that stands in the longer one, lowered where figures and names contradict."
  score: Float!
  "It says whom it has it from, in its source or at the end of its text."
  namesSource: Boolean!
}
`;
