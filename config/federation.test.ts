import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { CodedError } from '../schemas/errors.ts';
import { rules } from '../schemas/rules/index.ts';
import type { Fault } from './fault.ts';
import { readFederation } from './federation.ts';

/** Two connectors of the test's own: config knows none by name. */
const connectors = [
  { id: 'feed', options: z.strictObject({ url: z.url(), reader: z.enum(['own', 'strict']).default('own') }) },
  {
    id: 'json-api',
    options: z.strictObject({
      url: z.url(),
      link: z.string().optional(),
      headers: z.record(z.string(), z.string()).default({}),
      paging: z
        .discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('page'), param: z.string() }),
          z.strictObject({ kind: z.literal('next') }),
        ])
        .optional(),
      own: z.record(z.string(), z.string()).optional(),
    }),
  },
];

const env = { CMS_TOKEN: 'mat-khau-bi-mat' };
const listen = { host: '127.0.0.1', port: 4000 };

function read(text: string, more: Partial<Parameters<typeof readFederation>[0]> = {}) {
  return readFederation({ text, path: 'thu.yaml', env, connectors, rules, listen, ...more });
}

function faultsOf(text: string): { readonly faults: readonly Fault[]; readonly message: string } {
  try {
    read(text);
  } catch (thrown) {
    if (thrown instanceof CodedError && thrown.code === 'CONFIG_INVALID') {
      return { faults: thrown.data.faults as readonly Fault[], message: thrown.message };
    }
    throw thrown;
  }
  return { faults: [], message: '' };
}

const SITE = `sites:
  - id: viec-lam
    name: Cục Việc làm
    kind: unit
    homepage: https://viec-lam.example
    contentSchema: cuc
    sources:
      - id: tin
        connector: feed
        options: { url: https://rss.viec-lam.example/tin }
contentSchemas: { cuc: { type: UnitDocument, fields: { so: String } } }
`;

describe('a federation file', () => {
  it('with one site has everything else by default', () => {
    const { federation, warnings } = read(SITE);
    expect(warnings).toEqual([]);
    expect(federation).toMatchObject({
      gateway: { title: 'Tin tổng hợp', publicUrl: 'http://127.0.0.1:4000', language: 'vi' },
      fetch: { allowNetworks: [], perHost: { concurrency: 2 }, maxBytes: 16 * 1024 * 1024, timeout: 15_000 },
      sites: [{ id: 'viec-lam', hosts: ['rss.viec-lam.example'], registry: {} }],
      sources: [
        {
          name: 'viec-lam/tin',
          every: { min: 90_000, max: 900_000 },
          since: 30 * 86_400_000,
          dates: {},
          enabled: true,
          options: { url: 'https://rss.viec-lam.example/tin', reader: 'own' },
          contentSchema: { name: 'cuc', type: 'UnitDocument', fields: { so: 'String' } },
        },
      ],
      serveStale: 300_000,
      tombstoneDays: 180,
      http: { trustedProxies: [] },
    });
    expect(federation.feeds.map(({ id, select, perSite }) => [id, select.kinds, perSite])).toEqual([
      ['all', [], 3],
      ['portal', ['portal'], undefined],
      ['units', ['unit'], undefined],
      ['press', ['press'], undefined],
    ]);
  });

  it.each([
    ['10m', { min: 60_000, max: 600_000 }],
    ['30s', { min: 30_000, max: 30_000 }],
    ['6h', { min: 2_160_000, max: 21_600_000 }],
    ['{ min: 1s, max: 10m }', { min: 1000, max: 600_000 }],
    ['{ min: 30m }', { min: 1_800_000, max: 1_800_000 }],
    ['{ max: 1m }', { min: 60_000, max: 60_000 }],
  ])('reads every: %s', (every, waits) => {
    const { federation } = read(SITE.replace('connector: feed', `connector: feed\n        every: ${every}`));
    expect(federation.sources[0]?.every).toEqual(waits);
  });

  it('puts the environment in, and takes $${…} for the text itself', () => {
    const { federation } = read(
      SITE.replace('connector: feed', 'connector: json-api').replace(
        'tin }',
        () => 'tin, headers: { Authorization: "Bearer ${CMS_TOKEN}", X: "$${CMS_TOKEN} $.data {slug}" } }',
      ),
    );
    expect(federation.sources[0]?.options).toMatchObject({
      headers: { Authorization: 'Bearer mat-khau-bi-mat', X: '${CMS_TOKEN} $.data {slug}' },
    });
  });

  it('changes the feeds that always exist and adds others', () => {
    const { federation } = read(`${SITE}topics: [{ id: viec-lam, title: Việc làm }]
feeds:
  - { id: all, title: Tất cả, perSite: 0, pin: [{ link: https://a.example/1, until: 2026-12-31 }] }
  - { id: moi, select: { topics: [viec-lam] }, distinct: story }
`);
    expect(federation.feeds.map(({ id }) => id)).toEqual(['all', 'portal', 'units', 'press', 'moi']);
    expect(federation.feeds[0]).toMatchObject({
      title: 'Tất cả',
      pin: [{ link: 'https://a.example/1', until: Date.parse('2026-12-31T23:59:59.999+07:00') }],
    });
    expect(federation.feeds[0]?.perSite).toBeUndefined();
    expect(federation.feeds[4]).toMatchObject({
      title: 'Việc làm',
      select: { topics: ['viec-lam'] },
      distinct: 'story',
    });
  });

  it.each([
    ['0.0.0.0', 'http://localhost:4000'],
    ['::1', 'http://[::1]:4000'],
    ['tin.bo.example', 'http://tin.bo.example:4000'],
  ])('listening on %s is public as %s', (host, publicUrl) => {
    const { federation } = read(SITE, { listen: { host, port: 4000 } });
    expect(federation.gateway.publicUrl).toBe(publicUrl);
  });

  it('warns of a site without sources and of content schemas without a site', () => {
    const { warnings } = read(`sites: [{ id: a, name: A, kind: press, homepage: https://a.example }]
contentSchemas: { cuc: { type: UnitDocument, fields: { so: String } } }`);
    expect(warnings.map(({ path }) => path)).toEqual(['sites[0]', 'contentSchemas.cuc']);
  });
});

describe('a fault', () => {
  const CASES: readonly (readonly [name: string, text: string, line: number, path: string, told: RegExp])[] =
    [
      ['an unknown key', `gatewy: {}\n${SITE}`, 1, 'gatewy', /ý bạn là gateway\?/],
      ['an unknown key inside', `fetch: { timeuot: 5s }\n${SITE}`, 1, 'fetch.timeuot', /ý bạn là timeout\?/],
      [
        'a key that resembles none',
        `fetch: { zzz: 5s }\n${SITE}`,
        1,
        'fetch.zzz',
        /allowNetworks, userAgent/,
      ],
      ['a missing key', SITE.replace('    kind: unit\n', ''), 2, 'sites[0].kind', /thiếu khoá.*kind: …/],
      [
        'a wrong word',
        SITE.replace('kind: unit', 'kind: units'),
        4,
        'sites[0].kind',
        /portal, unit, press.*ý bạn là unit\?/,
      ],
      ['a number for a duration', `serveStale: 5\n${SITE}`, 1, 'serveStale', /khoảng thời gian/],
      ['a duration out of bounds', `serveStale: 61m\n${SITE}`, 1, 'serveStale', /nhiều nhất 1h/],
      ['a size without a unit', `fetch: { maxBytes: 5MB }\n${SITE}`, 1, 'fetch.maxBytes', /512KiB/],
      [
        'a wait under a second',
        SITE.replace('connector: feed', 'connector: feed\n        every: 10ms'),
        10,
        'sites[0].sources[0].every',
        /ít nhất 1s|không dưới 1s/,
      ],
      [
        'min above max',
        SITE.replace('connector: feed', 'connector: feed\n        every: { min: 5m, max: 1m }'),
        10,
        'sites[0].sources[0].every',
        /min dài hơn max/,
      ],
      [
        'an unknown key of a wait',
        SITE.replace('connector: feed', 'connector: feed\n        every: { mni: 5m }'),
        10,
        'sites[0].sources[0].every.mni',
        /ý bạn là min\?/,
      ],
      [
        'an address with a password',
        SITE.replace('https://viec-lam', 'https://a:b@viec-lam'),
        5,
        'sites[0].homepage',
        /không kèm mật khẩu/,
      ],
      ['an id that is no slug', SITE.replace('id: viec-lam', 'id: Việc làm'), 2, 'sites[0].id', /không dấu/],
      [
        'an unknown connector',
        SITE.replace('connector: feed', 'connector: fed'),
        9,
        'sites[0].sources[0].connector',
        /ý bạn là feed\?/,
      ],
      [
        'an unknown option',
        SITE.replace('url:', 'ulr:'),
        10,
        'sites[0].sources[0].options.ulr',
        /ý bạn là url\?/,
      ],
      [
        'a wrong option',
        SITE.replace('tin }', 'tin, reader: strct }'),
        10,
        'sites[0].sources[0].options.reader',
        /ý bạn là strict\?/,
      ],
      [
        'a part of an option of several kinds',
        SITE.replace('connector: feed', 'connector: json-api').replace(
          'tin }',
          'tin, paging: { kind: page, parm: p } }',
        ),
        10,
        'sites[0].sources[0].options.paging.parm',
        /ý bạn là param\?/,
      ],
      [
        'a kind that an option has not',
        SITE.replace('connector: feed', 'connector: json-api').replace(
          'tin }',
          'tin, paging: { kind: pages } }',
        ),
        10,
        'sites[0].sources[0].options.paging.kind',
        /page/,
      ],
      [
        'an own field that the type lacks',
        SITE.replace('connector: feed', 'connector: json-api').replace('tin }', 'tin, own: { s: $.x } }'),
        10,
        'sites[0].sources[0].options.own.s',
        /contentSchema/,
      ],
      [
        'own fields without a type',
        SITE.replace('    contentSchema: cuc\n', '')
          .replace('connector: feed', 'connector: json-api')
          .replace('tin }', 'tin, own: { so: $.x } }'),
        9,
        'sites[0].sources[0].options.own',
        /thêm contentSchema/,
      ],
      [
        'an unknown content schema',
        SITE.replace('contentSchema: cuc', 'contentSchema: cucc'),
        6,
        'sites[0].contentSchema',
        /ý bạn là cuc\?/,
      ],
      [
        'a type that is taken',
        SITE.replace('UnitDocument', 'Item'),
        11,
        'contentSchemas.cuc.type',
        /Item đã có/,
      ],
      [
        'a field type that is none',
        SITE.replace('so: String', 'so: Strng'),
        11,
        'contentSchemas.cuc.fields.so',
        /String, Int/,
      ],
      [
        'a field called like our key',
        SITE.replace('so: String', 'itemId: String'),
        11,
        'contentSchemas.cuc.fields.itemId',
        /dành cho mã/,
      ],
      ['a limit that is no rate', `${SITE}limits: { anonymous: 600 }`, 12, 'limits.anonymous', /600\/m/],
      ['a reserved feed', `${SITE}feeds: [{ id: search }]`, 12, 'feeds[0].id', /dành riêng/],
      [
        'a feed of an unknown site',
        `${SITE}feeds: [{ id: a, select: { sites: [viec-lan] } }]`,
        12,
        'feeds[0].select.sites[0]',
        /ý bạn là viec-lam\?/,
      ],
      [
        'a feed of an unknown topic',
        `${SITE}feeds: [{ id: a, select: { topics: [x] } }]`,
        12,
        'feeds[0].select.topics[0]',
        /khai báo chủ đề/,
      ],
      [
        'a missing variable',
        SITE.replace('https://rss.viec-lam.example/tin', '"https://a.example/${KHONG_CO}"'),
        10,
        'sites[0].sources[0].options.url',
        /KHONG_CO chưa đặt/,
      ],
      [
        'a variable that is none',
        SITE.replace('https://rss.viec-lam.example/tin', '"https://a.example/${a b}"'),
        10,
        'sites[0].sources[0].options.url',
        /không phải tên biến/,
      ],
      ['a time zone that is none', `gateway: { timeZone: Ha Noi }\n${SITE}`, 1, 'gateway.timeZone', /IANA/],
      [
        'a bare variable inside { }',
        SITE.replace(
          'options: { url: https://rss.viec-lam.example/tin }',
          'options: { url: https://a.example/${A_B} b: c }',
        ),
        10,
        '',
        /ngoặc kép/,
      ],
      ['a key twice', `${SITE}tombstoneDays: 1\ntombstoneDays: 2`, 13, '', /một lần/],
      ['a tab', 'sites:\n\t- id: a', 2, '', /dấu cách/],
      ['no YAML', 'a: [', 1, '', /YAML/],
      ['a list at the top', '- a', 1, '', /khối khoá/],
      ['nothing', '', 1, '', /khối khoá/],
      ['no sites', 'sites: []', 1, 'sites', /ít nhất một trang/],
    ];

  it.each(CASES)('has its line, path and remedy: %s', (_name, text, line, path, told) => {
    const { faults } = faultsOf(text);
    expect(faults.map(fault => [fault.line, fault.path])).toEqual([[line, path]]);
    const [fault] = faults;
    expect(`${fault?.message} ${fault?.remedy}`).toMatch(told);
    expect(fault?.remedy).not.toBe('');
  });

  it('names both lines of a thing that is there twice', () => {
    const twice = `${SITE.split('contentSchemas')[0]}  - { id: viec-lam, name: B, kind: press, homepage: https://b.example }
contentSchemas: { cuc: { type: UnitDocument, fields: { so: String } } }`;
    expect(faultsOf(twice).faults[0]?.message).toMatch(/dòng 2,.*dòng 11/);
  });

  it('never comes alone: all are told at once, in the order of the file, whatever stage finds them', () => {
    const { faults, message } = faultsOf(`fetch: { timeout: 5 }
sites:
  - id: a
    name: A
    kind: unit
    homepage: a.example
    sources:
      - { id: t, connector: feed, options: { ulr: https://a.example } }
      - { id: t, connector: fed }
      - { id: u, connector: json-api, options: { url: https://a.example, headers: { A: "\${KHONG_CO}" } } }
feeds: [{ id: search }]
`);
    expect(faults.map(({ line }) => line)).toEqual([1, 6, 8, 9, 9, 10, 11]);
    expect(message.split('\n')).toHaveLength(8);
    expect(message).toContain('thu.yaml:6:15 sites[0].homepage: ');
  });

  it('never shows a value that came from the environment', () => {
    const text = SITE.replace('connector: feed', 'connector: ${CMS_TOKEN}').replace(
      'https://rss.viec-lam.example/tin',
      '"${CMS_TOKEN}"',
    );
    const { faults, message } = faultsOf(text);
    expect(faults.length).toBeGreaterThan(0);
    expect(message + JSON.stringify(faults)).not.toContain('mat-khau');
  });

  it('is a nest of aliases, and costs no time', () => {
    const nest = Array.from(
      { length: 30 },
      (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}, *a${index}]`,
    );
    const started = performance.now();
    expect(faultsOf(`a0: &a0 x\n${nest.join('\n')}`).faults).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
