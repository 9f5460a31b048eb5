import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { CodedError } from '../../schemas/errors.ts';
import type { JsonDocument } from '../../schemas/json-map/read.ts';
import type { Source } from '../../schemas/source.ts';
import { testConnector } from '../connector.conformance.ts';
import type { Batch, HeldItem } from '../connector.ts';
import { plainFetch } from '../plain-fetch.ts';
import { jsonApiConnector } from './index.ts';

/** A made-up CMS: 250 items in pages, each changed a minute after the one before. */
interface FakeItem {
  readonly ma: string;
  readonly tieuDe: string;
  readonly slug: string;
  readonly sua: string;
}

const open: Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  open.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function makeItems(count: number): FakeItem[] {
  return Array.from({ length: count }, (_, index) => ({
    ma: `b${index}`,
    tieuDe: `Bài số ${index}`,
    slug: `bai-${index}`,
    sua: new Date(Date.parse('2026-11-20T00:00:00Z') + index * 60_000).toISOString(),
  }));
}

/** `/ds?trang=&co=&tu=`, and `/tin/<slug>` where people read. */
function cms(items: readonly FakeItem[], asked: string[] = []): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://cms.example');
    asked.push(`${request.method} ${decodeURIComponent(request.url ?? '')}`);
    if (pathname !== '/ds') {
      const known = items.some(({ slug }) => pathname === `/tin/${slug}`);
      response.writeHead(known ? 200 : 404).end();
      return;
    }
    const from = Date.parse(searchParams.get('tu') ?? '1970-01-01T00:00:00Z');
    const chosen = items.filter(({ sua }) => Date.parse(sua) > from);
    const size = Math.min(Number(searchParams.get('co') ?? 50), 50);
    const page = Number(searchParams.get('trang') ?? 1);
    const data = chosen.slice((page - 1) * size, page * size);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data, trang: Math.ceil(chosen.length / size), tong: chosen.length }));
  };
}

const paged = (origin: string) => ({
  url: `${origin}/ds`,
  items: '$.data[*]',
  map: { id: '$.ma', title: '$.tieuDe', updated: '$.sua' },
  link: `${origin}/tin/{slug}`,
  paging: { kind: 'page', param: 'trang', size: 'co', pageSize: 50, total: '$.trang' },
  since: { param: 'tu' },
});

testConnector(jsonApiConnector, async () => {
  const origin = await serve(cms(makeItems(250)));
  return { options: paged(origin), entries: 250, close: async () => {} };
});

interface RunInput {
  readonly options: unknown;
  readonly checkpoint?: unknown;
  readonly held?: readonly HeldItem[];
  readonly now?: number;
  readonly source?: Partial<Source>;
}

const NOW = Date.parse('2026-11-23T00:00:00Z');

async function run({ options, checkpoint, held = [], now = NOW, source = {} }: RunInput): Promise<Batch[]> {
  const parsed = jsonApiConnector.options.parse(options);
  const batches: Batch[] = [];
  const job = {
    source: {
      name: 'trang/vb',
      site: 'trang',
      id: 'vb',
      connector: 'json-api',
      every: { min: 1000, max: 60_000 },
      since: 0,
      dates: {},
      enabled: true,
      ...source,
      options: parsed,
    },
    checkpoint: checkpoint === undefined ? undefined : JSON.parse(JSON.stringify(checkpoint)),
    since: 0,
  };
  const tools = {
    fetch: plainFetch,
    read: async (input: JsonDocument) =>
      structuredClone(await jsonApiConnector.read(structuredClone(input), parsed)),
    held: async () => held,
    now: () => now,
    progress: () => {},
    log: { debug() {}, info() {}, warn() {}, error() {} },
    signal: new AbortController().signal,
  };
  for await (const batch of jsonApiConnector.harvest(job, tools)) batches.push(batch);
  return batches;
}

const idsOf = (batches: readonly Batch[]) =>
  batches.flatMap(({ entries }) => entries.map(({ sourceId }) => sourceId));
const json =
  (value: unknown): RequestListener =>
  (_request, response) =>
    response.end(JSON.stringify(value));
const simple = (origin: string, more: object = {}) => ({
  url: `${origin}/ds`,
  items: '$.data[*]',
  map: { id: '$.id', title: '$.title' },
  link: 'https://trang.example/{id}',
  ...more,
});

function read(document: unknown, options: unknown, more: Partial<JsonDocument> = {}) {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const body = new TextEncoder().encode(text);
  const input = { body, url: 'https://cms.example/api/ds?khoa=bi-mat', ...more };
  return jsonApiConnector.read(input, jsonApiConnector.options.parse(options)) as Awaited<
    ReturnType<typeof jsonApiConnector.read>
  >;
}

function refusal(document: unknown, options: unknown): CodedError {
  try {
    read(document, options);
  } catch (thrown) {
    if (thrown instanceof CodedError) return thrown;
  }
  throw new Error('It was not refused.');
}

describe('paging', () => {
  const rows = Array.from({ length: 7 }, (_, index) => ({ id: `${index}`, title: `Bài ${index}` }));
  const all = rows.map(({ id }) => id);
  const slice = (from: number, size = 3) => rows.slice(from, from + size);
  const query = (url: string | undefined) => new URL(url ?? '/', 'http://x.example').searchParams;

  it.each<[string, object, RequestListener]>([
    [
      'page numbers until an empty page',
      { kind: 'page', param: 'p' },
      ({ url }, response) =>
        response.end(JSON.stringify({ data: slice((Number(query(url).get('p')) - 1) * 3) })),
    ],
    [
      'page numbers from 0 to a total',
      { kind: 'page', param: 'p', start: 0, total: '$.pages' },
      ({ url }, response) =>
        response.end(JSON.stringify({ data: slice(Number(query(url).get('p')) * 3), pages: 3 })),
    ],
    [
      'page numbers where every number above gives the last page',
      { kind: 'page', param: 'p' },
      ({ url }, response) =>
        response.end(JSON.stringify({ data: slice(Math.min(Number(query(url).get('p')) - 1, 2) * 3) })),
    ],
    [
      'offsets, where the site gives fewer than asked for',
      { kind: 'offset', param: 'skip', size: 'take', pageSize: 5, total: '$.count' },
      ({ url }, response) =>
        response.end(JSON.stringify({ data: slice(Number(query(url).get('skip'))), count: 7 })),
    ],
    [
      'cursors',
      { kind: 'cursor', param: 'after', next: '$.next' },
      ({ url }, response) => {
        const from = Number(query(url).get('after') ?? 0);
        response.end(JSON.stringify({ data: slice(from), next: from + 3 < 7 ? from + 3 : null }));
      },
    ],
    [
      'next links in the document, relative',
      { kind: 'next', next: '$.links.next' },
      ({ url }, response) => {
        const from = Number(query(url).get('from') ?? 0);
        response.end(
          JSON.stringify({ data: slice(from), links: from + 3 < 7 ? { next: `?from=${from + 3}` } : {} }),
        );
      },
    ],
    [
      'next links in the header',
      { kind: 'next' },
      ({ url }, response) => {
        const from = Number(query(url).get('from') ?? 0);
        if (from + 3 < 7) response.setHeader('link', `</x>; rel="prev", </ds?from=${from + 3}>; rel="next"`);
        response.end(JSON.stringify({ data: slice(from) }));
      },
    ],
  ])('%s', async (_name, paging, listener) => {
    const origin = await serve(listener);
    const batches = await run({ options: simple(origin, { paging, complete: true }), held: [] });
    expect([...new Set(idsOf(batches))]).toEqual(all);
    expect(batches.at(-1)?.complete).toBe(true);
  });

  it('stops and says so when the site ignores the page number, and takes nothing for gone', async () => {
    const origin = await serve(json({ data: Array.from({ length: 100 }, (_, id) => ({ id, title: 'x' })) }));
    const held = [{ id: 'urn:1', sourceId: 'khac', link: `${origin}/khac` }];
    const options = simple(origin, { paging: { kind: 'page', param: 'p', size: 's' }, complete: true });
    const batches = await run({ options, held });
    expect(batches).toHaveLength(2);
    expect(batches.at(-1)?.repaired?.join()).toMatch(/same page again/);
    expect(batches.some(({ complete, deletions }) => complete || deletions)).toBe(false);
  });

  it('stops when next links go round in circles', async () => {
    let asked = 0;
    const origin = await serve((_request, response) => {
      asked += 1;
      response.end(
        JSON.stringify({ data: [{ id: asked, title: 'x' }], next: asked % 2 ? '/ds?b' : '/ds?a' }),
      );
    });
    await run({ options: simple(origin, { paging: { kind: 'next', next: '$.next' } }) });
    expect(asked).toBeLessThan(6);
  });

  it('stops at the bound', async () => {
    let asked = 0;
    const origin = await serve((_request, response) => {
      asked += 1;
      response.end(JSON.stringify({ data: [{ id: asked, title: 'x' }] }));
    });
    const batches = await run({ options: simple(origin, { paging: { kind: 'page', param: 'p', most: 4 } }) });
    expect(asked).toBe(4);
    expect(batches.at(-1)?.repaired).toEqual(['stopped after 4 pages']);
  });

  it('does not hand its headers to another host', async () => {
    let leaked = 0;
    const other = await serve((_request, response) => {
      leaked += 1;
      response.end('{}');
    });
    const origin = await serve(json({ data: [{ id: 1, title: 'x' }], next: `${other}/ds` }));
    const options = simple(origin, {
      headers: { Authorization: 'Bearer x' },
      paging: { kind: 'next', next: '$.next' },
    });
    await expect(run({ options })).rejects.toMatchObject({ code: 'SITE_UNEXPECTED' });
    expect(leaked).toBe(0);
  });
});

describe('what changed', () => {
  it('asks since the newest change less ten minutes, and for everything again after an hour', async () => {
    const items = makeItems(120);
    const asked: string[] = [];
    const origin = await serve(cms(items, asked));
    const options = { ...paged(origin), complete: true };
    const first = await run({ options });
    expect(new Set(idsOf(first)).size).toBe(120);
    asked.length = 0;

    items.push({ ma: 'moi', tieuDe: 'Bài mới', slug: 'moi', sua: '2026-11-22T23:00:00.000Z' });
    const second = await run({ options, checkpoint: first.at(-1)?.checkpoint, now: NOW + 60_000 });
    expect(asked).toEqual(['GET /ds?tu=2026-11-20T01:49:00.000Z&co=50&trang=1']);
    expect(idsOf(second)).toContain('moi');
    expect(idsOf(second).length).toBeLessThanOrEqual(12);
    asked.length = 0;

    const third = await run({ options, checkpoint: second.at(-1)?.checkpoint, now: NOW + 3_700_000 });
    expect(asked).toHaveLength(3);
    expect(third.at(-1)?.complete).toBe(true);
  });

  it('is not led astray by a date in the future', async () => {
    const items = [
      ...makeItems(3),
      { ma: 'sai', tieuDe: 'Sai giờ', slug: 'sai', sua: '2099-01-01T00:00:00.000Z' },
    ];
    const asked: string[] = [];
    const options = paged(await serve(cms(items, asked)));
    const first = await run({ options });
    asked.length = 0;
    await run({ options, checkpoint: first.at(-1)?.checkpoint, now: NOW + 60_000 });
    expect(asked[0]).toContain('tu=2026-11-22T23:50:00.000Z');
  });

  it.each([
    ['epoch', {}, '1763596200'],
    ['epoch-ms', {}, '1763596200000'],
    ['date', { zone: '+07:00' }, '2025-11-20'],
    ['datetime', {}, '2025-11-19 23:50:00'],
    ['datetime', { zone: '+07:00' }, '2025-11-20 06:50:00'],
    ['datetime', { template: "updated_at:>'{since}'" }, "updated_at:>'2025-11-19 23:50:00'"],
  ])('writes the mark as %s %o', async (format, more, written) => {
    const asked: string[] = [];
    const origin = await serve(({ url }, response) => {
      asked.push(new URL(url ?? '/', 'http://x.example').searchParams.get('tu') ?? '');
      response.end(JSON.stringify({ data: [{ id: 1, title: 'x', at: 1763596800 }] }));
    });
    const map = { id: '$.id', title: '$.title', updated: '$.at' };
    const options = simple(origin, { map, since: { param: 'tu', format, ...more } });
    const [first] = await run({ options });
    await run({ options, checkpoint: first?.checkpoint });
    expect(asked).toEqual(['', written]);
  });

  it('starts over when the options change, but not for a new token', async () => {
    const options = paged(await serve(cms(makeItems(30))));
    const first = await run({ options });
    const { checkpoint } = first.at(-1) ?? {};
    const changed = { ...options, map: { ...options.map, summary: '$.tieuDe' } };
    expect(idsOf(await run({ options: changed, checkpoint }))).toHaveLength(30);
    const renewed = { ...options, headers: { Authorization: 'Bearer moi' } };
    expect(idsOf(await run({ options: renewed, checkpoint })).length).toBeLessThan(30);
    expect(JSON.stringify(checkpoint)).not.toContain('127.0.0.1');
  });

  it('gives nothing for a list without `since` whose pages are the same, and only the page that changed', async () => {
    const items = makeItems(120);
    const { since: _since, ...options } = paged(await serve(cms(items)));
    const first = await run({ options });
    const { checkpoint } = first.at(-1) ?? {};
    const second = await run({ options, checkpoint });
    expect(second).toEqual([{ entries: [], checkpoint }]);
    items.splice(60, 1, { ma: 'b60', tieuDe: 'Bài đã sửa', slug: 'bai-60', sua: '2026-11-22T00:00:00Z' });
    const third = await run({ options, checkpoint });
    expect(idsOf(third)).toHaveLength(50);
    expect(idsOf(third)).toContain('b60');
  });

  it('takes a 304 for nothing new', async () => {
    const origin = await serve((request, response) => {
      response.setHeader('etag', '"1"');
      if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
      else response.end(JSON.stringify({ data: [{ id: 1, title: 'x' }] }));
    });
    const first = await run({ options: simple(origin) });
    expect(idsOf(first)).toEqual(['1']);
    expect(await run({ options: simple(origin), checkpoint: first.at(-1)?.checkpoint })).toEqual([]);
  });
});

describe('what is gone', () => {
  const heldOf = (origin: string, items: readonly FakeItem[]): HeldItem[] =>
    items.map(({ ma, slug }) => ({ id: `urn:${ma}`, sourceId: ma, link: `${origin}/tin/${slug}` }));

  it('is absent from the complete list and from its page', async () => {
    const items = makeItems(60);
    const origin = await serve(cms(items));
    const held = heldOf(origin, items);
    items.splice(10, 2);
    const batches = await run({ options: { ...paged(origin), complete: true }, held });
    expect(batches.at(-1)).toMatchObject({ entries: [], complete: true });
    expect(batches.at(-1)?.deletions?.map(({ sourceId, basis }) => [sourceId, basis])).toEqual([
      ['b10', 'absent'],
      ['b11', 'absent'],
    ]);
  });

  it('is not what still answers, nor anything where the list is not complete', async () => {
    const items = makeItems(60);
    const origin = await serve(cms(items));
    const held = [...heldOf(origin, items), { id: 'urn:x', sourceId: 'x', link: `${origin}/tin/bai-3` }];
    const complete = await run({ options: { ...paged(origin), complete: true }, held });
    expect(complete.at(-1)).toMatchObject({
      deletions: [],
      repaired: ['1 items are not listed and yet answer: kept'],
    });
    const partial = await run({ options: paged(origin), held: heldOf(origin, makeItems(90)) });
    expect(partial.flatMap(({ deletions = [] }) => deletions)).toEqual([]);
  });

  it('is nothing when the list is empty all at once', async () => {
    const origin = await serve(cms([]));
    const batches = await run({
      options: { ...paged(origin), complete: true },
      held: heldOf(origin, makeItems(3)),
    });
    expect(batches.flatMap(({ deletions = [] }) => deletions)).toEqual([]);
  });

  it('is asked of the CMS where the file says how', async () => {
    const asked: string[] = [];
    const items = makeItems(3);
    const origin = await serve((request, response) => {
      if (request.url?.startsWith('/ds/')) {
        asked.push(request.url);
        response.writeHead(410).end();
      } else cms(items)(request, response);
    });
    const held = [...heldOf(origin, items), { id: 'urn:x', sourceId: 'a/b', link: `${origin}/tin/bai-1` }];
    const options = { ...paged(origin), complete: true, item: `${origin}/ds/{id}` };
    const batches = await run({ options, held });
    expect(asked).toEqual(['/ds/a%2Fb']);
    expect(batches.at(-1)?.deletions).toMatchObject([{ sourceId: 'a/b' }]);
  });

  it('costs no more probes than the guard against mass withdrawal needs', async () => {
    const items = makeItems(100);
    const asked: string[] = [];
    const origin = await serve(cms(items, asked));
    const held = heldOf(origin, makeItems(200));
    const batches = await run({ options: { ...paged(origin), complete: true }, held });
    expect(batches.at(-1)?.deletions).toHaveLength(21);
    expect(asked.filter(line => line.startsWith('HEAD'))).toHaveLength(21);
  });
});

describe('reading', () => {
  const map = {
    id: '$.id',
    title: '$.title',
    link: '$.url',
    summary: '$.lead',
    content: '$.body',
    published: '$.at',
    updated: '$.changed',
    authors: '$.authors[*]',
    categories: '$.tags',
    picture: '$.cover',
    media: '$.files[*]',
  };
  const options = { url: 'https://cms.example/api/ds', items: '$.data[*]', map };
  const item = {
    id: 7,
    title: 'Hội nghị &amp; tổng kết',
    url: '/tin/hoi-nghi',
    lead: '<p>Sáng nay</p>',
    body: '<p>Toàn văn</p>',
    at: 1763596800,
    changed: '/Date(1763600400000+0700)/',
    authors: [{ name: 'Minh Hà', email: 'ha@don-vi.example' }, 'Văn An', { ten: 'không tên' }],
    tags: ['Việc làm', { title: 'An toàn' }, 'Việc làm'],
    cover: { url: '/anh.jpg', alternativeText: 'Toàn cảnh', width: 800, height: 600, mime: 'image/jpeg' },
    files: [
      { url: 'https://cms.example/anh.jpg' },
      { url: '/bao-cao.pdf' },
      { url: 'javascript:alert(1)' },
      null,
    ],
  };

  it('makes an entry of an item', () => {
    const { entries } = read({ data: [item] }, options);
    expect(entries).toEqual([
      {
        sourceId: '7',
        link: 'https://cms.example/tin/hoi-nghi',
        title: { type: 'html', value: 'Hội nghị &amp; tổng kết' },
        summary: { type: 'html', value: '<p>Sáng nay</p>' },
        content: { type: 'html', value: '<p>Toàn văn</p>' },
        published: '2025-11-20T00:00:00.000Z',
        updated: '2025-11-20T01:00:00.000Z',
        authors: [{ name: 'Minh Hà', email: 'ha@don-vi.example' }, { name: 'Văn An' }],
        categories: ['Việc làm', 'An toàn'],
        media: [
          {
            url: 'https://cms.example/anh.jpg',
            type: 'image/jpeg',
            width: 800,
            height: 600,
            alt: 'Toàn cảnh',
            role: 'lead',
          },
          { url: 'https://cms.example/bao-cao.pdf' },
        ],
      },
    ]);
  });

  it('leaves out what can’t be read, and counts what is no item', () => {
    const worst = {
      id: {},
      title: [],
      url: 'mailto:x',
      lead: 5,
      body: null,
      at: true,
      authors: 'x',
      tags: null,
      cover: [],
    };
    const { entries, broken } = read({ data: [item, worst, null, 'x', [1]] }, options);
    expect(entries[1]).toEqual({
      summary: { type: 'text', value: '5' },
      authors: [],
      categories: [],
      media: [],
    });
    expect(broken).toBe(3);
  });

  it('passes dates on as the site wrote them', () => {
    const { entries } = read({ data: [{ ...item, at: '20/11/2026 08:30', changed: 'hôm qua' }] }, options);
    expect(entries[0]).toMatchObject({ published: '20/11/2026 08:30', updated: 'hôm qua' });
  });

  it('fills a link template, from inside too, and never leaves its host', () => {
    const templated = {
      ...options,
      map: { title: '$.title' },
      link: 'https://trang.example/{muc.slug}/{slug}?a={q}',
    };
    const data = [
      { title: 'x', slug: 'a/b', muc: { slug: 'tin tức' }, q: 'x&y=1' },
      { title: 'x', slug: 'b', muc: null, q: '' },
    ];
    const { entries } = read({ data }, templated);
    expect(entries.map(({ link }) => link)).toEqual([
      'https://trang.example/tin%20t%E1%BB%A9c/a/b?a=x%26y%3D1',
      undefined,
    ]);
  });

  it.each([
    [
      'markdown',
      '## Mục\n\nĐoạn **đậm** ![ảnh](/a.png)',
      /<h2>Mục<\/h2>\s*<p>Đoạn <strong>đậm<\/strong> <img src="https:\/\/cms.example\/a.png"/,
    ],
    [
      'blocks',
      [
        { type: 'heading', level: 3, children: [{ type: 'text', text: 'Mục <1>' }] },
        {
          type: 'paragraph',
          children: [
            { type: 'text', text: 'đậm', bold: true },
            { type: 'link', url: '/x', children: [{ type: 'text', text: 'nối' }] },
          ],
        },
        {
          type: 'list',
          format: 'ordered',
          children: [{ type: 'list-item', children: [{ type: 'text', text: 'một' }] }],
        },
        { type: 'image', image: { url: '/a.png', alternativeText: 'Ảnh "a"' } },
        { __component: 'shared.rich-text', body: 'chữ *nghiêng*' },
      ],
      /^<h3>Mục &lt;1&gt;<\/h3><p><strong>đậm<\/strong><a href="https:\/\/cms.example\/x">nối<\/a><\/p><ol><li>một<\/li><\/ol><figure><img src="https:\/\/cms.example\/a.png" alt="Ảnh &quot;a&quot;"><\/figure><p>chữ <em>nghiêng<\/em><\/p>/,
    ],
  ])('renders %s', (contentType, body, shown) => {
    const { entries } = read({ data: [{ ...item, body }] }, { ...options, map: { ...map, contentType } });
    expect(entries[0]?.content?.type).toBe('html');
    expect(entries[0]?.content?.value).toMatch(shown);
  });

  it('gives own fields as their content schema types them', () => {
    const own = {
      so: '$.so',
      ky: '$.ky',
      lan: '$.lan',
      mat: '$.mat',
      tep: '$.tep',
      nhan: '$.nhan',
      la: '$.la',
    };
    const fields = {
      so: 'String',
      ky: 'DateTime',
      lan: 'Int',
      mat: 'Boolean',
      tep: 'URL',
      nhan: '[String]',
      la: 'Int',
    };
    const data = [
      { ...item, so: 12, ky: 1763596800, lan: '3', mat: 0, tep: '/a.pdf', nhan: ['a', 2, null], la: 'x' },
    ];
    const { entries } = read({ data }, { ...options, own }, { own: { type: 'VanBan', fields } });
    expect(entries[0]?.own).toEqual({
      type: 'VanBan',
      fields: {
        so: '12',
        ky: 1763596800000,
        lan: 3,
        mat: false,
        tep: 'https://cms.example/a.pdf',
        nhan: ['a', '2'],
      },
    });
  });

  it('takes the list itself for its items, filters included', () => {
    const data = [
      { ...item, loai: 'tin' },
      { ...item, loai: 'nhap' },
    ];
    expect(read({ data }, { ...options, items: '$.data' }).entries).toHaveLength(2);
    expect(read({ data }, { ...options, items: "$.data[?@.loai=='tin']" }).entries).toHaveLength(1);
    expect(read(data, { ...options, items: '$[*]' }).entries).toHaveLength(2);
    expect(read({ data: [] }, options).entries).toEqual([]);
    expect(read({ data }, { ...options, items: "$.data[?@.loai=='khac']" }).entries).toEqual([]);
  });
});

describe('a wrong map', () => {
  const data = [
    {
      documentId: 'a1',
      tieuDe: 'Hội nghị tổng kết công tác năm của toàn ngành',
      email: 'ha@don-vi.example',
      dt: '0912 345 678',
      at: '2026-11-20T08:30:00Z',
    },
    { documentId: 'a2', tieuDe: 'Bài hai' },
    { documentId: 'a3', tieuDe: 'Bài ba' },
  ];
  const options = {
    url: 'https://cms.example/api',
    items: '$.data[*]',
    map: { title: '$.tieuDe' },
    link: 'https://x.example/{documentId}',
  };

  it.each([
    ['items', { items: '$.items[*]' }, '$.items[*]', 'data: ['],
    ['items that are an object', { items: '$.data[0].tieuDe' }, '$.data[0].tieuDe', 'data: ['],
    ['a title', { map: { title: '$.title' } }, '$.title', 'tieuDe: '],
    ['an id', { map: { title: '$.tieuDe', id: '$.id' } }, '$.id', 'documentId: '],
    ['content of all items', { map: { title: '$.tieuDe', content: '$.body' } }, '$.body', 'tieuDe: '],
    ['a place in the link', { link: 'https://x.example/{slug}' }, '{slug}', 'documentId: '],
  ])('is refused for %s, with the path and a sample', (_name, wrong, path, shown) => {
    const error = refusal({ data }, { ...options, ...wrong });
    expect(error.code).toBe('MAP_MISMATCH');
    expect(error.data).toMatchObject({ path, url: 'https://cms.example/api/ds' });
    expect(String(error.data.sample)).toContain(shown);
    expect(String(error.data.vi)).toContain(path);
    expect(`${error.message}${JSON.stringify(error.data)}`).not.toMatch(/ha@don-vi|345 678|bi-mat/);
  });

  it('is told, not refused, for what a site may leave out', () => {
    const { repaired } = read(
      { data },
      { ...options, map: { title: '$.tieuDe', summary: '$.lead', picture: '$.anh' } },
    );
    expect(repaired).toEqual([
      'summary: $.lead matches nothing in 3 items',
      'picture: $.anh matches nothing in 3 items',
    ]);
  });

  it('is none where the site knows the field but has it empty', () => {
    const empty = data.map(one => ({ ...one, body: null }));
    expect(
      read({ data: empty }, { ...options, map: { title: '$.tieuDe', content: '$.body' } }).repaired,
    ).toEqual([]);
  });
});

describe('what is no JSON', () => {
  it.each([
    ['a page', '<!doctype html><title>Trang chủ</title>', 'HTML_PAGE'],
    ['a robot check', '<html><title>Just a moment...</title></html>', 'ROBOT_CHECK'],
    ['nothing', '  ', 'EMPTY_DOCUMENT'],
    ['a sentence', 'Lỗi kết nối CSDL', 'UNREADABLE'],
    ['an error in JSON', '{"data":null,"error":{"status":500}}', 'MAP_MISMATCH'],
  ])('is named: %s', (_name, text, code) => {
    expect(refusal(text, simple('https://cms.example')).code).toBe(code);
  });
});

describe('options', () => {
  it.each([
    [{ items: '$.data[' }, /JSONPath/],
    [{ map: { title: 'title' } }, /JSONPath/],
    [{ link: undefined }, /map\.link/],
    [{ since: { param: 'tu' } }, /map\.updated/],
    [{ item: 'https://cms.example/api/' }, /\{id\}/],
    [{ paging: { kind: 'trang' } }, /./],
  ])('are refused: %o', (wrong, told) => {
    const { error } = jsonApiConnector.options.safeParse({ ...simple('https://cms.example'), ...wrong });
    expect(error?.issues.map(({ message }) => message).join()).toMatch(told);
  });
});
