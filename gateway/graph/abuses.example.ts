import { LIMITS } from './limits.ts';

/** An operation that must be refused before anything is read for it. */
export interface Abuse {
  readonly name: string;
  readonly source: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nested = (depth: number, open: string) => `${`${open} { `.repeat(depth)}id${' }'.repeat(depth)}`;
const within = (depth: number, open: string, middle: string, close: string) =>
  open.repeat(depth) + middle + close.repeat(depth);

/** Sizes of each abuse: from just beyond what is allowed to as much as a request can carry. */
const GROWTH = [1, 2, 5, 10, 50, 200, 1000];

const FILTERED = 'query($f: ItemFilter) { items(filter: $f) { nodes { id } } }';

function growing(n: number): readonly Abuse[] {
  return [
    { name: `${30 + n} aliases`, source: `{ items { nodes { ${times(30 + n, i => `a${i}: id`)} } } }` },
    { name: `${10 + n} root fields`, source: `{ ${times(10 + n, i => `f${i}: sites { id }`)} }` },
    {
      name: `${10 + n} searches at the top`,
      source: `{ ${times(10 + n, i => `s${i}: search(query: "x", first: 1) { pageInfo { endCursor } }`)} }`,
    },
    { name: `${12 + n} levels`, source: `{ ${nested(12 + n, 'site')} }` },
    {
      name: `${12 + n} levels of inline fragments’ fields`,
      source: `{ ${nested(12 + n, '... on Query { items')} ${'}'.repeat(12 + n)} }`,
    },
    {
      name: `${12 + n} levels by fragments`,
      source: `{ ...F0 } ${times(12 + n, i => `fragment F${i} on T { a { ...F${i + 1} } }`)} fragment F${12 + n} on T { id }`,
    },
    {
      name: `2^${10 + n} fields by fragments`,
      source: `{ ...F${10 + n} } fragment F0 on T { a } ${times(10 + n, i => `fragment F${i + 1} on T { ...F${i} ...F${i} }`)}`,
    },
    { name: `${1000 + n} fields`, source: `{ items { nodes { ${times(1000 + n, () => 'id')} } } }` },
    { name: `${2000 + n} tokens`, source: `{ sites { ${times(2000 + n, () => 'id')} } }` },
    { name: `${n} brackets nobody closes`, source: within(2000 + n, '{a', '', '') },
    {
      name: `a list of ${100 + n} values`,
      source: `{ items(filter: { categories: [${times(100 + n, () => '"x"')}] }) { nodes { id } } }`,
    },
    { name: `a page of ${100 + n}`, source: `{ items(first: ${100 + n}) { nodes { id } } }` },
    {
      name: `a page of ${100 + n} by a variable`,
      source: 'query($n: Int) { items(first: $n) { nodes { id } } }',
      variables: { n: 100 + n },
    },
    { name: `a page of ${1000 + n} changes`, source: `{ changes(first: ${1000 + n}) { cursor } }` },
    {
      name: `a search of ${200 + n} characters`,
      source: `{ search(query: "${'x'.repeat(200 + n)}") { nodes { id } } }`,
    },
    {
      name: `words of ${200 + n} characters in a filter`,
      source: FILTERED,
      variables: { f: { text: 'x'.repeat(200 + n) } },
    },
  ];
}

function spread(n: number): readonly Abuse[] {
  const first = Math.floor(1000 / n) + 1;
  return [
    {
      name: `${n} pages of changes`,
      source: `{ ${times(n, i => `c${i}: changes(first: ${first}) { cursor }`)} }`,
    },
    {
      name: `${n} pages of changes by fragments`,
      source: `{ ...R } fragment R on Query { ${times(n, i => `c${i}: changes(first: ${first}) { cursor }`)} }`,
    },
    {
      name: `${n} pages of changes by a default`,
      source: `query($n: Int = 501) { ${times(n, i => `c${i}: changes(first: $n) { cursor }`)} }`,
    },
    {
      name: `1000 changes with all of ${n + 8} objects`,
      source: `{ changes(first: 1000) { changes { item { ${times(n + 8, i => `v${i}: versions { at }`)} } } } }`,
    },
    {
      name: `1000 changes with own fields ${n} times`,
      source: `{ changes(first: 1000) { changes { item { ${times(n, i => `o${i}: own { __typename }`)} } } } }`,
    },
    {
      name: `pages of changes that are skipped, ${n} times`,
      source: `query($s: Boolean = true) { ${times(n, i => `c${i}: changes(first: ${first}) @skip(if: $s) { cursor }`)} }`,
    },
    {
      name: `the whole schema ${n} times`,
      source: `{ ${times(n, i => `s${i}: __schema { types { ${times(13, j => `f${j}: fields { args { name type { ofType { name } } } }`)} } }`)} }`,
    },
  ];
}

const DEEP_TYPE = 'fields { type { ';

/** What gets beyond no single bound by much, but is meant to cost us more than it costs who sends it. */
const CUNNING: readonly Abuse[] = [
  {
    name: 'the schema again and again in one answer',
    source: `{ __schema { ${times(28, i => `t${i}: types { fields { args { type { ofType { name } } } } }`)} } }`,
  },
  { name: 'types within types', source: `{ __schema { types { ${within(4, DEEP_TYPE, 'name', '} }')} } } }` },
  {
    name: 'types within types, by fragments',
    source:
      '{ ...A } fragment A on Query { __schema { types { ...T } } } fragment T on __Type { fields { type { ...U } } } fragment U on __Type { fields { type { ...V } } } fragment V on __Type { fields { type { name } } }',
  },
  {
    name: 'all types of a type, of a type',
    source: '{ __schema { types { possibleTypes { possibleTypes { possibleTypes { name } } } } } }',
  },
  { name: 'a fragment in itself', source: '{ ...A } fragment A on Query { sites { id } ...A }' },
  {
    name: 'a ring of a hundred fragments',
    source: `{ ...F0 } ${times(100, i => `fragment F${i} on Query { ...F${(i + 1) % 100} }`)}`,
  },
  {
    name: 'a ring of fragments below fields',
    source:
      '{ items { nodes { ...A } } } fragment A on Item { site { id } ...B } fragment B on Item { ...A }',
  },
  { name: 'a flood of directives', source: `{ sites { id ${times(300, () => '@skip(if: false)')} } }` },
  { name: 'a flood of unknown directives', source: `{ sites { id ${times(900, () => '@a')} } }` },
  { name: 'a flood of directives at the top', source: `query ${times(900, () => '@a')} { sites { id } }` },
  { name: 'fields that are nearly ours', source: `{ items { nodes { ${times(900, i => `titel${i}`)} } } }` },
  { name: 'endless names', source: `{ items { nodes { ${times(30, i => `t${i}${'x'.repeat(6000)}`)} } } }` },
  { name: 'one endless name', source: `{ ${'a'.repeat(200_000)} }` },
  {
    name: 'arguments that are nearly ours',
    source: `{ items(${times(400, i => `fist${i}: 1`)}) { nodes { id } } }`,
  },
  {
    name: 'types that are nearly ours',
    source: `{ items { nodes { ${times(300, i => `... on Itm${i} { id }`)} } } }`,
  },
  { name: 'an endless enum value', source: `{ sites(kind: ${'P'.repeat(100_000)}) { id } }` },
  { name: 'one field 900 times', source: `{ items { nodes { ${times(900, () => 'id')} } } }` },
  {
    name: 'fields under one name that differ',
    source: `{ items { nodes { ${times(28, i => `x: ${i % 2 ? 'id' : 'title'}`)} } } }`,
  },
  {
    name: 'lists in lists',
    source: `{ items(filter: { categories: ${within(900, '[', '', ']')} }) { nodes { id } } }`,
  },
  {
    name: 'objects in objects',
    source: `{ items(filter: ${within(300, '{ text: ', '1', '}')}) { nodes { id } } }`,
  },
  { name: 'an endless number', source: `{ items(first: ${'9'.repeat(100_000)}) { nodes { id } } }` },
  { name: 'an endless search', source: `{ search(query: "${'a'.repeat(200_000)}") { nodes { id } } }` },
  { name: 'a hundred thousand braces', source: '{'.repeat(100_000) },
  { name: 'a hundred thousand brackets', source: `{ a(b: ${'['.repeat(100_000)}` },
  {
    name: 'a hundred thousand aliases',
    source: `{ items { nodes { ${times(100_000, i => `a${i}:id`)} } } }`,
  },
  { name: 'two hundred operations under one name', source: times(200, () => 'query Q { sites { id } }') },
  { name: 'two hundred operations and no choice', source: times(200, i => `query Q${i} { sites { id } }`) },
  { name: 'an operation there is not', source: 'query A { sites { id } }', operationName: 'B' },
  {
    name: 'fragments nobody uses',
    source: `{ sites { id } } ${times(200, i => `fragment F${i} on Site { id }`)}`,
  },
  { name: 'variables nobody uses', source: `query(${times(400, i => `$v${i}: Int`)}) { sites { id } }` },
  { name: 'a schema of theirs', source: 'type Query { a: Int }' },
  { name: 'a subscription', source: 'subscription { a }' },
  { name: 'a mutation by nobody', source: 'mutation { hold(item: "x", reason: "y") { id } }' },
  { name: 'what is no text', source: '{ sites { id } }\u0000' },
  {
    name: 'twenty thousand wrong values',
    source: FILTERED,
    variables: { f: { sites: Array.from({ length: 20_000 }, () => ({})) } },
  },
  {
    name: 'ten thousand lists in lists',
    source: FILTERED,
    variables: { f: { sites: JSON.parse(within(10_000, '[', '', ']')) } },
  },
  {
    name: 'ten thousand objects in objects',
    source: FILTERED,
    variables: { f: JSON.parse(within(10_000, '{"f":', '1', '}')) },
  },
  {
    name: 'a filter that is more than one',
    source: FILTERED,
    variables: { f: JSON.parse('{"__proto__": {"text": "x"}}') },
  },
  {
    name: 'twenty thousand sites',
    source: FILTERED,
    variables: { f: { sites: Array.from({ length: 20_000 }, (_, i) => `s${i}`) } },
  },
  {
    name: 'twenty thousand sites of changes',
    source: 'query($s: [ID!]) { changes(sites: $s) { cursor } }',
    variables: { s: Array.from({ length: 20_000 }, (_, i) => `s${i}`) },
  },
  {
    name: 'twenty thousand problems',
    source: 'query($i: [ID!]) { problems(filter: { items: $i }) { nodes { path } } }',
    variables: { i: Array.from({ length: 20_000 }, (_, i) => `i${i}`) },
  },
  { name: 'a page of no size', source: '{ items(first: 0) { nodes { id } } }' },
  { name: 'a page of less than nothing', source: '{ items(first: -2147483648) { nodes { id } } }' },
  { name: 'a page of problems', source: `{ problems(first: ${LIMITS.page + 1}) { nodes { path } } }` },
  {
    name: 'a page by a variable of a list',
    source: 'query($n: Int) { items(first: $n) { nodes { id } } }',
    variables: { n: [1] },
  },
  {
    name: 'the history of all sites, often',
    source: `{ sites { ${times(30, i => `c${i}: compliance { history(days: 400) { day } }`)} } }`,
  },
];

export const ABUSES: readonly Abuse[] = [
  ...GROWTH.flatMap(growing),
  ...[2, 4, 9].flatMap(spread),
  ...CUNNING,
];
