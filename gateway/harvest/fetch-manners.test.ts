import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { closeAll, type Handler, openFetch, openSite, textOf } from './sample-site.ts';

afterEach(closeAll);

const ok: Handler = (_, response) => response.end('ok');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A clock that stands until it is put forward. */
function standing(): { now: () => number; pass: (milliseconds: number) => void } {
  let at = Date.UTC(2026, 10, 23);
  return {
    now: () => at,
    pass: milliseconds => {
      at += milliseconds;
    },
  };
}

describe('robots.txt', () => {
  const robots =
    (text: string): Handler =>
    (_, response) =>
      response.end(text);

  it('is asked once a day for a host and port, whoever asks', async () => {
    const site = await openSite(ok, { robots: robots('User-agent: *\nDisallow: /cms/') });
    const clock = standing();
    const { forSource, rows } = openFetch({}, clock);
    await Promise.all(
      ['a/1', 'a/2', 'b/3'].map(source => forSource(source)({ url: `${site.origin}/${source}` })),
    );
    clock.pass(DAY - MINUTE);
    await forSource('a/1')({ url: `${site.origin}/late` });
    expect(site.asked.filter(line => line.includes('robots'))).toHaveLength(1);
    clock.pass(2 * MINUTE);
    await forSource('a/1')({ url: `${site.origin}/next-day` });
    expect(site.asked.filter(line => line.includes('robots'))).toHaveLength(2);
    expect(rows.filter(({ url }) => url.endsWith('/robots.txt'))).toHaveLength(2);
  });

  it('refuses with the time until it is asked again, and the page is not asked', async () => {
    const site = await openSite(ok, { robots: robots('User-agent: LienThong\nDisallow: /wp-json/') });
    const clock = standing();
    const fetch = openFetch({}, clock).forSource('a/b');
    await fetch({ url: `${site.origin}/feed` });
    clock.pass(60 * MINUTE);
    const post = { url: `${site.origin}/wp-json/wp/v2/posts?key=k`, method: 'POST', body: '{}' } as const;
    await expect(fetch(post)).rejects.toMatchObject({
      code: 'ROBOTS_REFUSED',
      data: { retryAfter: DAY - 60 * MINUTE, url: `${site.origin}/wp-json/wp/v2/posts?key=***` },
    });
    expect(site.asked).toEqual(['GET /robots.txt', 'GET /feed']);
  });

  it('is obeyed on the way of a redirect too', async () => {
    const target = await openSite(ok, { robots: robots('User-agent: *\nDisallow: /') });
    const site = await openSite((_, response) =>
      response.writeHead(302, { location: `${target.origin}/x` }).end(),
    );
    await expect(openFetch().forSource('a/b')({ url: site.origin })).rejects.toMatchObject({
      code: 'ROBOTS_REFUSED',
    });
    expect(target.asked).toEqual(['GET /robots.txt']);
  });

  it.each<[string, Handler]>([
    ['404', (_, response) => response.writeHead(404).end('User-agent: *\nDisallow: /')],
    ['403', (_, response) => response.writeHead(403).end('User-agent: *\nDisallow: /')],
    ['an HTML page', (_, response) => response.end('<html><p>Disallow: /</p></html>')],
    ['no end', (_, response) => response.write('User-agent: *')],
    ['a redirect in circles', (_, response) => response.writeHead(302, { location: '/robots.txt' }).end()],
    [
      'something broken',
      (_, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('\x91\xff\xff\xff'),
    ],
    ['500', (_, response) => response.writeHead(500).end()],
    ['503', (_, response) => response.writeHead(503).end()],
  ])('of %s, when none is known, allows', async (_, handler) => {
    const site = await openSite(ok, { robots: handler });
    const fetch = openFetch({ timeout: 500 }).forSource('a/b');
    for (const path of ['/1', '/2']) expect(textOf(await fetch({ url: `${site.origin}${path}` }))).toBe('ok');
    expect(site.asked.filter(line => line === 'GET /1' || line === 'GET /2')).toHaveLength(2);
  });

  it('of 5xx leaves what was known, from the shared cache too; 404 takes it away', async () => {
    let status = 200;
    const site = await openSite(ok, {
      robots: (_, response) => response.writeHead(status).end('User-agent: *\nDisallow: /no'),
    });
    const kept = new Map<string, unknown>();
    const cache = {
      get: async (key: string) => kept.get(key),
      set: async (key: string, value: unknown) => kept.set(key, value),
    };
    const clock = standing();
    const ask = () => openFetch({}, { ...clock, cache }).forSource('a/b')({ url: `${site.origin}/no` });
    await expect(ask()).rejects.toMatchObject({ code: 'ROBOTS_REFUSED' });
    clock.pass(DAY + 1);
    status = 503;
    await expect(ask()).rejects.toMatchObject({ code: 'ROBOTS_REFUSED' });
    clock.pass(DAY + 1);
    status = 404;
    expect(textOf(await ask())).toBe('ok');
    expect(site.asked.filter(line => line.includes('robots'))).toHaveLength(3);
  });

  it('spaces requests by Crawl-delay', async () => {
    const times: number[] = [];
    const site = await openSite(
      (_, response) => {
        times.push(performance.now());
        response.end('ok');
      },
      { robots: robots('User-agent: *\nCrawl-delay: 0.3') },
    );
    const fetch = openFetch().forSource('a/b');
    await Promise.all(['/1', '/2', '/3'].map(path => fetch({ url: `${site.origin}${path}` })));
    const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThan(250);
  });
});

describe('a host', () => {
  it('gets at most so many requests at a time, and another port is another host', async () => {
    const counts = { now: 0, most: 0 };
    const slow: Handler = (_, response) => {
      counts.now += 1;
      counts.most = Math.max(counts.most, counts.now);
      setTimeout(() => {
        counts.now -= 1;
        response.end('ok');
      }, 50);
    };
    const site = await openSite(slow);
    const fetch = openFetch({ perHost: { concurrency: 3 } }).forSource('a/b');
    await Promise.all(Array.from({ length: 12 }, (_, n) => fetch({ url: `${site.origin}/${n}` })));
    expect(counts).toEqual({ now: 0, most: 3 });
    const other = await openSite(slow);
    await Promise.all(
      [site, other].flatMap(({ origin }) =>
        Array.from({ length: 6 }, (_, n) => fetch({ url: `${origin}/${n}` })),
      ),
    );
    expect(counts).toEqual({ now: 0, most: 6 });
  });

  it('lets the next in when one that waits gives up', async () => {
    const site = await openSite((_, response) => setTimeout(() => response.end('ok'), 100));
    const fetch = openFetch({ perHost: { concurrency: 1 } }).forSource('a/b');
    const stop = new AbortController();
    const first = fetch({ url: `${site.origin}/1` });
    const second = fetch({ url: `${site.origin}/2` }, stop.signal);
    const third = fetch({ url: `${site.origin}/3` });
    setTimeout(() => stop.abort(), 20);
    await expect(second).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect([textOf(await first), textOf(await third)]).toEqual(['ok', 'ok']);
    expect(site.asked).toEqual(['GET /robots.txt', 'GET /1', 'GET /3']);
  });

  it.each([
    [429, '120', 'SITE_RATE_LIMITED', 120_000],
    [503, '120', 'SITE_FAILED', 120_000],
    [500, '120', 'SITE_FAILED', 120_000],
    [429, 'Mon, 23 Nov 2026 07:02:00 GMT', 'SITE_RATE_LIMITED', 120_000],
    [429, '99999999999', 'SITE_RATE_LIMITED', DAY],
    [429, undefined, 'SITE_RATE_LIMITED', 30_000],
    [503, 'soon', 'SITE_FAILED', 30_000],
  ])('that answers %s with Retry-After %s is left alone by everybody', async (status, header, code, wait) => {
    const site = await openSite((request, response) => {
      if (request.url !== '/busy') return void response.end('ok');
      // Its clock is seven hours off: a date in Retry-After is by that clock.
      response.setHeader('date', 'Mon, 23 Nov 2026 07:00:00 GMT');
      if (header) response.setHeader('retry-after', header);
      response.writeHead(status).end();
    });
    const clock = standing();
    const { forSource, rows } = openFetch({}, { ...clock, random: () => 0 });
    await expect(forSource('a/b')({ url: `${site.origin}/busy` })).rejects.toMatchObject({
      code,
      data: { status, retryAfter: wait },
    });
    clock.pass(wait - 10_000);
    await expect(forSource('c/d')({ url: `${site.origin}/other` })).rejects.toMatchObject({
      code,
      data: { retryAfter: 10_000, asked: false },
    });
    expect(site.asked).toEqual(['GET /robots.txt', 'GET /busy']);
    expect(rows).toHaveLength(2);
    clock.pass(10_000);
    expect(textOf(await forSource('c/d')({ url: `${site.origin}/other` }))).toBe('ok');
  });

  it('is waited for when its time is nearly over', async () => {
    let asked = 0;
    const site = await openSite((_, response) => {
      asked += 1;
      if (asked === 1) response.writeHead(429, { 'retry-after': '1' }).end();
      else response.end('ok');
    });
    const fetch = openFetch().forSource('a/b');
    await expect(fetch({ url: site.origin })).rejects.toMatchObject({ code: 'SITE_RATE_LIMITED' });
    const started = performance.now();
    expect(textOf(await fetch({ url: site.origin }))).toBe('ok');
    expect(performance.now() - started).toBeGreaterThan(800);
  });

  it('that fails five times is left alone, tried by one, and taken back', async () => {
    let ill = true;
    const site = await openSite((_, response) => response.writeHead(ill ? 500 : 200).end('ok'));
    const clock = standing();
    const { forSource, said } = openFetch({}, { ...clock, random: () => 0 });
    const ask = () => forSource('a/b')({ url: site.origin });
    for (let n = 0; n < 5; n += 1) await expect(ask()).rejects.toMatchObject({ code: 'SITE_FAILED' });
    await expect(ask()).rejects.toMatchObject({
      code: 'CIRCUIT_OPEN',
      data: { retryAfter: 30_000, asked: false },
    });
    expect(site.asked).toHaveLength(6);

    clock.pass(30_000);
    const probes = await Promise.allSettled([ask(), ask(), ask()]);
    const codes = probes.map(probe => (probe.status === 'rejected' ? probe.reason.code : 'ok'));
    expect(codes.toSorted()).toEqual(['CIRCUIT_OPEN', 'CIRCUIT_OPEN', 'SITE_FAILED']);
    expect(site.asked).toHaveLength(7);
    await expect(ask()).rejects.toMatchObject({ code: 'CIRCUIT_OPEN', data: { retryAfter: 60_000 } });

    clock.pass(60_000);
    ill = false;
    expect(textOf(await ask())).toBe('ok');
    expect((await Promise.all([ask(), ask()])).map(textOf)).toEqual(['ok', 'ok']);
    expect(said.map(message => message.replace(/^\S+ /, ''))).toEqual([
      'lỗi 5 lần liên tiếp: tạm ngừng truy cập 30 giây rồi thử lại.',
      'lỗi 6 lần liên tiếp: tạm ngừng truy cập 60 giây rồi thử lại.',
      'đã trả lời lại.',
    ]);
  });

  it('that is down is one too', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise(done => server.once('listening', done));
    const { port } = server.address() as AddressInfo;
    await new Promise(done => server.close(done));
    const fetch = openFetch().forSource('a/b');
    const codes: string[] = [];
    for (let n = 0; n < 7; n += 1) {
      await fetch({ url: `http://127.0.0.1:${port}/` }).catch(({ code }) => codes.push(code));
    }
    expect(codes).toEqual([...new Array(5).fill('CONNECT_FAILED'), 'CIRCUIT_OPEN', 'CIRCUIT_OPEN']);
  });

  it('that says no is not ill', async () => {
    const site = await openSite((_, response) => response.writeHead(404).end());
    const fetch = openFetch().forSource('a/b');
    for (let n = 0; n < 8; n += 1) {
      await expect(fetch({ url: site.origin })).rejects.toMatchObject({ code: 'SITE_NOT_FOUND' });
    }
  });

  it('behind a robot check is told apart', async () => {
    const site = await openSite((_, response) =>
      response.writeHead(403, { 'cf-mitigated': 'challenge' }).end(),
    );
    const fetching = openFetch().forSource('a/b')({ url: site.origin, answers: [403] });
    await expect(fetching).rejects.toMatchObject({ code: 'ROBOT_CHECK', data: { status: 403 } });
  });
});
