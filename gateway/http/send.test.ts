import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, prepare } from '../publish/answer.ts';
import { sendAnswer } from './send.ts';

const BODY = 'Việc làm & tiền lương\n'.repeat(100);
const UPDATED = Date.UTC(2026, 10, 22, 1, 30, 0, 700);

let server: Server;
let answer: Answer;
let age: number | undefined;

beforeAll(async () => {
  answer = await prepare({
    mediaType: 'text/plain; charset=utf-8',
    body: BODY,
    updated: UPDATED,
    links: [{ rel: 'self', href: 'https://a.vn/x?a=1&b=2' }],
  });
  server = createServer((req, res) => sendAnswer(req, res, age === undefined ? { answer } : { answer, age }));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => new Promise(resolve => server.close(resolve)));

describe('sendAnswer', () => {
  it('sends the bytes with what caches and readers need', async () => {
    const { status, headers, body } = await ask({});
    expect(status).toBe(200);
    expect(body.toString()).toBe(BODY);
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': String(Buffer.byteLength(BODY)),
      'cache-control': 'public, max-age=60, stale-while-revalidate=120, stale-if-error=600',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      'last-modified': 'Sun, 22 Nov 2026 01:30:00 GMT',
      vary: 'Accept-Encoding',
      link: '<https://a.vn/x?a=1&b=2>; rel="self"',
      etag: answer.etag,
    });
  });

  it.each([
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['br;q=0.1, gzip', 'gzip'],
    ['br;q=0, gzip;q=0', undefined],
    ['*', 'br'],
    ['gzip;q=x', undefined],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
  ])('Accept-Encoding: %s → %s', async (accepted, encoding) => {
    const { headers, body } = await ask(accepted === undefined ? {} : { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(encoding);
    const plain = encoding === 'br' ? brotliDecompressSync(body) : encoding ? gunzipSync(body) : body;
    expect(plain.toString()).toBe(BODY);
  });

  it('answers HEAD with the same headers and no body', async () => {
    const [get, head] = [await ask({}), await ask({}, 'HEAD')];
    expect(head.body).toHaveLength(0);
    expect({ ...head.headers, date: '' }).toEqual({ ...get.headers, date: '' });
  });

  it.each<[string, Record<string, string>, number]>([
    ['the tag', { 'if-none-match': '{etag}' }, 304],
    ['the tag, made strong', { 'if-none-match': '{strong}' }, 304],
    ['a list with it', { 'if-none-match': '"a", {etag} ,"b"' }, 304],
    ['anything', { 'if-none-match': '*' }, 304],
    ['another tag', { 'if-none-match': '"a"' }, 200],
    [
      'another tag beside a good date',
      { 'if-none-match': '"a"', 'if-modified-since': 'Mon, 23 Nov 2026 00:00:00 GMT' },
      200,
    ],
    ['the date', { 'if-modified-since': 'Sun, 22 Nov 2026 01:30:00 GMT' }, 304],
    ['an older date', { 'if-modified-since': 'Sun, 22 Nov 2026 01:29:59 GMT' }, 200],
    ['no date', { 'if-modified-since': 'yesterday' }, 200],
  ])('%s', async (_, conditions, expected) => {
    const headers = Object.fromEntries(
      Object.entries(conditions).map(([name, value]) => [
        name,
        value.replace('{etag}', answer.etag).replace('{strong}', answer.etag.slice(2)),
      ]),
    );
    const { status, body, headers: given } = await ask(headers);
    expect(status).toBe(expected);
    expect(body.length > 0).toBe(expected === 200);
    expect(given.etag).toBe(answer.etag);
  });

  it('gives out a second that still runs as the one before, so that its date alone misses nothing', async () => {
    const kept = answer;
    answer = { ...kept, updated: Date.now() + 5_000 };
    const first = await ask({});
    const again = await ask({ 'if-modified-since': first.headers['last-modified'] ?? '' });
    answer = kept;
    expect(Date.parse(first.headers['last-modified'] ?? '')).toBeLessThan(Date.now());
    expect(again.status).toBe(200);
  });

  it('marks an answer that the store does not stand behind any more', async () => {
    age = 61_500;
    const { headers } = await ask({});
    age = undefined;
    expect(headers).toMatchObject({ age: '62', warning: expect.stringContaining('110') });
    expect(headers['cache-control']).not.toContain('stale-if-error');
  });
});

interface Reply {
  readonly status: number | undefined;
  readonly headers: Record<string, string | undefined>;
  readonly body: Buffer;
}

/** Not fetch: that asks for encodings and decodes them by itself. */
function ask(headers: Record<string, string>, method = 'GET'): Promise<Reply> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const asked = request({ port, method, headers, host: '127.0.0.1', agent: false }, res => {
      const parts: Buffer[] = [];
      res.on('data', part => parts.push(part));
      res.on('end', () =>
        resolve({
          status: res.statusCode,
          headers: res.headers as Record<string, string | undefined>,
          body: Buffer.concat(parts),
        }),
      );
    });
    asked.on('error', reject).end();
  });
}
