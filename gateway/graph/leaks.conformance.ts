import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Item } from '../../schemas/item.ts';
import { idOf, newItem, newItems, SEEDED_AT, saveItems, seededFederation, takeAway } from '../e2e/seed.ts';
import { SEEDED_TOKEN, type SeededServices } from '../e2e/seeded-services.ts';
import { createKey } from '../http/access.ts';
import { createGraphqlRoutes } from '../http/graphql.ts';
import { createServer } from '../http/server.ts';

/** Stands in every text of what nobody may see; one word, so that searching for it is an oracle at once. */
const SECRET = 'Xyzzybimat';
const HELD = idOf('viec-lam', 'giu');
const HIDDEN = idOf('viec-lam', 'an');
const WITHDRAWN = idOf('viec-lam', 'go');
const OPEN = idOf('viec-lam', 'mo');
const TRIMMED = idOf('bao-a', 'gon');

const DAY = 86_400_000;
const secretly: Partial<Item> = {
  title: `${SECRET} tiêu đề`,
  summary: `${SECRET} tóm tắt`,
  content: `<p>${SECRET} nội dung</p>`,
  contentText: `${SECRET} nội dung`,
  authors: [{ name: `${SECRET} tác giả` }],
  categories: [SECRET],
  rights: SECRET,
  media: [{ url: `https://viec-lam.example.vn/${SECRET}.jpg`, alt: SECRET }],
  picture: { url: `https://viec-lam.example.vn/${SECRET}.jpg`, alt: SECRET },
  own: { type: 'UnitDocument', fields: { documentNumber: SECRET, signedBy: SECRET, coverage: SECRET } },
  attribution: {
    text: SECRET,
    agency: SECRET,
    authors: [SECRET],
    link: `https://viec-lam.example.vn/${SECRET}`,
  },
  visibilityReason: SECRET,
  // Nothing else is as new: whatever sorts or filters by time would show it first.
  published: SEEDED_AT + DAY,
  listed: SEEDED_AT + DAY,
};

const ITEM = `id title link page summary content contentText language authors { name } categories topics published updated
  released rights attribution { text agency authors link } picture { url alt } media { url alt } versions { at hash kind }
  freshness { checkedAt } story { id count } sourceId pubStatus visibility visibilityReason releaseAt source { name }
  problems { message path data } score { score } portal { section documentNumber } unit { dublinCore { title creator } }
  press { agency } own { __typename ... on UnitDocument { documentNumber signedBy } }`;

/** Every way by which one could come to an item, or to a trace of it. */
const QUERIES: readonly (readonly [name: string, source: string])[] = [
  ['the list', `{ items(first: 100) { nodes { ${ITEM} } } }`],
  ['the list of its site', `{ items(first: 100, filter: { sites: ["viec-lam"] }) { nodes { ${ITEM} } } }`],
  ['what came out last', `{ items(first: 100, orderBy: RELEASED) { nodes { ${ITEM} } } }`],
  [
    'its category',
    `{ items(filter: { categories: ["${SECRET}"] }) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
  ],
  [
    'its words',
    `{ items(filter: { text: "${SECRET}" }) { nodes { id } facets { counted sites { id count } } } }`,
  ],
  [
    'its time',
    `{ items(filter: { publishedAfter: "2026-11-22T20:00:00+07:00" }) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
  ],
  [
    'a search',
    `{ search(query: "${SECRET}") { nodes { ${ITEM} } edges { highlight { title } } facets { counted capped sites { id } kinds { kind } topics { id } } } }`,
  ],
  [
    'the beginning of its word',
    `{ search(query: "${SECRET.slice(0, 5)}") { nodes { id } facets { counted } } }`,
  ],
  ['a phrase', `{ search(query: "\\"${SECRET} tieu de\\"") { nodes { id } } }`],
  [
    'ids',
    `{ ${[HELD, HIDDEN, WITHDRAWN].map((id, i) => `i${i}: item(id: "${id}") { ${ITEM} }`).join(' ')} }`,
  ],
  ['its link', '{ item(link: "https://viec-lam.example.vn/giu") { id title } }'],
  ['changes', `{ changes(first: 1000) { changes { kind reason item { ${ITEM} } } } }`],
  ['changes of its site', `{ changes(sites: ["viec-lam"]) { changes { item { id title } } } }`],
  ['problems', '{ problems(first: 100) { nodes { subjectId message path data item { id title } } } }'],
  ['its problems', `{ problems(filter: { items: ["${HELD}"] }) { nodes { subjectId path data } } }`],
  ['stories', '{ stories { nodes { id count first { title } others { item { title } } } } }'],
  ['counts', '{ sites { id itemCount } }'],
  ...['HELD', 'HIDDEN', 'WITHDRAWN'].flatMap(state => [
    [`what is ${state}`, `{ items(filter: { visibility: [${state}] }) { nodes { ${ITEM} } } }`] as const,
    [
      `what is ${state} of all but its site`,
      `{ items(filter: { sites: ["bao-a", "viec-lam"], visibility: [${state}, RELEASED] }) { nodes { id } } }`,
    ] as const,
    [
      `a search in what is ${state}`,
      `{ search(query: "${SECRET}", filter: { visibility: [${state}] }) { nodes { id } } }`,
    ] as const,
  ]),
];
const WRITES = ['hold', 'release', 'restore'].map(
  act => [act, `mutation { ${act}(item: "${HELD}", reason: "xem thử") { ${ITEM} } }`] as const,
);
const PATHS = [
  '/feeds/all.atom?limit=500',
  '/feeds/all.rss?limit=500',
  '/feeds/all.json?limit=500',
  '/feeds/all.html?limit=100',
  '/feeds/all.atom?sites=viec-lam',
  `/feeds/search.json?q=${SECRET}`,
  '/feeds.opml',
  '/changes?limit=1000',
  '/changes?sites=viec-lam',
  `/items/${HELD}`,
  `/items/${HIDDEN}`,
  `/items/${WITHDRAWN}`,
  '/metrics',
  `/feedback?item=${HELD}`,
  '/sites/viec-lam/report',
  '/sites/viec-lam/report.csv',
  `/ledger/items/${HELD}`,
];

/** Restricted items and fields, by every path and every asker who may not see them; on either engine. */
export function nothingLeaks(open: (federation: object) => Promise<SeededServices>): void {
  let world: SeededServices;
  let server: Server;
  let base: string;
  const tokens = new Map<string, string | undefined>();

  beforeAll(async () => {
    // Open to all as far as a federation file can say: scores and problems too.
    const usual = seededFederation();
    const federation = { ...usual, guidelines: { ...usual.guidelines, public: 'all' as const } };
    world = await open({ federation });
    await saveItems(world.store, newItems(8));
    await saveItems(world.store, [
      newItem('viec-lam', 'giu', { ...secretly, visibility: 'HELD' }),
      newItem('viec-lam', 'an', secretly),
      newItem('viec-lam', 'go', secretly),
      newItem('viec-lam', 'mo', { visibilityReason: SECRET, sourceId: SECRET }),
      newItem('bao-a', 'gon', { content: '', contentText: '', sourceHash: 'h' }),
    ]);
    await takeAway(world.store, HIDDEN, 'hidden');
    await takeAway(world.store, WITHDRAWN, 'withdrawn');
    const text = `${SECRET} toàn văn`;
    const full = { content: `<p>${text}</p>`, contentText: text, summary: text, media: [], hash: 'h' };
    await world.store.transaction(async tx => {
      await tx.records.put({
        kind: 'full-text',
        id: TRIMMED,
        item: TRIMMED,
        site: 'bao-a',
        at: 1,
        document: full,
      });
      await tx.problems.save([HELD, HIDDEN].map(judgement));
    });
    tokens.set('nobody', undefined);
    for (const scope of ['read', 'site:bao-a', 'fulltext:viec-lam']) {
      const { text: key } = await createKey(world.store.keys, {
        title: scope,
        scopes: ['read', scope],
        created: 1,
      });
      tokens.set(scope, key);
    }
    const own = await createKey(world.store.keys, { title: 'own', scopes: ['site:viec-lam'], created: 1 });
    tokens.set('site:viec-lam', own.text).set('operate', SEEDED_TOKEN);
    server = createServer(world.services, { routers: [await createGraphqlRoutes(world.services)] });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await world.close();
  });

  async function text(who: string, path: string, query?: string): Promise<string> {
    const token = tokens.get(who);
    const response = await fetch(base + path, {
      redirect: 'manual',
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(query !== undefined && { 'content-type': 'application/json' }),
      },
      ...(query !== undefined && { method: 'POST', body: JSON.stringify({ query }) }),
    });
    return `${JSON.stringify([...response.headers])}\n${await response.text()}`;
  }
  /** Without what the asker wrote: a refusal may quote it. */
  const found = (answer: string, asked: string) =>
    [SECRET, ...(asked.includes(HELD) ? [] : [HELD])].filter(
      mark =>
        answer.includes(mark) && !(asked.includes(mark) && /"code":"(?:BAD_INPUT|FORBIDDEN)"/.test(answer)),
    );

  describe.each(['nobody', 'read', 'site:bao-a', 'fulltext:viec-lam'])('%s learns nothing by', who => {
    it.each([...QUERIES, ...WRITES])('%s', async (_name, query) => {
      expect(found(await text(who, '/graphql', query), query)).toEqual([]);
    });

    it.each(PATHS)('%s', async path => {
      const answer = (await text(who, path)).replaceAll(new RegExp(`q=${SECRET}|“?${SECRET}”`, 'g'), '');
      expect(found(answer, path)).toEqual([]);
    });

    it('counting', async () => {
      const { data } = JSON.parse(
        (await text(who, '/graphql', QUERIES.find(([name]) => name === 'counts')?.[1])).split('\n')[1] ?? '',
      );
      // Two of the eight, and the one that is open.
      expect(data.sites).toContainEqual({ id: 'viec-lam', itemCount: 3 });
    });
  });

  it('the site itself and the operator see what is held, and all its fields', async () => {
    const query = `{ items(filter: { sites: ["viec-lam"], visibility: [HELD] }) { nodes { ${ITEM} } } }`;
    for (const who of ['site:viec-lam', 'operate']) {
      const answer = JSON.parse((await text(who, '/graphql', query)).split('\n')[1] ?? '');
      expect(answer.data.items.nodes).toMatchObject([
        {
          id: HELD,
          visibility: 'HELD',
          visibilityReason: SECRET,
          problems: [{}],
          source: { name: 'viec-lam/tin' },
        },
      ]);
    }
    const open = JSON.parse(
      (await text('nobody', '/graphql', `{ item(id: "${OPEN}") { ${ITEM} } }`)).split('\n')[1] ?? '',
    );
    expect(open.data.item).toMatchObject({
      id: OPEN,
      sourceId: null,
      visibilityReason: null,
      visibility: null,
      source: null,
    });
  });
}

function judgement(id: string) {
  return {
    subject: 'item' as const,
    id,
    site: 'viec-lam',
    source: 'viec-lam/tin',
    at: 1_000,
    pack: 'p',
    score: { met: 3, known: 4, weight: 8 },
    met: [],
    unknown: [],
    problems: [
      {
        rule: 'media-alt',
        severity: 'should' as const,
        consequence: 'score' as const,
        path: `media[0].alt ${SECRET}`,
        message: { vi: SECRET, en: SECRET },
        data: { n: SECRET },
      },
    ],
  };
}
