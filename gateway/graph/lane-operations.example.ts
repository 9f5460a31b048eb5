import { idOf } from '../e2e/seed.ts';

/** An operation that both lanes must answer alike. */
export interface LaneOperation {
  readonly name: string;
  readonly source: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  /** It is never compiled. */
  readonly interpreted?: boolean;
}

/** What the world of the test holds besides the seeded items. */
export const HELD = idOf('viec-lam', 'giu');
export const HIDDEN = idOf('bao-a', 'an');
export const WITHDRAWN = idOf('cong', 'go');
export const BROKEN = idOf('viec-lam', 'hong');
const PORTAL = idOf('cong', 'bai-0');
const UNIT = idOf('viec-lam', 'bai-1');
const PRESS = idOf('bao-a', 'bai-3');

const SOURCES: Readonly<Record<string, string>> = {
  list: '{ items(first: 20) { nodes { id link title summary published updated site { id name kind } } pageInfo { hasNextPage endCursor } } }',
  'list of all there is':
    '{ items(first: 100) { edges { cursor node { id page content contentText language authors { name } categories topics published updated released backfill rights } } nodes { attribution { text agency authors published link } picture { url alt } media { url type width height alt } } } }',
  'three kinds of site':
    '{ items { nodes { id portal { section documentNumber } unit { agencyCode dublinCore { title creator subject publisher date type format identifier language relation rights } } press { agency agreement { mode media validUntil document } correction { note } } } } }',
  own: '{ items(first: 50) { nodes { id own { __typename ... on UnitDocument { itemId documentNumber signedBy signedAt recipients } ... on WordPressPost { itemId slug postId } } } } }',
  'own, type name alone': '{ items(first: 10) { nodes { own { __typename } } } }',
  'own, key alone': '{ items(first: 10) { nodes { own { ... on UnitDocument { itemId } } } } }',
  'own, aliases within':
    '{ items(first: 10) { nodes { own { kind: __typename ... on UnitDocument { so: documentNumber so2: documentNumber } } } } }',
  'own, by a named fragment':
    'query { items(first: 9) { nodes { own { ...W ...D } } } } fragment W on WordPressPost { slug } fragment D on UnitDocument { signedBy ...E } fragment E on UnitDocument { documentNumber }',
  'own of one without': `{ item(id: "${PRESS}") { own { __typename } } }`,
  'own of foreign values': `{ item(id: "${BROKEN}") { title own { ... on UnitDocument { documentNumber signedBy signedAt recipients } } } }`,
  'by id': `{ item(id: "${UNIT}") { id title unit { agencyCode } portal { section } press { agency } } }`,
  'by link': '{ item(link: "https://cong.example.vn/bai-0?utm_source=x") { id } }',
  'by a link that is none': '{ item(link: "javascript:alert(1)") { id } }',
  'unknown id': '{ item(id: "urn:uuid:nobody") { id title site { id } own { __typename } } }',
  'unknown id beside a known one': `{ a: item(id: "urn:uuid:nobody") { id } b: item(id: "${PORTAL}") { id } }`,
  'neither id nor link': '{ item { id } }',
  'both id and link': `{ item(id: "${PORTAL}", link: "https://x.example.vn/") { id } }`,
  'error beside data': `{ item { id } sites { id } other: item(id: "${PORTAL}") { title } }`,
  'several errors':
    '{ a: item { id } b: items(first: 0) { nodes { id } } c: items(after: "x") { nodes { id } } }',
  'errors above and below': '{ sites { id } a: item { id } changes(since: "garbage") { cursor } }',
  held: `{ item(id: "${HELD}") { id visibility } }`,
  hidden: `{ item(id: "${HIDDEN}") { id visibility } }`,
  withdrawn: `{ item(id: "${WITHDRAWN}") { id title content visibility } }`,
  'visibility in the filter':
    '{ items(filter: { visibility: [HELD, HIDDEN] }) { nodes { id visibility visibilityReason releaseAt pubStatus sourceId portal { section } unit { agencyCode } press { agency } own { ... on UnitDocument { documentNumber } } source { name } } } }',
  'visibility of one site':
    '{ items(filter: { visibility: [HELD, RELEASED], sites: ["viec-lam"] }) { nodes { id visibility title unit { agencyCode } own { ... on UnitDocument { signedBy } } problems { ruleId } score { score } } } }',
  'visibility by RELEASED':
    '{ items(orderBy: RELEASED, filter: { visibility: [HIDDEN], sites: ["viec-lam"] }) { nodes { id } } }',
  'by release': '{ items(orderBy: RELEASED, first: 5) { nodes { id released } pageInfo { endCursor } } }',
  'by kind': '{ items(filter: { kinds: [PORTAL, PRESS] }, first: 5) { nodes { id site { kind } } } }',
  'by site': '{ items(filter: { sites: ["bao-hiem"] }, first: 5) { nodes { id } } }',
  'by unknown site': '{ items(filter: { sites: ["khong-co"] }) { nodes { id } } }',
  'by unknown topic': '{ items(filter: { topics: ["khong-co"] }) { nodes { id } } }',
  'by time':
    '{ items(filter: { publishedAfter: "2026-11-22T08:00:00+07:00", publishedBefore: "2026-11-22T01:20:00Z" }) { nodes { id published } } }',
  'by a bad time': '{ items(filter: { publishedAfter: "yesterday" }) { nodes { id } } }',
  'by words':
    '{ items(filter: { text: "noi dung" }, first: 5) { nodes { id } facets { counted capped sites { id title count } kinds { kind count } topics { id } } edges { highlight { title summary content } } } }',
  search:
    '{ search(query: "cuc viec lam", first: 5) { nodes { id title } edges { cursor highlight { title } } facets { sites { id count } } pageInfo { hasNextPage endCursor } } }',
  'search in a selection': '{ search(query: "tin", filter: { kinds: [UNIT] }, first: 3) { nodes { id } } }',
  'search with words twice': '{ search(query: "tin", filter: { text: "x" }) { nodes { id } } }',
  'search for nothing': '{ search(query: "  ") { nodes { id } } }',
  'page too large': '{ items(first: 101) { nodes { id } } }',
  'page below one': '{ items(first: -1) { nodes { id } } }',
  'bad cursor': '{ items(after: "bm90IGEgY3Vyc29y") { nodes { id } } }',
  'too many items in all': '{ a: items(first: 100) { nodes { id } } b: changes(first: 950) { cursor } }',
  changes:
    '{ changes { changes { cursor kind id reason replacedBy backfill at item { id title portal { section } own { __typename ... on UnitDocument { documentNumber } } } } cursor upToDate ledgerRoot { hash } } }',
  'changes of a kind':
    '{ changes(kinds: [UNIT], first: 3) { changes { kind id item { unit { agencyCode } } } upToDate } }',
  'changes from now': '{ changes(since: "now") { changes { id } upToDate } }',
  'changes, bad cursor': '{ changes(since: "garbage") { cursor } }',
  'changes, unknown site': '{ changes(sites: ["khong-co"]) { cursor } }',
  sites: '{ sites { id name kind homepage itemCount contentSchema freshness { checkedAt sourceState } } }',
  'sites of a kind': '{ sites(kind: UNIT) { id } }',
  'one site':
    '{ site(id: "cong") { id name sources { name state due interval failures lastError { code } } } }',
  'unknown site': '{ site(id: "khong-co") { id compliance { total { score } } } }',
  compliance:
    '{ sites { id compliance { total { score unknown } items { score } sources { source items score { score } } site { score } problems { ruleId subjects rule { id } } history(days: 3) { day score } } } }',
  completeness:
    '{ sites { id completeness { claimedBy source url since comparedAt held missing notTaken extra fetched complete missingLinks extraLinks } } }',
  'compliance by kind': '{ complianceByKind { kind sites score { score unknown } } }',
  problems:
    '{ problems(first: 3) { nodes { ruleId rule { title } site subject subjectId path message en: message(language: EN) severity consequence data firstSeen item { id title visibility portal { section } unit { agencyCode } own { __typename } site { id compliance { total { score } } } } } pageInfo { hasNextPage endCursor } } }',
  'problems of a site':
    '{ problems(filter: { sites: ["viec-lam"] }) { nodes { subjectId item { id title own { ... on UnitDocument { signedBy } } } } } }',
  'problems of items': `{ items(first: 4) { nodes { id problems { ruleId severity item { id } } score { score unknown } } } }`,
  rules:
    '{ rules { id number scope severity consequence title en: title(language: EN) remedy caveat clauses { cite basis confidence confidenceText history } } }',
  feeds: '{ feeds { id title order perSite distinct atom rss json html select { sites topics kinds } } }',
  subschemas: '{ subschemas { id kind sites state sdl } }',
  stories:
    '{ stories(first: 5) { nodes { id published count first { id title site { id } portal { section } unit { agencyCode } own { __typename } } others(first: 3) { score namesSource item { id press { agency } story { id count first { id } } } } } pageInfo { hasNextPage endCursor } } }',
  'stories in a selection':
    '{ stories(filter: { kinds: [PRESS], sites: ["viec-lam"], publishedAfter: "2026-11-01T00:00:00+07:00" }) { nodes { id } } }',
  'stories, unknown site': '{ stories(filter: { sites: ["khong-co"] }) { nodes { id } } }',
  'stories, page too large': '{ stories(first: 101) { nodes { id } } }',
  'stories, bad cursor': '{ stories(after: "garbage") { nodes { id } } }',
  'too many others': '{ stories { nodes { others(first: 101) { score } } } }',
  'stories of items': `{ items(first: 100) { nodes { id story { id count others { score item { id title } } } } } }`,
  'stories without end':
    '{ items(first: 50) { nodes { story { others { item { story { others { item { id } } } } } } } } }',
  versions: '{ items(first: 5) { nodes { versions { at hash kind } freshness { checkedAt sourceState } } } }',
  'type names':
    '{ __typename items(first: 2) { __typename nodes { __typename site { __typename } portal { __typename } unit { __typename dublinCore { __typename } } } pageInfo { __typename } } }',
  introspection:
    '{ __schema { queryType { name } types { name kind description fields { name description isDeprecated args { name defaultValue type { name kind } } type { name kind ofType { name kind } } } possibleTypes { name } enumValues { name } } } }',
  'introspection of a type':
    '{ __type(name: "Own") { name kind possibleTypes { name } } item: __type(name: "Item") { fields { name } } }',
  'aliases that cross': '{ title: sites { id: name name: id } id: feeds { id } }',
  'fields asked twice, merged':
    '{ items(first: 2) { nodes { site { id } } nodes { site { name } title } } items(first: 2) { pageInfo { hasNextPage } } }',
  'skip and include, written':
    '{ items(first: 2) { nodes { id title @skip(if: true) summary @include(if: false) link @include(if: true) } } sites @skip(if: true) { id } }',
  'everything skipped': '{ sites @skip(if: true) { id } }',
  'empty fragments':
    '{ items(first: 1) { nodes { id ... { title } ... on Item { summary } } } ...Q } fragment Q on Query { feeds { id } }',
  'deep fragments':
    '{ ...A } fragment A on Query { items(first: 2) { ...B } } fragment B on ItemConnection { nodes { ...C } } fragment C on Item { id site { ...D } } fragment D on Site { id name }',
  'not valid': '{ items { nodes { nothing } } }',
  'not a document': '{ items {',
};

const WITH_VARIABLES: readonly LaneOperation[] = [
  {
    name: 'variables',
    source:
      'query($n: Int = 3, $f: ItemFilter, $o: ItemOrder) { items(first: $n, filter: $f, orderBy: $o) { nodes { id } } }',
    variables: { f: { kinds: ['UNIT'], publishedAfter: '2026-11-01T00:00:00+07:00' }, o: 'RELEASED' },
  },
  {
    name: 'variables, absent',
    source:
      'query($n: Int, $f: ItemFilter, $a: String) { items(first: $n, filter: $f, after: $a) { nodes { id } } }',
  },
  {
    name: 'variables, null',
    source:
      'query($n: Int, $f: ItemFilter, $a: String) { items(first: $n, filter: $f, after: $a) { nodes { id } } }',
    variables: { n: null, f: null, a: null },
  },
  {
    name: 'a variable inside a filter',
    source:
      'query($s: [ID!], $t: DateTime) { items(filter: { sites: $s, publishedAfter: $t }) { nodes { id } } }',
    variables: { s: 'cong', t: '2026-11-22T08:00:00+07:00' },
  },
  { name: 'a variable that is missing', source: 'query($id: ID!) { item(id: $id) { id } }' },
  {
    name: 'a variable of another type',
    source: 'query($n: Int) { items(first: $n) { nodes { id } } }',
    variables: { n: 'three' },
  },
  {
    name: 'a variable for a bad time',
    source: 'query($t: DateTime) { items(filter: { publishedAfter: $t }) { nodes { id } } }',
    variables: { t: 'yesterday' },
  },
  {
    name: 'a variable with an unknown field',
    source: 'query($f: ItemFilter) { items(filter: $f) { nodes { id } } }',
    variables: { f: { colour: 'red' } },
  },
  {
    name: 'null where it may not be, written by a default',
    source: 'query($id: ID! = "x") { site(id: $id) { id } }',
    variables: { id: null },
  },
  {
    name: 'null where it may not be, for a variable with a default',
    source: 'query($q: String = "tin") { search(query: $q) { nodes { id } } sites { id } }',
    variables: { q: null },
    interpreted: true,
  },
  {
    name: 'null in a list that takes none, for a variable with a default',
    source: 'query($k: SiteKind = UNIT) { items(filter: { kinds: [$k] }) { nodes { id } } }',
    variables: { k: null },
    interpreted: true,
  },
  {
    name: 'a list where an object belongs',
    source: 'query($f: ItemFilter) { items(filter: $f) { nodes { id } } }',
    variables: { f: [] },
  },
  {
    name: 'null for a variable that is named as what every object has',
    source: 'query($constructor: URL!) { item(link: $constructor) { id } }',
    variables: { constructor: null },
  },
  ...[true, false].map(yes => ({
    name: `skip and include by variable: ${yes}`,
    source:
      'query($yes: Boolean!) { items(first: 3) { nodes { id title @include(if: $yes) own @skip(if: $yes) { __typename ... on UnitDocument { documentNumber } } ... on Item @include(if: $yes) { portal { section } } } } sites @skip(if: $yes) { id } }',
    variables: { yes },
  })),
  {
    name: 'one of two operations',
    source: 'query A { sites { id } } query B { feeds { id } }',
    operationName: 'B',
  },
  { name: 'two operations, none chosen', source: 'query A { sites { id } } query B { feeds { id } }' },
  {
    name: 'an operation that is not there',
    source: 'query A { sites { id } }',
    operationName: 'C',
  },
  {
    name: 'unused variables’ own values',
    source:
      'query($a: String = "x", $q: String!) { search(query: $q, first: 2) { nodes { id } } feeds { id } site(id: "cong") { id } items(first: 1, after: $a) { nodes { id } } }',
    variables: { q: 'tin' },
  },
];

/** Good and bad, of everything that can be asked without a remote site. */
export const LANE_OPERATIONS: readonly LaneOperation[] = [
  ...Object.entries(SOURCES).map(([name, source]) => ({ name, source })),
  ...WITH_VARIABLES,
];
