/** What bounds one operation, whoever asks. In words in the description of `Query`. */
export const OPERATION_LIMITS = {
  /** Lexical tokens of a document; bounds what parsing and validating can cost. */
  tokens: 2000,
  /** Levels of fields, fragments expanded; introspection has a bound of its own in graphql-js. */
  depth: 12,
  aliases: 30,
  /** Fields at the top, fragments expanded. */
  rootFields: 10,
  /** All fields, fragments expanded. */
  fields: 1000,
  /** Values in all variables together, lists and objects opened. */
  variableValues: 2000,
  /** Bytes of a request body or a query string. */
  requestBytes: 256 * 1024,
  page: 100,
  /** Items that all lists of one operation may ask for together. */
  items: 1000,
  /** Values in one list of a filter. */
  filterValues: 100,
} as const;
