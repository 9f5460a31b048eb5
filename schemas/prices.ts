/** What each part of an operation costs before it is executed. In words in the description of `Query`. */
export const PRICES = {
  /** Each object that is selected from; below a list, times its page size. */
  object: 1,
  /** A site's own fields, which may be asked of the site itself. */
  own: 5,
  /** Each list: `items`, `search`, `changes`, `stories`, `problems`. */
  list: 10,
  /** Looking for words, in `search` or by `filter.text`. */
  words: 20,
  /** Counting how all matches spread. */
  facets: 50,
  /** Any other field at the top; what is below it counts as so many objects. */
  other: 10,
  otherSize: 20,
  /** What is below `__schema` counts as so many objects: the schema may be asked whole once, not twice. */
  schemaSize: 100,
  /** Days of a site's score: each site's are read from the store for themselves. */
  history: 20,
  /** Problems of an item, or of a site by rule. */
  problems: 20,
} as const;

/** What one operation may cost. */
export const MOST_EXPENSIVE = 10_000;
