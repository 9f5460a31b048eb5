import { randomBytes } from 'node:crypto';
import type { LookupAddress } from 'node:dns';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { closeAll, openFetch, openSite, openSocket, textOf } from './sample-site.ts';

afterEach(closeAll);

const OK = 'HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\n';

describe('a site that misbehaves on the wire', () => {
  it.each([
    ['cuts a body of known length', `${OK}content-length: 1000\r\n\r\n<rss>`, 'body'],
    ['cuts a chunked body', `${OK}transfer-encoding: chunked\r\n\r\n5\r\n<rss>\r\n`, 'body'],
    ['cuts the headers', 'HTTP/1.1 200 OK\r\ncontent-ty', 'headers'],
    ['says nothing and hangs up', '', 'headers'],
  ])('%s: CONNECT_FAILED, never a short document', async (_, bytes, stage) => {
    const site = await openSocket(socket => socket.end(bytes));
    const { forSource, rows } = openFetch();
    await expect(forSource('a/b')({ url: site.origin })).rejects.toMatchObject({
      code: 'CONNECT_FAILED',
      data: { stage, host: `127.0.0.1:${site.port}` },
    });
    expect(rows.at(-1)?.outcome).toBe('CONNECT_FAILED');
  });

  it.each([
    ['never answers', '', 'headers'],
    ['never ends its headers', 'HTTP/1.1 200 OK\r\nx: y\r\n', 'headers'],
    ['never ends its body', `${OK}content-length: 1000\r\n\r\n<rss>`, 'body'],
  ])('%s: TIMED_OUT', async (_, bytes, stage) => {
    const site = await openSocket(socket => socket.write(bytes));
    const started = Date.now();
    await expect(openFetch({ timeout: 400 }).forSource('a/b')({ url: site.origin })).rejects.toMatchObject({
      code: 'TIMED_OUT',
      data: { stage },
    });
    expect(Date.now() - started).toBeLessThan(1_500);
  });

  it.each([
    ['headers', 'HTTP/1.1 200 OK\r\n', 'x: y\r\n'],
    ['body', `${OK}content-length: 100000\r\n\r\n`, ' '],
  ])('drips its %s: the time for the whole ends it', async (stage, start, drip) => {
    const site = await openSocket(socket => {
      socket.write(start);
      const timer = setInterval(() => socket.write(drip), 20);
      socket.once('close', () => clearInterval(timer));
    });
    await expect(openFetch({ timeout: 500 }).forSource('a/b')({ url: site.origin })).rejects.toMatchObject({
      code: 'TIMED_OUT',
      data: { stage },
    });
  });

  it('never ends the body of a redirect: its target is read all the same', async () => {
    const site = await openSocket(socket => {
      if (site.asked.at(-1)?.startsWith('GET /next')) socket.end(`${OK}content-length: 2\r\n\r\nok`);
      else socket.write('HTTP/1.1 302 Found\r\nlocation: /next\r\ncontent-length: 9\r\n\r\n');
    });
    expect(textOf(await openFetch({ timeout: 5_000 }).forSource('a/b')({ url: site.origin }))).toBe('ok');
  });

  it.each([
    ['is not HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['sends headers without end', `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(40_000)}\r\n`],
  ])('%s: SITE_UNEXPECTED', async (_, bytes) => {
    const site = await openSocket(socket => socket.end(bytes));
    await expect(openFetch().forSource('a/b')({ url: site.origin })).rejects.toMatchObject({
      code: 'SITE_UNEXPECTED',
    });
  });

  it('closed its port: CONNECT_FAILED, and it was knocked at once', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise(done => server.once('listening', done));
    const { port } = server.address() as AddressInfo;
    await new Promise(done => server.close(done));
    const { forSource, rows } = openFetch();
    await expect(forSource('a/b')({ url: `http://127.0.0.1:${port}/feed` })).rejects.toMatchObject({
      code: 'CONNECT_FAILED',
      data: { stage: 'connect', reason: 'ECONNREFUSED' },
    });
    expect(rows).toHaveLength(1);
  });

  it('takes the connection but never shakes hands: TIMED_OUT', async () => {
    const site = await openSocket(() => {});
    const fetching = openFetch({ timeout: 600 }).forSource('a/b')({ url: `https://127.0.0.1:${site.port}/` });
    await expect(fetching).rejects.toMatchObject({ code: 'TIMED_OUT' });
  });

  it('has a name nobody knows: DNS_FAILED', async () => {
    const resolve = (_: string, done: (error: Error, found: LookupAddress[]) => void) =>
      done(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), []);
    const { forSource, rows } = openFetch({}, { resolve });
    await expect(forSource('a/b')({ url: 'http://khong-co.example/' })).rejects.toMatchObject({
      code: 'DNS_FAILED',
    });
    expect(rows).toHaveLength(1);
  });
});

describe('a site that sends too much', () => {
  const zeros = Buffer.alloc(64 * 1024 * 1024);
  const brotli = (bytes: Uint8Array) =>
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } });
  it.each([
    ['gzip', gzipSync(zeros)],
    ['deflate', deflateSync(zeros)],
    ['br', brotli(zeros)],
    ['gzip, gzip', gzipSync(gzipSync(zeros))],
    ['br, gzip', gzipSync(brotli(zeros))],
    ['gzip, br, gzip', gzipSync(brotli(gzipSync(zeros)))],
  ])('%s bomb: RESPONSE_TOO_LARGE long before it is unpacked', async (encoding, bomb) => {
    const site = await openSite((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bomb),
    );
    await expect(
      openFetch({ maxBytes: 32 * 1024 * 1024 }).forSource('a/b')({ url: site.origin }),
    ).rejects.toMatchObject({
      code: 'RESPONSE_TOO_LARGE',
    });
  });

  it('a repetitive document under a mebibyte is no bomb', async () => {
    const text = ' '.repeat(1_000_000);
    const site = await openSite((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(text)),
    );
    expect((await openFetch().forSource('a/b')({ url: site.origin })).body).toHaveLength(text.length);
  });

  it.each([
    ['says so', true],
    ['does not say so', false],
  ])('plain bytes over the bound, and %s', async (_, told) => {
    const body = randomBytes(300_000);
    const site = await openSite((_request, response) => {
      if (told) response.setHeader('content-length', body.length);
      response.write(body.subarray(0, 1_000));
      response.end(body.subarray(1_000));
    });
    const { forSource, rows } = openFetch({ maxBytes: 200_000 });
    const fetch = forSource('a/b');
    await expect(fetch({ url: site.origin })).rejects.toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
    await expect(fetch({ url: site.origin, maxBytes: 2_000_000 })).rejects.toMatchObject({
      code: 'RESPONSE_TOO_LARGE',
    });
    if (told) expect(rows.at(-1)?.bytes).toBe(0);
  });

  it('never ends: cut at the bound', async () => {
    const site = await openSite((_, response) => {
      const write = () => {
        while (response.write(Buffer.alloc(65_536, 0x20)));
        response.once('drain', write);
      };
      write();
    });
    await expect(openFetch().forSource('a/b')({ url: site.origin })).rejects.toMatchObject({
      code: 'RESPONSE_TOO_LARGE',
    });
  });

  it.each([
    ['gzip', gzipSync('<rss/>').subarray(0, 20)],
    ['gzip', Buffer.concat([gzipSync('<rss/>').subarray(0, 12), randomBytes(40)])],
    ['br', Buffer.from([0x91, 0xff, 0xff, 0xff, 0x91, 0xff, 0xff])],
    ['compress', Buffer.from([0x1f, 0x9d, 0x90, 0x01])],
    ['gzip, gzip, gzip, gzip', gzipSync('<rss/>')],
  ])('%s that is broken: ENCODING_BROKEN', async (encoding, body) => {
    const site = await openSite((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(body),
    );
    await expect(openFetch().forSource('a/b')({ url: site.origin })).rejects.toMatchObject({
      code: 'ENCODING_BROKEN',
    });
  });
});

describe('a way inside', () => {
  const closed = { allowNetworks: [] };

  it.each([
    '127.0.0.1',
    '[::1]',
    '169.254.169.254',
    '0x7f.1',
    '2130706433',
    '0177.0.0.1',
    '[::ffff:127.0.0.1]',
    'localhost',
    '[64:ff9b::7f00:1]',
    '0',
  ])('by a redirect to %s', async host => {
    const inside = await openSite((_, response) => response.end('secret'));
    const site = await openSite((_, response) =>
      response.writeHead(302, { location: `http://${host}:${inside.port}/secret` }).end(),
    );
    const { forSource } = openFetch({ allowNetworks: [`127.0.0.1:${site.port}`] });
    await expect(forSource('a/b')({ url: site.origin })).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
    expect(inside.asked).toEqual([]);
  });

  it.each([
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    'data:text/plain,x',
    'http://example.org:22/',
    'http://127.0.0.1:25/',
  ])('by a redirect to %s', async location => {
    const site = await openSite((_, response) => response.writeHead(301, { location }).end());
    await expect(openFetch().forSource('a/b')({ url: site.origin })).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
    });
  });

  it('by robots.txt that redirects inside: not followed, and no rules', async () => {
    const inside = await openSite((_, response) => response.end('secret'), {
      robots: (_, r) => r.end('secret'),
    });
    const site = await openSite((_, response) => response.end('ok'), {
      robots: (_, response) => response.writeHead(302, { location: `${inside.origin}/robots.txt` }).end(),
    });
    const { forSource } = openFetch({ allowNetworks: [`127.0.0.1:${site.port}`] });
    expect(textOf(await forSource('a/b')({ url: site.origin }))).toBe('ok');
    expect(inside.asked).toEqual([]);
  });

  it('by a name that resolves inside', async () => {
    const site = await openSite((_, response) => response.end('secret'));
    const resolve = (_: string, done: (error: null, found: LookupAddress[]) => void) =>
      done(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ]);
    const { forSource } = openFetch(closed, { resolve });
    await expect(forSource('a/b')({ url: `http://evil.example:${site.port}/` })).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
    });
    expect(site.asked).toEqual([]);
  });

  it('by a name that resolves outside first and inside later (rebinding)', async () => {
    const inside = await openSite((_, response) => response.end('secret'));
    // 127.0.0.2 plays the public address, because it is the one that is allowed here.
    const outside = await openSite(
      (_, response) => response.writeHead(200, { connection: 'close' }).end('public'),
      {
        host: '127.0.0.2',
        robots: (_, response) => response.writeHead(404, { connection: 'close' }).end(),
      },
    );
    let asked = 0;
    const resolve = (_: string, done: (error: null, found: LookupAddress[]) => void) => {
      asked += 1;
      done(null, [{ address: asked <= 2 ? '127.0.0.2' : '127.0.0.1', family: 4 }]);
    };
    const { forSource } = openFetch({ allowNetworks: ['127.0.0.2'] }, { resolve });
    const fetch = forSource('a/b');
    expect(textOf(await fetch({ url: `http://evil.example:${outside.port}/` }))).toBe('public');
    await expect(fetch({ url: `http://evil.example:${outside.port}/again` })).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
    });
    expect([asked, inside.asked]).toEqual([3, []]);
  });

  it('by a name with an address outside and one inside: only the one outside is tried', async () => {
    const outside = await openSite((_, response) => response.end('public'), { host: '127.0.0.2' });
    const resolve = (_: string, done: (error: null, found: LookupAddress[]) => void) =>
      done(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '127.0.0.2', family: 4 },
      ]);
    const { forSource } = openFetch({ allowNetworks: ['127.0.0.2'] }, { resolve });
    expect(textOf(await forSource('a/b')({ url: `http://evil.example:${outside.port}/` }))).toBe('public');
  });
});
