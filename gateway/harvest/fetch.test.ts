import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { sampleCertificate } from './sample-certificate.ts';
import { closeAll, openFetch, openSite, textOf } from './sample-site.ts';

afterEach(closeAll);

describe('a fetch', () => {
  it('gives the decoded body, the validators and the freshness, and writes every request down', async () => {
    const site = await openSite((request, response) => {
      if (request.headers['if-none-match'] === '"1"') return void response.writeHead(304).end();
      const headers = { 'content-encoding': 'gzip', etag: '"1"', 'cache-control': 'max-age=60' };
      response.writeHead(200, headers).end(gzipSync('<rss/>'));
    });
    const { forSource, rows } = openFetch();
    const fetch = forSource('a/b');
    const first = await fetch({ url: `${site.origin}/feed?token=geheim#top` });
    expect(textOf(first)).toBe('<rss/>');
    expect(first).toMatchObject({
      status: 200,
      notModified: false,
      validators: { etag: '"1"' },
      maxAge: 60_000,
    });
    const second = await fetch({ url: `${site.origin}/feed`, validators: first.validators });
    expect(second).toMatchObject({ status: 304, notModified: true, validators: { etag: '"1"' } });
    expect(second.body).toHaveLength(0);
    expect(rows.map(({ source, url, outcome }) => [source, url.slice(site.origin.length), outcome])).toEqual([
      ['a/b', '/robots.txt', '404'],
      ['a/b', '/feed?token=***', '200'],
      ['a/b', '/feed', '304'],
    ]);
    expect(rows[1]).toMatchObject({ bytes: gzipSync('<rss/>').length, method: 'GET', notModified: false });
    expect(rows[2]).toMatchObject({ notModified: true, host: `127.0.0.1:${site.port}` });
  });

  it('says who asks, and sends the conditions and headers it was given', async () => {
    const seen: Record<string, unknown>[] = [];
    const site = await openSite((request, response) => {
      seen.push({ method: request.method, ...request.headers });
      response.end('ok');
    });
    const lastModified = 'Sun, 22 Nov 2026 08:30:00 GMT';
    await openFetch().forSource('a/b')({
      url: `http://minh:m%E1%BA%ADt@127.0.0.1:${site.port}/`,
      headers: { Accept: 'application/json', Host: 'elsewhere', Connection: 'close' },
      validators: { etag: 'W/"2"', lastModified },
    });
    expect(seen).toEqual([
      expect.objectContaining({
        method: 'GET',
        host: `127.0.0.1:${site.port}`,
        'user-agent': 'LienThong/0.1 (+https://example.org)',
        accept: 'application/json',
        'accept-encoding': 'gzip, deflate, br',
        'if-none-match': 'W/"2"',
        'if-modified-since': lastModified,
        authorization: `Basic ${Buffer.from('minh:mật').toString('base64')}`,
      }),
    ]);
  });

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['zstd', zstdCompressSync],
    ['identity', (text: string) => Buffer.from(text)],
    ['gzip', (text: string) => Buffer.from(text)],
    ['', gzipSync],
  ])('unpacks %s', async (encoding, pack) => {
    const text = `<rss>${'Tin tức. '.repeat(2_000)}</rss>`;
    const site = await openSite((_, response) => {
      response.writeHead(200, encoding ? { 'content-encoding': encoding } : {}).end(pack(text));
    });
    expect(textOf(await openFetch().forSource('a/b')({ url: site.origin }))).toBe(text);
  });

  it.each([
    [401, 'SITE_UNAUTHORISED'],
    [403, 'SITE_FORBIDDEN'],
    [404, 'SITE_NOT_FOUND'],
    [410, 'SITE_GONE'],
    [418, 'SITE_UNEXPECTED'],
    [304, 'SITE_UNEXPECTED'],
    [302, 'SITE_UNEXPECTED'],
    [500, 'SITE_FAILED'],
    [502, 'SITE_FAILED'],
  ])('%s is %s, unless it is an answer here', async (status, code) => {
    const site = await openSite((_, response) => {
      response.writeHead(status).end(status === 304 ? undefined : 'body');
    });
    const fetch = openFetch().forSource('a/b');
    await expect(fetch({ url: `${site.origin}/?key=k` })).rejects.toMatchObject({
      code,
      data: { status, url: `${site.origin}/?key=***`, vi: expect.any(String) },
    });
    if (status === 304) return;
    const answered = await fetch({ url: site.origin, answers: [status] });
    expect([answered.status, textOf(answered)]).toEqual([status, 'body']);
  });

  it('keeps the answers of HEAD and 204 without a body', async () => {
    const site = await openSite((request, response) => {
      response.writeHead(request.method === 'HEAD' ? 200 : 204, { 'content-encoding': 'gzip' }).end();
    });
    const fetch = openFetch().forSource('a/b');
    expect(await fetch({ url: site.origin, method: 'HEAD' })).toMatchObject({
      status: 200,
      body: new Uint8Array(),
    });
    expect((await fetch({ url: site.origin })).body).toHaveLength(0);
  });

  it('gives up when it is told to, without blaming the host', async () => {
    const site = await openSite(() => {});
    const { forSource, rows } = openFetch();
    const stop = new AbortController();
    const fetching = forSource('a/b')({ url: site.origin }, stop.signal);
    setTimeout(() => stop.abort(), 100);
    await expect(fetching).rejects.toMatchObject({ code: 'UNAVAILABLE', data: { aborted: true } });
    expect(rows.at(-1)?.outcome).toBe('UNAVAILABLE');
  });

  it('gives up on waiting for robots.txt too', async () => {
    const site = await openSite(() => {}, { robots: () => {} });
    const stop = new AbortController();
    const fetching = openFetch().forSource('a/b')({ url: site.origin }, stop.signal);
    setTimeout(() => stop.abort(), 100);
    const started = performance.now();
    await expect(fetching).rejects.toMatchObject({ code: 'UNAVAILABLE', data: { aborted: true } });
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  it('uses one connection for all that one place asks', async () => {
    const ports = new Set<number | undefined>();
    const site = await openSite((request, response) => {
      ports.add(request.socket.remotePort);
      response
        .writeHead(request.url === '/no' ? 404 : 200, { 'content-encoding': 'gzip' })
        .end(gzipSync('<rss/>'));
    });
    const fetch = openFetch({ perHost: { concurrency: 1 } }).forSource('a/b');
    for (const path of ['/1', '/2', '/no', '/3'])
      await fetch({ url: `${site.origin}${path}` }).catch(() => {});
    expect(ports.size).toBe(1);
  });

  it('after the end is refused, and what was running ends', async () => {
    const site = await openSite(() => {});
    const { forSource, close } = openFetch();
    const fetch = forSource('a/b');
    const running = fetch({ url: site.origin });
    setTimeout(close, 100);
    await expect(running).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(fetch({ url: `${site.origin}/again` })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it.each(['not an address', 'http://', ''])('%j is our own mistake', async url => {
    await expect(openFetch().forSource('a/b')({ url })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('a header that could smuggle another is our own mistake', async () => {
    const site = await openSite((_, response) => response.end());
    const request = { url: site.origin, headers: { 'X-Key': 'two\r\nHost: lines' } };
    await expect(openFetch().forSource('a/b')(request)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

describe('redirects', () => {
  it.each([
    [[301, 308], true],
    [[301, 302], false],
    [[307], false],
  ])('through %j: moved for good is %s', async (statuses, moved) => {
    const site = await openSite((request, response) => {
      const status = statuses[Number(request.url?.slice(1))];
      if (status === undefined) response.end('there');
      else response.writeHead(status, { location: `/${Number(request.url?.slice(1)) + 1}` }).end();
    });
    const there = `${site.origin}/${statuses.length}`;
    const answer = await openFetch().forSource('a/b')({ url: `${site.origin}/0` });
    expect([answer.url, answer.movedTo, textOf(answer)]).toEqual([there, moved ? there : undefined, 'there']);
  });

  it('reads a Location in raw UTF-8, and drops the name and password in it', async () => {
    const site = await openSite((request, response) => {
      if (request.url !== '/') return void response.end(`${request.url} ${request.headers.authorization}`);
      const location = `http://evil:pw@127.0.0.1:${site.port}/tin-tức`;
      response.writeHead(302, { location: Buffer.from(location).toString('latin1') }).end();
    });
    const answer = await openFetch().forSource('a/b')({ url: site.origin });
    expect(textOf(answer)).toBe(`${new URL('http://a/tin-tức').pathname} undefined`);
  });

  it('take no secrets to another host, and keep them on the same', async () => {
    const seen: Record<string, unknown>[] = [];
    const other = await openSite((request, response) => {
      seen.push(request.headers);
      response.end();
    });
    const site = await openSite((request, response) => {
      seen.push(request.headers);
      const location = request.url === '/' ? '/same' : `${other.origin}/`;
      response.writeHead(302, { location }).end();
    });
    const headers = { Authorization: 'Bearer x', Cookie: 'a=b', 'X-Api-Key': 'x', Accept: 'text/xml' };
    await openFetch().forSource('a/b')({ url: site.origin, headers, validators: { etag: '"e"' } });
    const secret = { authorization: 'Bearer x', cookie: 'a=b', 'x-api-key': 'x' };
    expect(seen.map(each => ({ ...secret, ...each })).length).toBe(3);
    expect(seen[1]).toMatchObject({ ...secret, accept: 'text/xml' });
    expect(seen[2]).toMatchObject({ accept: 'text/xml', 'if-none-match': '"e"' });
    for (const name of Object.keys(secret)) expect(seen[2]).not.toHaveProperty(name);
  });

  it.each([
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', '{"a":1}'],
    [308, 'POST', '{"a":1}'],
  ])('after %s a POST becomes %s', async (status, method, body) => {
    const site = await openSite((request, response) => {
      if (request.url === '/') return void response.writeHead(status, { location: '/next' }).end();
      let got = '';
      request.on('data', chunk => {
        got += chunk;
      });
      request.on('end', () => response.end(`${request.method} ${got}`));
    });
    const request = {
      url: site.origin,
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"a":1}',
    };
    const answer = await openFetch().forSource('a/b')({ ...request, method: 'POST' });
    expect(textOf(answer)).toBe(`${method} ${body}`);
  });

  it('end after five', async () => {
    const site = await openSite((request, response) => {
      response.writeHead(302, { location: `/${Number(request.url?.slice(1)) + 1}` }).end();
    });
    const fetching = openFetch().forSource('a/b')({ url: site.origin });
    await expect(fetching).rejects.toMatchObject({ code: 'REDIRECTS_TOO_MANY' });
    expect(site.asked).toEqual([
      'GET /robots.txt',
      'GET /',
      'GET /1',
      'GET /2',
      'GET /3',
      'GET /4',
      'GET /5',
    ]);
  });
});

describe('https', () => {
  const names = (_: string, done: (error: null, found: { address: string; family: number }[]) => void) =>
    done(null, [{ address: '127.0.0.1', family: 4 }]);

  it('is believed with a certificate that is trusted, and the way down to http is noted', async () => {
    const tls = sampleCertificate('bao.test');
    const plain = await openSite((_, response) => response.end('plain'));
    const site = await openSite(
      (_, response) => response.writeHead(302, { location: `http://bao.test:${plain.port}/` }).end(),
      { tls },
    );
    const { forSource, said } = openFetch({}, { resolve: names, ca: tls.cert });
    const answer = await forSource('a/b')({ url: `https://bao.test:${site.port}/` });
    expect(textOf(answer)).toBe('plain');
    expect(said.some(message => message.includes('từ https sang http'))).toBe(true);
  });

  it.each([
    ['of another name', 'other.test', {}, true],
    ['of nobody', 'bao.test', {}, false],
    ['that ran out', 'bao.test', { until: '210101000000Z' }, true],
  ])('is not, with a certificate %s', async (_, hostname, dates, trusted) => {
    const tls = sampleCertificate(hostname, dates);
    const site = await openSite((_request, response) => response.end('secret'), { tls });
    const { forSource } = openFetch({}, { resolve: names, ...(trusted ? { ca: tls.cert } : {}) });
    await expect(forSource('a/b')({ url: `https://bao.test:${site.port}/` })).rejects.toMatchObject({
      code: 'TLS_FAILED',
      data: { vi: expect.stringContaining('chứng thư') },
    });
    expect(site.asked).toEqual([]);
  });
});
