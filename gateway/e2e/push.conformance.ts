import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { atomFeed, type FakeEntry, type FakeSite, startFakeSite } from './fake-site.ts';
import { type HowToPush, type PushAnswer, pushTo } from './push-to.ts';
import { type Gateway, pause, removeFolder, runGateway, until } from './run-gateway.ts';

const secretOf = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;
const [OLD, NOW, PAPER] = [secretOf(1), secretOf(2), secretOf(3)] as const;

/** Where a gateway's store is, and a second folder for a replica of it. */
export interface Place {
  readonly dataDirs: readonly [string, string];
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

interface Shown {
  readonly id: string;
  readonly title?: string;
  readonly content_html?: string;
  readonly url: string;
  readonly _lienthong: { readonly replaces?: readonly string[] };
}
interface Deleted {
  readonly id: string;
  readonly reason: string;
  readonly replacedBy?: string;
}

/** The whole program, and a site that tells by itself. */
export function pushConforms(makePlace: () => Promise<Place>): void {
  let place: Place;
  let site: FakeSite;
  let gateway: Gateway;
  let config: string;
  const entries: FakeEntry[] = [];
  const gone: string[] = [];

  beforeAll(async () => {
    place = await makePlace();
    site = await startFakeSite();
    site.pages.set('/tin.atom', { body: () => atomFeed(site.url, entries, gone) });
    config = `gateway: { title: Tin thử }
fetch: { allowNetworks: ["${site.host}"], perHost: { concurrency: 8 } }
sites:
  - id: don-vi
    name: Đơn vị thử
    kind: unit
    homepage: ${site.url}/
    sources:
      - { id: day, connector: push, options: { secret: "${NOW}", previousSecret: "${OLD}" } }
      - { id: tin, connector: feed, every: { min: 1s, max: 1s }, since: 3650d, options: { url: "${site.url}/tin.atom" } }
  - id: bao
    name: Báo thử
    kind: press
    homepage: https://bao.example/
    sources: [{ id: day, connector: push, options: { secret: "${PAPER}" } }]
`;
    gateway = await run(0);
  }, 90_000);
  afterAll(async () => {
    await gateway?.kill('SIGKILL');
    await site?.stop();
    await place?.remove();
  }, 60_000);

  const run = (at: 0 | 1) => runGateway({ config, dataDir: place.dataDirs[at], env: place.env });
  const push = (what: unknown, how: Partial<HowToPush> = {}, to = 'don-vi'): Promise<PushAnswer> =>
    pushTo(`${gateway.url}/push/${to}`, what, { secret: NOW, ...how });
  const itemAt = (path: string, more: object = {}) => ({
    url: `${site.url}${path}`,
    title: `Tin ${path}`,
    content_html: `<p>Nội dung của ${path}</p>`,
    date_published: '2026-11-22T08:30:00+07:00',
    ...more,
  });
  const put = (path: string, more: object = {}) => push({ op: 'put', item: itemAt(path, more) });
  const feed = async () =>
    (await (await fetch(`${gateway.url}/feeds/all.json?limit=500`)).json()) as {
      items: Shown[];
      _lienthong: { deleted: Deleted[] };
    };
  const shown = async (id: string | undefined) => (await feed()).items.find(item => item.id === id);
  const deleted = async (id: string | undefined) =>
    (await feed())._lienthong.deleted.find(item => item.id === id);
  const pagesAsked = () => site.asked.filter(path => !/^\/(?:tin\.atom|robots\.txt)/.test(path)).length;
  const asksOf = (path: string) => site.asked.filter(asked => asked === path).length;
  /** The feed is asked once more from its beginning to its end. */
  const harvested = async () => {
    const before = asksOf('/tin.atom');
    await until('two harvests', async () => asksOf('/tin.atom') >= before + 2);
    await pause(300);
  };

  describe('a push', () => {
    it('is in every channel when it is answered, and asks nothing of the site', async () => {
      const asked = pagesAsked();
      const { status, body, headers } = await put('/mot', { id: '1', tags: ['Việc làm'] });
      expect([status, body.state, body.changed]).toEqual([202, 'released', true]);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(await shown(body.id)).toMatchObject({ title: 'Tin /mot', url: `${site.url}/mot` });
      expect(pagesAsked()).toBe(asked);
      const { item } = await gateway.ask<{ item: { source: { name: string } } }>(
        'query($id: ID!) { item(id: $id) { source { name } } }',
        { id: body.id },
      );
      expect(item.source.name).toBe('don-vi/day');
    });

    it('of the same content changes nothing; of another one is an edit', async () => {
      const first = await put('/hai', { id: '2' });
      const changes = async () => (await fetch(`${gateway.url}/changes?since=now`)).text();
      const before = await changes();
      const again = await put('/hai', { id: '2' });
      expect([again.status, again.body.id, again.body.changed]).toEqual([202, first.body.id, false]);
      expect(await changes()).toBe(before);
      const edited = await put('/hai', { id: '2', title: 'Tin hai, sửa' });
      expect([edited.body.id, edited.body.changed]).toEqual([first.body.id, true]);
      expect(await shown(first.body.id)).toMatchObject({ title: 'Tin hai, sửa' });
    });

    it('that is older than what we hold, as one sent again late is, changes nothing', async () => {
      const newer = await put('/muon', { date_modified: '2026-11-22T12:00:00+07:00', title: 'Bản mới' });
      const older = await put('/muon', { date_modified: '2026-11-22T11:00:00+07:00', title: 'Bản cũ' });
      expect([older.status, older.body.changed]).toEqual([202, false]);
      expect(await shown(newer.body.id)).toMatchObject({ title: 'Bản mới' });
    });

    it('is cleaned as everything from outside is', async () => {
      const { body } = await put('/doc', {
        title: '<img src=x onerror=alert(1)>Tin',
        content_html: '<p onclick="x()">Chữ</p><script>alert(1)</script><a href="javascript:x()">a</a>',
      });
      const item = await shown(body.id);
      expect(item?.content_html).toContain('<p>Chữ</p>');
      expect(`${item?.title} ${item?.content_html}`).not.toMatch(/script|onclick|onerror|javascript/);
    });

    it('waits for its minute where a paper’s item must, and says so', async () => {
      const { status, body } = await push(
        {
          op: 'put',
          item: {
            url: 'https://bao.example/tin-bao',
            title: 'Tin báo',
            content_html: '<p>Nội dung báo</p>',
            date_published: new Date().toISOString(),
          },
        },
        { secret: PAPER },
        'bao',
      );
      expect([status, body.state, body.reason]).toEqual([202, 'held', 'press-delay']);
      expect(await shown(body.id)).toBeUndefined();
    });
  });

  describe('a signature', () => {
    it('by the old secret is good while the site changes over', async () => {
      expect((await push({ op: 'put', item: itemAt('/cu') }, { secret: OLD })).status).toBe(202);
    });

    it.each<[string, Partial<HowToPush>]>([
      ['another secret', { secret: PAPER }],
      ['a clock six minutes behind', { off: -6 * 60_000 }],
      ['a clock six minutes ahead', { off: 6 * 60_000 }],
      ['a body that was changed', { changed: '{"op":"put","item":{}}' }],
      ['no signature', { headers: { 'webhook-signature': '' } }],
      ['a signature of another kind', { headers: { 'webhook-signature': 'v1a,AAAA v2,AAAA' } }],
      ['no id', { headers: { 'webhook-id': ' ' } }],
      ['no time', { headers: { 'webhook-timestamp': 'hôm nay'.normalize('NFD').replace(/[^a-z]/g, '') } }],
    ])('with %s is refused and does nothing', async (_what, how) => {
      const { status, body } = await push({ op: 'put', item: itemAt('/gia-mao') }, how);
      expect([status, body.error?.code]).toEqual([401, 'UNAUTHENTICATED']);
      expect((await feed()).items.filter(({ url }) => url.endsWith('/gia-mao'))).toEqual([]);
    });

    it('among several that fit nothing is found', async () => {
      const body = JSON.stringify({ op: 'put', item: itemAt('/nhieu') });
      const { Webhook } = await import('standardwebhooks');
      const good = new Webhook(NOW).sign('msg_nhieu', new Date(), body);
      const sent = await push(body, {
        id: 'msg_nhieu',
        headers: { 'webhook-signature': `v1a,xyz v1,${Buffer.alloc(32).toString('base64')} ${good}` },
      });
      expect(sent.status).toBe(202);
    });
  });

  describe('what is sent twice', () => {
    it('is done once, also after the gateway was killed and by another replica', async () => {
      const id = 'msg_mot-lan';
      const send = () => push({ op: 'put', item: itemAt('/mot-lan') }, { id });
      const both = await Promise.all([send(), send(), send()]);
      expect(both.map(({ status }) => status).toSorted()).toEqual([202, 409, 409]);
      const replica = await run(1);
      const there = await pushTo(
        `${replica.url}/push/don-vi`,
        { op: 'put', item: itemAt('/mot-lan') },
        { secret: NOW, id },
      );
      expect([there.status, there.body.error?.code]).toEqual([409, 'CONFLICT']);
      await replica.kill('SIGKILL');
      await gateway.kill('SIGKILL');
      gateway = await run(0);
      expect((await send()).status).toBe(409);
    }, 90_000);

    it('may be sent again when it was refused', async () => {
      const id = 'msg_lam-lai';
      expect((await push({ op: 'put', item: { url: 'x' } }, { id })).status).toBe(422);
      expect((await push({ op: 'put', item: itemAt('/lam-lai') }, { id })).status).toBe(202);
    });
  });

  describe('what is not in order', () => {
    it.each<[string, unknown, string[]]>([
      ['no JSON', '{"op":', ['body']],
      ['no op', { item: {} }, ['op']],
      ['another op', { op: 'delete', item: {} }, ['op']],
      ['another key', { op: 'put', item: {}, replace: 'x' }, ['body']],
      ['a correction of nothing', { op: 'correct', item: {} }, ['replaces']],
      ['a withdrawal of nothing', { op: 'withdraw', item: { title: 'x' } }, ['item']],
      ['no item', { op: 'put', item: null }, ['item']],
      ['an empty item', { op: 'put', item: {} }, ['item.url', 'item.title']],
      [
        'another site’s page',
        { op: 'put', item: { url: 'https://khac.example/1', title: 'x' } },
        ['item.url'],
      ],
      ['an unknown item to withdraw', { op: 'withdraw', item: { id: 'khong-co' } }, ['item.url']],
      [
        'another site’s item to withdraw',
        { op: 'withdraw', item: { url: 'https://bao.example/tin-bao' } },
        ['item.url'],
      ],
    ])('is refused with every place and its remedy: %s', async (_what, what, paths) => {
      const { status, body } = await push(what);
      expect([status, body.error?.code]).toEqual([422, 'INVALID_ITEM']);
      expect(body.error?.problems?.map(({ path }) => path)).toEqual(paths);
      for (const { message, remedy } of body.error?.problems ?? [])
        expect([message, remedy]).not.toContain('');
    });

    it('is refused before it is read: too large, no JSON, compressed, no such site, another method', async () => {
      expect(
        (await push({ op: 'put', item: itemAt('/to', { content_html: 'x'.repeat(2_200_000) }) })).status,
      ).toBe(413);
      expect((await push('a=b', { headers: { 'content-type': 'text/plain' } })).status).toBe(415);
      expect((await push('{}', { headers: { 'content-encoding': 'gzip' } })).status).toBe(415);
      expect((await push({}, {}, 'khong-co')).status).toBe(404);
      const other = await fetch(`${gateway.url}/push/don-vi`, { headers: { accept: 'application/json' } });
      expect([other.status, other.headers.get('allow')]).toEqual([405, 'POST']);
    });

    it('keeps nobody else out while its body is long in coming', async () => {
      const headers = { 'content-type': 'application/json' };
      const slow = Array.from({ length: 4 }, () =>
        request(`${gateway.url}/push/don-vi`, { method: 'POST', headers }),
      );
      for (const one of slow) one.on('error', () => undefined).write('{');
      await pause(200);
      const { status } = await put('/giua-nhung-lan-gui-cham');
      for (const one of slow) one.destroy();
      expect(status).toBe(202);
    });

    it('repeats nothing of what was sent', async () => {
      const { body } = await push({
        op: 'put',
        item: { url: 'https://khac.example/<script>', title: 'BÍ MẬT' },
      });
      expect(JSON.stringify(body)).not.toMatch(/BÍ MẬT|khac\.example|script/);
    });
  });

  describe('a site that pushes and has a feed', () => {
    it('has one item of both; the pushed wording stands until the feed shows a later one', async () => {
      const link = `${site.url}/tin/ca-hai`;
      const { body } = await push({
        op: 'put',
        item: {
          ...itemAt('/tin/ca-hai', { content_html: '<p>Toàn văn được đẩy</p>' }),
          date_modified: '2026-11-22T10:00:00+07:00',
        },
      });
      entries.push({ id: 'ca-hai', title: 'Bản trong luồng', updated: '2026-11-22T10:00:00+07:00' });
      await harvested();
      expect((await feed()).items.filter(({ url }) => url === link)).toHaveLength(1);
      expect(await shown(body.id)).toMatchObject({ content_html: '<p>Toàn văn được đẩy</p>' });

      entries.splice(0, 1, { id: 'ca-hai', title: 'Bản sửa sau', updated: '2026-11-22T11:00:00+07:00' });
      await until('the later wording', async () => (await shown(body.id))?.title === 'Bản sửa sau');
      expect((await feed()).items.filter(({ url }) => url === link)).toHaveLength(1);
      gone.push('ca-hai');
      await until('the feed’s tombstone', async () => (await shown(body.id)) === undefined);
      expect(await deleted(body.id)).toMatchObject({ reason: 'withdrawn' });
    }, 60_000);

    it('withdraws by a push, and the feed that lags doesn’t bring it back; a push does', async () => {
      entries.push({ id: 'rut', title: 'Sẽ rút' });
      const link = `${site.url}/tin/rut`;
      const item = await until('harvested', async () => (await feed()).items.find(({ url }) => url === link));
      const { status, body } = await push({ op: 'withdraw', item: { url: link } });
      expect([status, body.id, body.state, body.changed]).toEqual([202, item.id, 'withdrawn', true]);
      expect(await shown(item.id)).toBeUndefined();
      expect(await deleted(item.id)).toMatchObject({ reason: 'withdrawn' });
      expect((await fetch(`${gateway.url}/items/${item.id}`, { redirect: 'manual' })).status).toBe(410);
      entries.push({ id: 'khac', title: 'Tin khác làm luồng đổi' });
      await until('the feed was read again', async () =>
        (await feed()).items.some(({ url }) => url.endsWith('/tin/khac')),
      );
      expect(await shown(item.id)).toBeUndefined();
      expect((await push({ op: 'withdraw', item: { url: link } })).body).toMatchObject({ changed: false });
      const back = await put('/tin/rut');
      expect([back.body.id, back.body.state]).toEqual([item.id, 'released']);
      expect(await shown(item.id)).toMatchObject({ title: 'Tin /tin/rut' });
    }, 60_000);
  });

  it('a correction takes the false version out, and each leads to the other in every channel', async () => {
    const wrong = (await put('/sai', { id: 'sai' })).body.id;
    const { status, body } = await push({
      op: 'correct',
      item: itemAt('/cai-chinh', { id: 'dung', title: 'Cải chính' }),
      replaces: 'sai',
    });
    expect([status, body.state]).toEqual([202, 'released']);
    const right = body.id;
    expect(await shown(wrong)).toBeUndefined();
    expect((await shown(right))?._lienthong.replaces).toEqual([wrong]);
    expect(await deleted(wrong)).toMatchObject({ replacedBy: right, reason: 'withdrawn' });
    const atom = await (await fetch(`${gateway.url}/feeds/all.atom?limit=500`)).text();
    expect(atom).toContain(`<lt:replaces>${wrong}</lt:replaces>`);
    expect(atom).toMatch(new RegExp(`ref="${wrong}"[^>]*>.*<lt:replaced-by>${right}</lt:replaced-by>`));
    const graph = await gateway.ask<{ item: { replaces: string[] }; changes: { changes: object[] } }>(
      'query($id: ID!) { item(id: $id) { replaces } changes(first: 1000) { changes { kind id replacedBy } } }',
      { id: right },
    );
    expect(graph.item.replaces).toEqual([wrong]);
    expect(graph.changes.changes).toContainEqual({ kind: 'TOMBSTONE', id: wrong, replacedBy: right });
    const page = await fetch(`${gateway.url}/items/${wrong}`, { headers: { accept: 'application/json' } });
    expect(page.status).toBe(410);
    expect(await page.json()).toMatchObject({ error: { replacedBy: right } });
  });

  it('a correction of what isn’t there does nothing at all', async () => {
    const { status, body } = await push({ op: 'correct', item: itemAt('/nua-voi'), replaces: 'khong-co' });
    expect([status, body.error?.problems?.[0]?.path]).toEqual([422, 'replaces']);
    expect((await feed()).items.filter(({ url }) => url.endsWith('/nua-voi'))).toEqual([]);
  });

  it('the ledger tells who took it back', async () => {
    const { body } = await put('/so-cai');
    await push({ op: 'withdraw', item: { id: body.id } });
    const proof = await fetch(`${gateway.url}/ledger/items/${body.id}`, {
      headers: { authorization: 'Bearer e2e-admin-token-0123456789' },
    });
    expect(await proof.text()).toMatch(/publisher:don-vi/);
  });

  it('a paused source takes no items, and withdrawals all the same', async () => {
    const { body } = await put('/tam-dung');
    await gateway.ask('mutation { pause(source: "don-vi/day") { name } }');
    expect((await put('/khong-nhan')).status).toBe(403);
    expect((await push({ op: 'withdraw', item: { id: body.id } })).body).toMatchObject({
      state: 'withdrawn',
    });
  });
}

export async function onePlace(folder: string): Promise<Place> {
  return { dataDirs: [folder, folder], env: {}, remove: async () => removeFolder(folder) };
}
