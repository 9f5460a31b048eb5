import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Source } from '../../schemas/source.ts';
import { testConnector } from '../connector.conformance.ts';
import type { Batch, HeldItem } from '../connector.ts';
import { plainFetch } from '../plain-fetch.ts';
import { type FakeArticle, type FakeCms, fakeCms } from './fake-cms.ts';
import { graphqlConnector } from './index.ts';
import type { JsonDocument } from './read.ts';

const open: FakeCms[] = [];
afterEach(async () => {
  for (const { server } of open.splice(0)) {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
});

const NOW = Date.parse('2026-11-23T00:00:00Z');
const FIELDS = '{ id slug title updatedAt }';

function makeArticles(count: number): FakeArticle[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `b${index}`,
    slug: `bai-${index}`,
    title: `Bài số ${index}`,
    updatedAt: new Date(Date.parse('2026-11-20T00:00:00Z') + index * 60_000).toISOString(),
  }));
}

async function serve(articles: readonly FakeArticle[]) {
  const cms = fakeCms(articles);
  open.push(cms);
  await new Promise<void>(resolve => cms.server.listen(0, '127.0.0.1', resolve));
  return { ...cms, origin: `http://127.0.0.1:${(cms.server.address() as AddressInfo).port}` };
}

const optionsOf = (origin: string, field: string, items: string, more: object = {}) => ({
  url: `${origin}/graphql`,
  query: field,
  items,
  map: { id: '$.id', title: '$.title', updated: '$.updatedAt' },
  link: `${origin}/tin/{slug}`,
  ...more,
});
const byPage = (origin: string, more: object = {}) =>
  optionsOf(
    origin,
    `query($p: Int!, $s: Int!, $since: String) { articles(page: $p, size: $s, since: $since) { pages items ${FIELDS} } }`,
    '$.data.articles.items[*]',
    { paging: { kind: 'page', variable: 'p', size: 's', total: '$.data.articles.pages' }, ...more },
  );

testConnector(graphqlConnector, async () => {
  const { origin } = await serve(makeArticles(250));
  return { options: byPage(origin), entries: 250, close: async () => {} };
});

interface RunInput {
  readonly checkpoint?: unknown;
  readonly held?: readonly HeldItem[];
}

async function run(given: unknown, { checkpoint, held = [] }: RunInput = {}): Promise<Batch[]> {
  const options = graphqlConnector.options.parse(given);
  const source = {
    name: 'trang/g',
    site: 'trang',
    id: 'g',
    connector: 'graphql',
    dates: {},
    options,
  } as Source;
  const tools = {
    fetch: plainFetch,
    read: async (input: JsonDocument) => graphqlConnector.read(input, options),
    held: async () => held,
    now: () => NOW,
    progress: () => {},
    log: { debug() {}, info() {}, warn() {}, error() {} },
    signal: new AbortController().signal,
  };
  const batches: Batch[] = [];
  const job = { source: { ...source, options }, checkpoint, since: 0 };
  for await (const batch of graphqlConnector.harvest(job, tools)) batches.push(batch);
  return batches;
}

const idsOf = (batches: readonly Batch[]) =>
  batches.flatMap(({ entries }) => entries.map(({ sourceId }) => sourceId));

describe('paging', () => {
  it.each([
    [
      'cursor as Relay writes it',
      `query($after: String, $n: Int!) { feed(after: $after, first: $n) { nodes ${FIELDS} pageInfo { endCursor hasNextPage } } }`,
      '$.data.feed.nodes[*]',
      { kind: 'cursor', size: 'n', pageSize: 30 },
      3,
    ],
    [
      'offset, to the empty page',
      `query($skip: Int!, $n: Int!) { offset(skip: $skip, take: $n) ${FIELDS} }`,
      '$.data.offset[*]',
      { kind: 'offset', variable: 'skip', size: 'n', pageSize: 30 },
      4,
    ],
  ])('follows %s', async (_name, query, items, paging, requests) => {
    const { origin, asked } = await serve(makeArticles(70));
    const ids = idsOf(await run(optionsOf(origin, query, items, { paging })));
    expect(ids).toEqual(makeArticles(70).map(({ id }) => id));
    expect(asked).toHaveLength(requests);
  });

  it('stops where the site gives the same page again', async () => {
    const { origin, asked } = await serve(makeArticles(70));
    const query = `query($skip: Int!) { offset(take: 30) @skip(if: false) ${FIELDS} articles(page: $skip) { pages } }`;
    const paging = { kind: 'offset', variable: 'skip' };
    const batches = await run(optionsOf(origin, query, '$.data.offset[*]', { paging }));
    expect(batches.at(-1)?.repaired).toEqual([expect.stringContaining('the same page again')]);
    expect(asked).toHaveLength(2);
  });
});

describe('a later run', () => {
  it('asks only for what changed, with the headers of the source', async () => {
    const { origin, asked } = await serve(makeArticles(70));
    const options = byPage(origin, { since: { variable: 'since' }, headers: { Authorization: 'Bearer x' } });
    const first = await run(options);
    const second = await run(options, { checkpoint: first.at(-1)?.checkpoint });
    // Ten minutes' overlap, an item a minute; the mark's own minute is not asked again.
    expect(idsOf(second)).toHaveLength(10);
    expect(new Set(asked.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer x']));
  });
});

describe('what a complete list lacks', () => {
  const held = (origin: string): HeldItem[] => [
    { id: '1', sourceId: 'b1', link: `${origin}/tin/bai-1` },
    { id: '2', sourceId: 'x', link: `${origin}/tin/mat` },
    { id: '3', sourceId: 'y', link: `${origin}/tin/bai-2` },
  ];

  it('is withdrawn when its page is gone too, and only then', async () => {
    const { origin } = await serve(makeArticles(70));
    const batches = await run(byPage(origin, { complete: true }), { held: held(origin) });
    expect(batches.at(-1)).toMatchObject({ complete: true, deletions: [{ sourceId: 'x', basis: 'absent' }] });
    expect(batches.flatMap(({ deletions = [] }) => deletions)).toHaveLength(1);
  });

  it('is not, when the list was empty', async () => {
    const { origin } = await serve([]);
    const batches = await run(byPage(origin, { complete: true }), { held: held(origin) });
    expect(batches.flatMap(({ deletions = [] }) => deletions)).toEqual([]);
  });
});

describe('GraphQL errors', () => {
  it('beside data keep the data, are told, and let nothing count as gone', async () => {
    const { origin } = await serve(makeArticles(3));
    const options = optionsOf(origin, `{ broken ${FIELDS} }`, '$.data.broken[*]', { complete: true });
    const held = [{ id: '2', sourceId: 'x', link: `${origin}/tin/mat` }];
    const batches = await run(options, { held });
    expect(idsOf(batches)).toEqual(['b0']);
    expect(batches[0]).toMatchObject({ broken: 1, repaired: ['the site told: one article is broken'] });
    expect(batches.some(({ complete }) => complete)).toBe(false);
  });

  it('on any page of a list let nothing count as gone, though its last page is whole', async () => {
    const { origin, asked } = await serve(makeArticles(3));
    const paging = { kind: 'page', variable: 'p' };
    const query = `query($p: Int) { broken(page: $p) ${FIELDS} }`;
    const options = optionsOf(origin, query, '$.data.broken[*]', { complete: true, paging });
    const batches = await run(options, { held: [{ id: '2', sourceId: 'x', link: `${origin}/tin/mat` }] });
    expect([idsOf(batches), asked.length]).toEqual([['b0', 'b1', 'b2'], 4]);
    expect(batches.some(({ complete, deletions = [] }) => complete || deletions.length > 0)).toBe(false);
  });

  it.each([
    ['nothing but errors', `{ nothing ${FIELDS} }`, 'the database is away'],
    ['an operation it refuses', '{ nope }', 'Cannot query field'],
  ])('tell why the harvest failed: %s', async (_name, query, said) => {
    const { origin } = await serve(makeArticles(3));
    await expect(run(optionsOf(origin, query, '$.data.nothing[*]'))).rejects.toMatchObject({
      code: 'SITE_FAILED',
      message: expect.stringContaining(said),
    });
  });
});
