import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FakeHub, type HubRequest, startFakeHub } from './fake-hub.ts';
import { atomFeed, type FakeEntry, type FakeSite, startFakeSite } from './fake-site.ts';
import type { Place } from './push.conformance.ts';
import { freePort, type Gateway, pause, runGateway, until } from './run-gateway.ts';

/** A source of the site: what it shows, and by which way it names its hub. */
interface Source {
  readonly id: string;
  readonly page?: string;
  readonly entries: FakeEntry[];
  readonly gone: string[];
  /** Of the `Link` header. */
  header?: string;
  /** Inside the feed. */
  within?: string;
}

const RSS = (links: string, title: string, site: string) =>
  `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>x</title><link>${site}/</link><description>x</description>${links}<item><title>${title}</title><link>${site}/tin/rss-1</link><guid>${site}/tin/rss-1</guid></item></channel></rss>`;

/** The 14 subscriber cases of websub.rocks and what a subscriber must besides, with the whole program and another one's hub. */
export function subscriberConforms(makePlace: () => Promise<Place>): void {
  let place: Place;
  let site: FakeSite;
  let hub: FakeHub;
  let gateway: Gateway;
  let config: (more?: string) => string;
  const sources = new Map<string, Source>();

  const source = (id: string): Source => {
    const found = sources.get(id);
    if (!found) throw new Error(`no source ${id}`);
    return found;
  };
  const topicOf = (id: string) => `${site.url}/${id}.atom`;
  const add = (id: string, hubLinks: (topic: string) => { header?: string; within?: string }): void => {
    const made: Source = {
      id,
      entries: [{ id: `${id}-1`, title: `Tin đầu của ${id}` }],
      gone: [],
      ...hubLinks(topicOf(id)),
    };
    sources.set(id, made);
    site.pages.set(`/${id}.atom`, {
      body: () => feedOf(id),
      ...(made.header !== undefined && { headers: { link: made.header } }),
    });
  };
  const feedOf = (id: string) => {
    const { entries, gone, within = '' } = source(id);
    return atomFeed(site.url, entries, gone).replace(
      '<title>Trang thử</title>',
      `<title>Trang thử</title>${within}`,
    );
  };
  /** The feed with these entries only, as a hub sends what is new. */
  const news = (id: string, entries: FakeEntry[], gone: string[] = []) =>
    atomFeed(site.url, entries, gone).replace(
      '<title>Trang thử</title>',
      `<title>Trang thử</title>${source(id).within ?? ''}`,
    );
  const subscribed = (topic: string, path?: string): Promise<HubRequest> =>
    until(
      `a verified subscription to ${topic}`,
      async () =>
        hub
          .of('subscribe')
          .findLast(one => one.topic === topic && (path === undefined || one.path === path) && one.verified),
      60_000,
    );
  const titles = async () => {
    const answer = await fetch(`${gateway.url}/feeds/all.json?limit=500`);
    return ((await answer.json()) as { items: { title: string }[] }).items.map(({ title }) => title);
  };
  const asks = (id: string) => site.asked.filter(path => path === `/${id}.atom`).length;
  const inHeader = (path: string) => (topic: string) => ({
    header: `<${hub.url}${path}>; rel="hub", <${topic}>; rel="self"`,
  });

  beforeAll(async () => {
    place = await makePlace();
    [site, hub] = [await startFakeSite(), await startFakeHub()];
    add('dau-muc', inHeader('/a'));
    add('trong-atom', topic => ({
      within: `<link rel="hub" href="${hub.url}/b"/><link rel="self" href="${topic}"/>`,
    }));
    add('uu-tien', topic => ({
      ...inHeader('/dung')(topic),
      within: `<link rel="hub" href="${hub.url}/sai"/><link rel="self" href="${topic}?sai"/>`,
    }));
    add('self-khac', () => ({
      header: `<${hub.url}/c>; rel="hub", <${site.url}/chinh-thuc.atom>; rel="self"`,
    }));
    add('tam-chuyen-dich', inHeader('/d'));
    add('chuyen-han-dich', inHeader('/e'));
    add('hub-tam-chuyen', inHeader('/tam'));
    add('hub-chuyen-han', inHeader('/han'));
    add('sai-chu-de', inHeader('/sai-chu-de'));
    add('giao-tin', inHeader('/giao'));
    add('tu-choi', inHeader('/tu-choi'));
    add('im-lang', inHeader('/im-lang'));
    add('gia-han', inHeader('/gia-han'));
    add('thay-hub', inHeader('/cu'));
    add('hai-hub', topic => ({
      header: `<${hub.url}/ban>; rel=hub, <${hub.url}/ranh>; rel=hub, <${topic}>; rel=self`,
    }));
    site.pages.set('/rss.xml', {
      type: 'application/rss+xml',
      body: () =>
        RSS(
          `<atom:link rel="hub" href="${hub.url}/rss"/><atom:link rel="self" href="${site.url}/rss.xml"/>`,
          'Tin RSS',
          site.url,
        ),
    });
    const rows = [1, 2, 3, 4].map(
      n => `<li><h3><a href="/tin/trang-${n}.html">Tin của trang danh sách ${n}</a></h3></li>`,
    );
    site.pages.set('/danh-sach.html', {
      type: 'text/html',
      body: () =>
        `<!doctype html><html lang="vi"><head><title>Tin tức</title><link rel="hub" href="${hub.url}/trang"><link rel="self" href="${site.url}/danh-sach.html"></head><body><ul>${rows.join('')}</ul></body></html>`,
    });
    site.pages.set('/tam-chuyen.atom', {
      status: 302,
      body: '',
      headers: { location: topicOf('tam-chuyen-dich') },
    });
    site.pages.set('/chuyen-han.atom', {
      status: 301,
      body: '',
      headers: { location: topicOf('chuyen-han-dich') },
    });
    hub.behaviours.set('/tam', { status: 302, location: '/tam-dich' });
    hub.behaviours.set('/han', { status: 301, location: '/han-dich' });
    hub.behaviours.set('/sai-chu-de', { topic: 'https://khac.example/feed' });
    hub.behaviours.set('/tu-choi', { status: 403 });
    hub.behaviours.set('/im-lang', { verifies: false });
    hub.behaviours.set('/gia-han', { grants: 10 });
    hub.behaviours.set('/ban', { status: 400 });
    const port = await freePort();
    const asked = [...sources.keys()].filter(id => !id.endsWith('-dich')).map(id => [id, `${id}.atom`]);
    const all = [
      ...asked,
      ['rss', 'rss.xml'],
      ['tam-chuyen', 'tam-chuyen.atom'],
      ['chuyen-han', 'chuyen-han.atom'],
    ];
    config = (more = '') => `gateway: { title: Tin thử, publicUrl: "http://127.0.0.1:${port}" }
fetch: { allowNetworks: ["127.0.0.0/8"], perHost: { concurrency: 16 } }
sites:
  - id: don-vi
    name: Đơn vị thử
    kind: unit
    homepage: ${site.url}/
    sources:
${all.map(([id, path]) => `      - { id: ${id}, connector: feed, every: ${id === 'thay-hub' ? '{ min: 1s, max: 1s }' : '{ min: 1s, max: 1h }'}, since: 3650d, options: { url: "${site.url}/${path}" } }`).join('\n')}
      - { id: trang, connector: web-page, every: { min: 1s, max: 1h }, since: 3650d, options: { list: "${site.url}/danh-sach.html", link: "h3 a", open: false } }
${more}`;
    gateway = await runGateway({ config: config(), dataDir: place.dataDirs[0], env: place.env, port });
  }, 120_000);
  afterAll(async () => {
    await gateway?.kill('SIGKILL');
    await Promise.all([site?.stop(), hub?.stop()]);
    await place?.remove();
  }, 60_000);

  describe('discovery', () => {
    it('100: in HTTP headers', async () => {
      const { path, verified, secret, seconds, callback } = await subscribed(topicOf('dau-muc'));
      expect([path, verified]).toEqual(['/a', { status: 200, body: 'the challenge' }]);
      // Unguessable, of each subscription its own, and shorter than the 200 bytes a secret may have.
      expect(callback).toMatch(new RegExp(`^${gateway.url}/websub/don-vi/dau-muc/[\\w-]{32}$`));
      expect(secret).toMatch(/^[\w-]{40,199}$/);
      expect(seconds).toBe('864000');
    }, 70_000);

    it('101: in a page’s HTML', async () => {
      expect((await subscribed(`${site.url}/danh-sach.html`)).path).toBe('/trang');
    });

    it('102: in an Atom feed', async () => {
      expect((await subscribed(topicOf('trong-atom'))).path).toBe('/b');
    });

    it('103: in an RSS feed', async () => {
      expect((await subscribed(`${site.url}/rss.xml`)).path).toBe('/rss');
    });

    it('104: headers come before what stands in the document', async () => {
      expect((await subscribed(topicOf('uu-tien'))).path).toBe('/dung');
      expect(hub.requests.filter(({ path }) => path === '/sai')).toEqual([]);
    });
  });

  describe('subscribing', () => {
    it('200: to what the topic calls itself', async () => {
      expect((await subscribed(`${site.url}/chinh-thuc.atom`)).path).toBe('/c');
    });

    it('201 and 202: to a topic that moved for a while, and for good', async () => {
      expect((await subscribed(topicOf('tam-chuyen-dich'))).path).toBe('/d');
      expect((await subscribed(topicOf('chuyen-han-dich'))).path).toBe('/e');
    });

    it('203 and 204: at a hub that moved for a while, and for good', async () => {
      expect((await subscribed(topicOf('hub-tam-chuyen'), '/tam-dich')).verified?.status).toBe(200);
      expect((await subscribed(topicOf('hub-chuyen-han'), '/han-dich')).verified?.status).toBe(200);
    });

    it('205: refuses a verification of another topic, and one that nobody asked for', async () => {
      const asked = await until('the question', async () =>
        hub.requests.find(({ path, verified }) => path === '/sai-chu-de' && verified),
      );
      expect(asked.verified?.status).toBe(404);
      const { callback, topic } = await subscribed(topicOf('dau-muc'));
      const question = {
        'hub.mode': 'subscribe',
        'hub.topic': topic,
        'hub.challenge': 'x',
        'hub.lease_seconds': '60',
      };
      const status = async (url: string, changed: Record<string, string> = {}) =>
        (await hub.ask(url, { ...question, ...changed })).status;
      expect(await status(callback.replace(/.{6}$/, 'xxxxxx'))).toBe(404);
      expect(await status(callback.replace('/dau-muc/', '/trong-atom/'))).toBe(404);
      expect(await status(callback, { 'hub.mode': 'unsubscribe' })).toBe(404);
      expect(await status(callback, { 'hub.mode': 'tấn công' })).toBe(404);
      expect(await status(callback, { 'hub.challenge': '' })).toBe(404);
    });

    it('answers a challenge as plain text that no browser runs, again when the answer was lost', async () => {
      const { callback, topic } = await subscribed(topicOf('dau-muc'));
      const challenge = '<script>alert(1)</script>';
      const answer = await hub.ask(callback, {
        'hub.mode': 'subscribe',
        'hub.topic': topic,
        'hub.challenge': challenge,
        'hub.lease_seconds': '864000',
      });
      expect(answer).toEqual({ status: 200, body: challenge, type: 'text/plain; charset=utf-8' });
    });

    it('asks the next hub when the first says no', async () => {
      expect((await subscribed(topicOf('hai-hub'))).path).toBe('/ranh');
    });

    it('renews before the end of a lease', async () => {
      const first = await subscribed(topicOf('gia-han'));
      const again = await until(
        'a renewal',
        async () => hub.of('subscribe').filter(({ topic }) => topic === first.topic)[1],
      );
      expect([again.callback, again.secret]).toEqual([first.callback, first.secret]);
    }, 40_000);
  });

  describe('distribution', () => {
    it('300: is answered with 2xx, and its entry is in the feeds at once, without a request to the site', async () => {
      const to = await subscribed(topicOf('giao-tin'));
      await until('the first harvest', async () => (await titles()).includes('Tin đầu của giao-tin'));
      const before = asks('giao-tin');
      expect(
        await hub.deliver(to, { body: news('giao-tin', [{ id: 'giao-2', title: 'Tin được giao' }]) }),
      ).toBe(202);
      expect(await titles()).toEqual(expect.arrayContaining(['Tin được giao', 'Tin đầu của giao-tin']));
      expect(asks('giao-tin')).toBe(before);
    });

    it.each(['sha1', 'sha256', 'sha384', 'sha512'] as const)('takes signatures by %s', async method => {
      const to = await subscribed(topicOf('giao-tin'));
      const title = `Ký bằng ${method}`;
      expect(await hub.deliver(to, { method, body: news('giao-tin', [{ id: method, title }]) })).toBe(202);
      expect(await titles()).toContain(title);
    });

    it('301 and 302: with a signature that doesn’t fit, or none, is acknowledged and ignored', async () => {
      const to = await subscribed(topicOf('giao-tin'));
      const body = news('giao-tin', [{ id: 'gia', title: 'Tin giả' }]);
      for (const signature of ['', `sha256=${'0'.repeat(64)}`, 'sha256', 'md5=aa', 'sha256=zz'])
        expect(await hub.deliver(to, { body, signature })).toBe(202);
      expect(await hub.deliver({ ...to, secret: 'khác' }, { body })).toBe(202);
      expect(await titles()).not.toContain('Tin giả');
    });

    it('to an address that is none of ours any more is answered 410', async () => {
      const to = await subscribed(topicOf('giao-tin'));
      const callback = to.callback.replace(/.{6}$/, 'xxxxxx');
      expect(await hub.deliver({ ...to, callback }, { body: 'x' })).toBe(410);
    });

    it('of a withdrawal is followed at once, and the site is asked; one that is broken withdraws nothing', async () => {
      const to = await subscribed(topicOf('giao-tin'));
      const entry = { id: 'se-go', title: 'Sẽ bị gỡ' };
      source('giao-tin').entries.push(entry);
      await hub.deliver(to, { body: news('giao-tin', [entry]) });
      const before = asks('giao-tin');
      const broken = news('giao-tin', [], ['se-go']).replace('</feed>', '<entry><title>dở');
      expect(await hub.deliver(to, { body: broken })).toBe(202);
      expect(await titles()).toContain('Sẽ bị gỡ');
      await until('the site is asked', async () => asks('giao-tin') > before);
      source('giao-tin').entries.pop();
      source('giao-tin').gone.push('se-go');
      expect(await hub.deliver(to, { body: news('giao-tin', [], ['se-go']) })).toBe(202);
      expect(await titles()).not.toContain('Sẽ bị gỡ');
    });

    it('that is late neither brings back what was withdrawn nor an older wording', async () => {
      const to = await subscribed(topicOf('giao-tin'));
      await hub.deliver(to, { body: news('giao-tin', [{ id: 'se-go', title: 'Sẽ bị gỡ' }]) });
      expect(await titles()).not.toContain('Sẽ bị gỡ');
      const wording = (title: string, hour: string) => ({
        id: 'sua',
        title,
        updated: `2026-11-22T${hour}:00:00+07:00`,
      });
      await hub.deliver(to, { body: news('giao-tin', [wording('Bản sau', '12')]) });
      await hub.deliver(to, { body: news('giao-tin', [wording('Bản trước', '11')]) });
      expect(await titles()).toContain('Bản sau');
      expect(await titles()).not.toContain('Bản trước');
    });

    it('that is empty, or no feed, makes the source due, and what stands in the feed is missed by nothing', async () => {
      const to = await subscribed(topicOf('giao-tin'));
      source('giao-tin').entries.push({ id: 'chi-trong-luong', title: 'Chỉ có trong luồng' });
      for (const body of ['', '<html><title>Bảo trì</title></html>', '{"x":', '\u0000'])
        expect(await hub.deliver(to, { body })).toBe(202);
      await until('it is harvested', async () => (await titles()).includes('Chỉ có trong luồng'));
    });

    it('after which the feed has not changed is followed by a whole reading all the same', async () => {
      const to = await subscribed(topicOf('giao-tin'));
      const [first] = source('giao-tin').entries;
      await hub.deliver(to, {
        body: news('giao-tin', [{ id: first?.id ?? '', title: 'Chữ của trung tâm' }]),
      });
      expect(await titles()).toContain('Chữ của trung tâm');
      await gateway
        .ask('mutation { harvest(source: "don-vi/giao-tin") { source { name } } }')
        .catch(() => undefined);
      await until('the site’s own wording', async () => (await titles()).includes('Tin đầu của giao-tin'));
    });

    it('of a page makes its source due: what is new is read on the page itself', async () => {
      const to = await subscribed(`${site.url}/danh-sach.html`);
      const asked = () => site.asked.filter(path => path === '/danh-sach.html').length;
      const before = asked();
      expect(await hub.deliver(to, { body: '<!doctype html><p>Có tin mới.' })).toBe(202);
      await until('the page to be asked for', async () => asked() > before);
    }, 70_000);

    it('too large is refused, and the site is asked', async () => {
      const to = await subscribed(topicOf('giao-tin'));
      expect(await hub.deliver(to, { body: 'x'.repeat(9 * 1024 * 1024) })).toBe(413);
    });
  });

  describe('polling goes on', () => {
    it('where the hub says no, or never verifies', async () => {
      await until(
        'the hub was asked',
        async () =>
          hub.requests.some(({ path }) => path === '/tu-choi') &&
          hub.requests.some(({ path }) => path === '/im-lang'),
      );
      for (const id of ['tu-choi', 'im-lang']) {
        source(id).entries.push({ id: `${id}-2`, title: `Tin sau của ${id}` });
        await gateway
          .ask(`mutation { harvest(source: "don-vi/${id}") { source { name } } }`)
          .catch(() => undefined);
        await until('the poll', async () => (await titles()).includes(`Tin sau của ${id}`));
      }
    });

    it('after a hub that denies later', async () => {
      const { callback, topic } = await subscribed(topicOf('trong-atom'));
      const denied = { 'hub.mode': 'denied', 'hub.topic': topic, 'hub.reason': 'hết chỗ' };
      expect((await hub.ask(callback, denied)).status).toBe(200);
      expect(await hub.deliver({ callback, topic, secret: 'x' }, { body: 'x' })).toBe(410);
    });
  });

  it('goes over to another hub when the source names one, and unsubscribes at the old', async () => {
    const old = await subscribed(topicOf('thay-hub'), '/cu');
    site.pages.set('/thay-hub.atom', {
      body: () => feedOf('thay-hub'),
      headers: { link: `<${hub.url}/moi>; rel="hub", <${topicOf('thay-hub')}>; rel="self"` },
    });
    source('thay-hub').entries.push({ id: 'doi', title: 'Luồng đổi trung tâm' });
    const fresh = await subscribed(topicOf('thay-hub'), '/moi');
    expect(fresh.callback).not.toBe(old.callback);
    const left = await until('the unsubscription', async () =>
      hub.of('unsubscribe').find(({ path, verified }) => path === '/cu' && verified),
    );
    expect([left.callback, left.verified?.body]).toEqual([old.callback, 'the challenge']);
    expect(await hub.deliver(old, { body: 'x' })).toBe(410);
  }, 40_000);

  it('shows its secrets to nobody: neither in the log nor in any list', async () => {
    const { callback, secret } = await subscribed(topicOf('giao-tin'));
    const word = callback.split('/').at(-1) ?? '';
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    for (const text of [gateway.output(), metrics]) {
      expect(text).not.toContain(word);
      expect(text).not.toContain(secret);
    }
  });

  it('is still subscribed after it was killed, and takes deliveries in another replica', async () => {
    const to = await subscribed(topicOf('giao-tin'));
    const asked = hub.requests.length;
    await gateway.kill('SIGKILL');
    const port = Number(new URL(gateway.url).port);
    gateway = await runGateway({ config: config(), dataDir: place.dataDirs[1], env: place.env, port });
    const body = news('giao-tin', [{ id: 'sau', title: 'Sau khi khởi động lại' }]);
    await until('the delivery is taken', async () => (await hub.deliver(to, { body })) === 202);
    expect(await titles()).toContain('Sau khi khởi động lại');
    await pause(1_500);
    const again = hub.requests.slice(asked).filter(({ topic }) => topic === to.topic);
    expect(again).toEqual([]);
  }, 60_000);

  it('unsubscribes what left the federation file', async () => {
    const { callback } = await subscribed(topicOf('dau-muc'));
    await gateway.kill('SIGTERM');
    const port = Number(new URL(gateway.url).port);
    const without = config()
      .split('\n')
      .filter(line => !line.includes('id: dau-muc,'))
      .join('\n');
    gateway = await runGateway({ config: without, dataDir: place.dataDirs[1], env: place.env, port });
    const left = await until(
      'the unsubscription',
      async () => hub.of('unsubscribe').find(one => one.callback === callback && one.verified),
      60_000,
    );
    expect(left.verified?.body).toBe('the challenge');
  }, 150_000);
}
