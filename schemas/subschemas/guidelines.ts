import { DATE_TIME_SDL, URL_SDL } from './scalars.ts';
import { described, ENTRY_POINT_DESCRIPTION, ITEM_DESCRIPTION, type SubschemaText } from './subschema.ts';

/** Rules, what they find, and scores. */
export const GUIDELINES_TEXT = {
  id: 'guidelines',
  merges: {
    Item: { field: '_guidelinesItemsById', key: 'id' },
    Site: { field: '_guidelinesSitesById', key: 'id' },
  },
  sdl: `
${DATE_TIME_SDL}
${URL_SDL}
type Query {
  "The rules in force, in the order of the catalogue, with the clause of each and how sure we are of it. Never says that anything is against the law: it cites."
  rules: [Rule!]!
  "What rules found, newest first. Sites see their own with their key, the operator all; anybody only what the federation opens, and of items that are out: a page may have fewer than it could. Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, BAD_CURSOR."
  problems(
    "Which; all when absent."
    filter: ProblemFilter
    "Page size, 1 to 100."
    first: Int = 20
    "An \`endCursor\` of this list."
    after: String
  ): ProblemConnection!
  "How the sites of each kind stand. Null without \`operate\`, unless the federation opens scores."
  complianceByKind: [KindScore!]
  ${described(ENTRY_POINT_DESCRIPTION)}
  _guidelinesItemsById(
    "Item ids."
    ids: [ID!]!
  ): [Item]!
  ${described(ENTRY_POINT_DESCRIPTION)}
  _guidelinesSitesById(
    "Site ids."
    ids: [ID!]!
  ): [Site]!
}

"Language of a text for people."
enum TextLanguage {
  "Vietnamese."
  VI
  "English."
  EN
}

"How strong a duty is."
enum Severity {
  "A duty."
  MUST
  "Advice."
  SHOULD
}

"What the gateway does about a finding; a thing of its own beside the severity."
enum Consequence {
  "Never becomes an item."
  REFUSE
  "Taken out of every channel."
  REMOVE
  "Waits for its minute or for a person."
  HOLD
  "Republished with less."
  TRIM
  "Shown and counted, nothing else."
  SCORE
  "The gateway's own fault: an alarm."
  OWN_DUTY
}

"What a rule looks at."
enum RuleScope {
  "A site as a whole."
  SITE
  "A feed document."
  FEED
  "One item."
  ITEM
  "One picture, film or document of an item."
  MEDIA
  "What the gateway itself does with an item."
  REPUBLICATION
}

"What a problem was found in."
enum JudgedKind {
  "An item."
  ITEM
  "A source."
  SOURCE
  "A site."
  SITE
  "The gateway itself."
  GATEWAY
}

"One named check."
type Rule {
  "Stable for good."
  id: ID!
  "Its number in the catalogue, 1 to 60."
  number: Int!
  "Its name, for people."
  title(
    "In which language."
    language: TextLanguage = VI
  ): String!
  "What it looks at."
  scope: RuleScope!
  "How strong the duty is, as the federation grades it."
  severity: Severity!
  "What the gateway does about it, as the federation sets it."
  consequence: Consequence!
  "Where the duty comes from."
  clauses: [Clause!]!
  "What to do about it."
  remedy(
    "In which language."
    language: TextLanguage = VI
  ): String!
  "What of it is our own measure or can't be known from outside. Null when nothing is."
  caveat(
    "In which language."
    language: TextLanguage = VI
  ): String
}

"A clause, with how sure we are of it."
type Clause {
  "Instrument and article."
  cite: String!
  "L1 in force and read, L2 in force but read as a quotation, L3 read but of unsure standing, P policy, I international practice."
  basis: String!
  "How it was read, as a code: V, V-ocr, V-en, Q, S, M."
  confidence: String!
  "The same in words."
  confidenceText(
    "In which language."
    language: TextLanguage = VI
  ): String!
  "No longer in force, kept to explain."
  history: Boolean!
}

"Something found wrong. Never repeats personal data: kind and place, masked."
type Problem {
  "The rule that is not met. Null when the rule is no longer in force."
  rule: Rule
  "Id of the rule."
  ruleId: ID!
  "What it was found in."
  subject: JudgedKind!
  "Id of that: an item's id, a source's name, a site's id, \`gateway\`."
  subjectId: ID!
  "Id of the site. Null for the gateway itself."
  site: ID
  "The item, where it is one and may be seen. Null else."
  item: Item
  "Where in it: \`media[0].alt\`."
  path: String!
  "What is wrong, for people."
  message(
    "In which language."
    language: TextLanguage = VI
  ): String!
  "How strong the duty is."
  severity: Severity!
  "What the gateway does about it."
  consequence: Consequence!
  "Facts as JSON text. Null when there are none."
  data: String
  "When it was first found at this place."
  firstSeen: DateTime!
}

"A page of problems."
type ProblemConnection {
  "The problems."
  nodes: [Problem!]!
  "Where the page ends."
  pageInfo: ProblemPageInfo!
}

"Where a page of problems ends."
type ProblemPageInfo {
  "There are more."
  hasNextPage: Boolean!
  "For \`after\`. Null on an empty page."
  endCursor: String
}

"OR within a list, AND between fields; an empty list selects all."
input ProblemFilter {
  "Ids of sites."
  sites: [ID!]
  "Names of sources."
  sources: [ID!]
  "What the problem was found in."
  subjects: [JudgedKind!]
  "Ids of items."
  items: [ID!]
  "Ids of rules."
  rules: [ID!]
  "How strong the duty is."
  severities: [Severity!]
  "What the gateway does about it."
  consequences: [Consequence!]
}

"100 × weight of rules met ÷ weight of rules met or not met; a must weighs 3, a should 1. What is unknown neither helps nor harms."
type Score {
  "0 to 100. Null when nothing could be told."
  score: Int
  "Share of the weight that could not be told, 0 to 1."
  unknown: Float!
}

"A score on one day in Hanoi."
type DayScore {
  "ISO day."
  day: String!
  "0 to 100. Null when nothing could be told."
  score: Int
  "Share of the weight that could not be told, 0 to 1."
  unknown: Float!
}

"A rule and how many it finds wanting."
type RuleCount {
  "The rule. Null when it is no longer in force."
  rule: Rule
  "Id of the rule."
  ruleId: ID!
  "How many items, sources or sites."
  subjects: Int!
}

"How the items of one source stand."
type SourceScore {
  "\`<site>/<source>\`."
  source: ID!
  "How many items were judged."
  items: Int!
  "Of these items."
  score: Score!
}

"How the sites of one kind stand together."
type KindScore {
  "Kind of site: \`portal\`, \`unit\` or \`press\`."
  kind: String!
  "How many sites."
  sites: Int!
  "Of all that was judged of them."
  score: Score!
}

"How a site stands."
type Compliance {
  "Of everything below together."
  total: Score!
  "Of its items."
  items: Score!
  "Of the items of each of its sources, by the source's name."
  sources: [SourceScore!]!
  "Of the site itself, by its last audit."
  site: Score!
  "Rules not met, the most frequent first. Null where problems may not be seen."
  problems: [RuleCount!]
  "Day by day, oldest first."
  history(
    "How many days, 1 to 400, else BAD_INPUT."
    days: Int = 90
  ): [DayScore!]!
}

${described(ITEM_DESCRIPTION)}
type Item {
  "The item's id."
  id: ID!
  "What rules found in it. Null without \`operate\` or the site's own key, unless the federation opens problems."
  problems: [Problem!]
  "How it stands. Null as above, and when it was not judged yet."
  score: Score
}

"By what a site says what it has published."
enum ClaimedBy {
  "Its sitemaps, as far as their addresses look like those of its articles."
  SITEMAP
  "Its news sitemaps: the last two days."
  NEWS_SITEMAP
  "The whole list of one source: all posts of a CMS, a feed with its archives."
  LIST
}

"What a site says it has published against what is held. Counted are items published from \`since\` on."
type Completeness {
  "By what the site says so."
  claimedBy: ClaimedBy!
  "\`<site>/<source>\` whose list it is. Null for a sitemap, which speaks for the whole site."
  source: ID
  "Where the site says so."
  url: String!
  "What was published before is not compared."
  since: DateTime!
  "When it was compared; once a day."
  comparedAt: DateTime!
  "How many of the listed are held, or were and have been withdrawn."
  held: Int!
  "How many of the listed were never seen."
  missing: Int!
  "How many of the listed were asked for and are no item: too old, refused by a rule, or no article."
  notTaken: Int!
  "How many items are in view and not listed. Null where the claim doesn't tell all."
  extra: Int
  "How many were missing and fetched at this comparison."
  fetched: Int!
  "The claim was read to its end."
  complete: Boolean!
  "Addresses of what is missing, or the source's own ids where it lists no addresses; at most 100."
  missingLinks: [String!]!
  "Addresses of what is extra, newest first; at most 100."
  extraLinks: [String!]!
}

"A participating publication."
type Site {
  "Its id."
  id: ID!
  "What it says it has published against what is held. Empty before the first comparison, and where it says nothing. Null without \`operate\` or its own key, unless the federation opens problems."
  completeness: [Completeness!]
  "How it stands. Null without \`operate\` or its own key, unless the federation opens scores."
  compliance: Compliance
}
`,
} satisfies SubschemaText;
