import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FakeSite, startFakeSite } from './fake-site.ts';
import { ADMIN_TOKEN, type Gateway, removeFolder, runGateway, until } from './run-gateway.ts';

/** A paper and a unit, through the running program: what no channel may show, and when. */
let site: FakeSite;
let gateway: Gateway;
const MINUTE = 60_000;
const SECRET = 'toanvanbimatcuabao';
const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

function rss(items: readonly { id: string; at: number; text: string }[]): string {
  const rows = items.map(
    ({ id, at, text }) =>
      `<item><guid isPermaLink="false">${id}</guid><title>Bài báo ${id}</title><link>${site.url}/${id}</link><pubDate>${new Date(at).toUTCString()}</pubDate><description>Tóm tắt của báo về ${id}.</description><content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>${text}</p><img src="${site.url}/anh-${id}.jpg">]]></content:encoded></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Báo thử</title><link>${site.url}/</link><description>x</description>${rows.join('')}</channel></rss>`;
}

beforeAll(async () => {
  site = await startFakeSite();
  const now = Date.now();
  const old = { id: 'cu', at: now - 90 * MINUTE, text: `${SECRET} một` };
  const fresh = { id: 'moi', at: now - 5 * MINUTE, text: `${SECRET} hai` };
  site.pages.set('/bao.rss', { type: 'application/rss+xml', body: () => rss([old, fresh]) });
  site.pages.set('/don-vi.rss', {
    type: 'application/rss+xml',
    body: () =>
      rss([
        { id: 'dv', at: now - MINUTE, text: 'Tin của đơn vị. Nguồn: Internet' },
        { id: 'cccd', at: now, text: 'Ông Nguyễn Văn A, CCCD số 001085012345, trúng tuyển.' },
      ]),
  });
  gateway = await runGateway({
    config: `fetch: { allowNetworks: ["${site.host}"] }
sites:
  - id: bao
    name: Báo thử
    kind: press
    homepage: ${site.url}/
    sources: [{ id: tin, connector: feed, every: { min: 1s, max: 1h }, options: { url: "${site.url}/bao.rss" } }]
  - id: don-vi
    name: Đơn vị thử
    kind: unit
    homepage: ${site.url}/
    sources: [{ id: tin, connector: feed, every: { min: 1s, max: 1h }, options: { url: "${site.url}/don-vi.rss" } }]
`,
  });
  await until('four items', async () => {
    const { items } = await gateway.ask<{ items: { nodes: unknown[] } }>(
      '{ items(filter: { visibility: [HELD, RELEASED] }) { nodes { id } } }',
    );
    return items.nodes.length === 4;
  });
}, 60_000);

afterAll(async () => {
  await gateway?.kill('SIGTERM');
  await site.stop();
  removeFolder(gateway.dataDir);
});

interface Told {
  readonly id: string;
  readonly title: string;
  readonly visibility: string;
  readonly visibilityReason: string | null;
  readonly releaseAt: string | null;
}
async function itemOf(id: string): Promise<Told> {
  const { items } = await gateway.ask<{ items: { nodes: Told[] } }>(
    '{ items(filter: { visibility: [HELD, RELEASED, HIDDEN, WITHDRAWN] }, first: 50) { nodes { id title visibility visibilityReason releaseAt link } } }',
  );
  const found = items.nodes.find(({ title }) => title === `Bài báo ${id}`);
  if (!found) throw new Error(`no item ${id}`);
  return found;
}

/** Everything anybody can read, in one text. */
async function everyChannel(): Promise<string> {
  const paths = [
    ...['atom', 'rss', 'json', 'html'].map(ending => `/feeds/all.${ending}?limit=500`),
    '/feeds/press.atom',
    '/feeds/search.atom?q=b%C3%A0i+b%C3%A1o',
    '/changes?limit=1000',
    '/',
    `/graphql?query=${encodeURIComponent('{ items(first: 50) { nodes { id title summary content contentText picture { url } media { url } } } search(query: "bài báo") { nodes { title content } } changes { changes { id kind item { title content } } } }')}`,
  ];
  const answers = await Promise.all(paths.map(path => fetch(gateway.url + path)));
  return (await Promise.all(answers.map(answer => answer.text()))).join('\n');
}

async function lienthong(...words: string[]): Promise<{ code: number; out: string }> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...words], {
    env: {
      PATH,
      HOME,
      LIENTHONG_DATA: gateway.dataDir,
      LIENTHONG_CONFIG: join(gateway.dataDir, 'federation.yaml'),
      LOG_LEVEL: 'warn',
    },
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      out += chunk;
    });
  const [code] = await once(child, 'close');
  return { code, out };
}

describe('press duties', () => {
  it('hold a fresh item to its minute, in no channel, whoever asks for it', async () => {
    const held = await itemOf('moi');
    expect(held).toMatchObject({ visibility: 'HELD', visibilityReason: 'press-delay' });
    expect(Math.abs(Date.parse(held.releaseAt ?? '') - (Date.now() + 55 * MINUTE))).toBeLessThan(3 * MINUTE);
    expect(await everyChannel()).not.toContain('Bài báo moi');
    expect((await fetch(`${gateway.url}/items/${held.id}`)).status).toBe(404);
    const refused = await lienthong('release', held.id, '--reason', 'Cần đăng sớm');
    expect([refused.code, refused.out]).toEqual([2, expect.stringContaining('waits until')]);
    expect(await everyChannel()).not.toContain('Bài báo moi');
  });

  it('show headline, the paper’s own summary and the way to it, and not a word of the text', async () => {
    const everything = await everyChannel();
    expect(everything).toContain('Bài báo cu');
    expect(everything).toContain('Tóm tắt của báo về cu.');
    expect(everything).not.toContain(SECRET);
    expect(everything).not.toContain('anh-cu.jpg');
    const { id } = await itemOf('cu');
    const page = await fetch(`${gateway.url}/items/${id}`, { redirect: 'manual' });
    expect([page.status, page.headers.get('location')]).toEqual([302, `${site.url}/cu`]);
    const found = await fetch(`${gateway.url}/feeds/search.json?q=${SECRET}`);
    expect(((await found.json()) as { items: unknown[] }).items).toEqual([]);
  });

  it('treat a unit’s re-post without a source as the paper’s, and hold what names a person by number', async () => {
    expect(await itemOf('dv')).toMatchObject({ visibility: 'HELD', visibilityReason: 'press-delay' });
    expect(await itemOf('cccd')).toMatchObject({
      visibility: 'HELD',
      visibilityReason: 'rule:article-personal-data',
    });
    expect(await everyChannel()).not.toContain('001085012345');
  });

  it('give the text out when an agreement is recorded, without a harvest, and take it back when it ends', async () => {
    const hash = `sha256:${'a'.repeat(64)}`;
    const added = await lienthong(
      'agreement',
      'add',
      'TT-1',
      'bao',
      '--until',
      '2099-12-31',
      '--document',
      hash,
      '--party',
      'Bộ',
      'Báo thử',
      '--reason',
      'Đã ký',
    );
    expect([added.code, added.out]).toEqual([0, expect.stringContaining('TT-1')]);
    await until('the full text', async () => (await everyChannel()).includes(`${SECRET} một`));
    const now = await everyChannel();
    expect(now).not.toContain('anh-cu.jpg');
    expect(now).not.toContain(`${SECRET} hai`);
    expect((await lienthong('agreement', 'end', 'TT-1', '--reason', 'Hết hạn')).code).toBe(0);
    await until('the headline again', async () => !(await everyChannel()).includes(SECRET));
  });

  it('take an item down everywhere, for good: it does not come back with the next harvest', async () => {
    const { id } = await itemOf('cu');
    const done = await lienthong(
      'order',
      'add',
      `${site.url}/cu`,
      '--reason',
      'Sai sự thật',
      '--sender',
      'Cục A',
      '--reference',
      '1/QĐ',
      '--urgent',
    );
    expect([done.code, done.out]).toEqual([0, expect.stringContaining('Đã gỡ 1 tin')]);
    expect(await everyChannel()).not.toContain('Bài báo cu');
    expect((await fetch(`${gateway.url}/items/${id}`)).status).toBe(410);
    const asked = site.asked.length;
    await gateway.ask('mutation { harvest(source: "bao/tin") { requested } }');
    await until('another harvest', async () => site.asked.length > asked);
    await new Promise(resolve => setTimeout(resolve, 1_500));
    expect(await everyChannel()).not.toContain('Bài báo cu');
    const { changes } = (await (await fetch(`${gateway.url}/changes?limit=1000`)).json()) as {
      changes: { id: string; kind: string; reason?: string }[];
    };
    expect(changes.find(change => change.id === id)).toMatchObject({ kind: 'tombstone', reason: 'order' });
  });

  it('leave their proof to the ledger, chained', async () => {
    const { openStore } = await import('../store/open-store.ts');
    const store = await openStore({ dataDir: gateway.dataDir });
    const rows = await store.ledger.since(0, 1000);
    await store.close();
    const told = rows.map(({ text }) => JSON.parse(text));
    const released = told.find(({ type }) => type === 'item.released');
    expect(released.details).toMatchObject({ mode: 'headline-link', counted: 'declared' });
    expect(released.details.delayMinutes).toBeGreaterThanOrEqual(60);
    for (const type of [
      'item.held',
      'item.trimmed',
      'agreement.recorded',
      'agreement.ended',
      'order.received',
      'item.removed',
      'takedown.done',
    ])
      expect(told.map(row => row.type)).toContain(type);
    expect(JSON.stringify(told)).not.toContain(SECRET);
    expect(ADMIN_TOKEN).not.toBe('');
  });
});
