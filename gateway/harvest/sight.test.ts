import { afterEach, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { toWindows1258 } from '../../schemas/formats/windows-1258.example.ts';
import type { PageMarks } from './page-marks.ts';
import { closeAll, type Handler, openFetch, openSite } from './sample-site.ts';
import { type Look, lookAt } from './sight.ts';

afterEach(closeAll);

const MINUTE = 60_000;
const PAGE = `<html><article>${'Nội dung bài viết. '.repeat(500)}</article></html>`;

async function look(
  handler: Handler,
  { robots, earlier, now = 0 }: { robots?: Handler; earlier?: Look; now?: number } = {},
) {
  const site = await openSite(handler, robots ? { robots } : {});
  const fetch = openFetch({ timeout: 800 }).forSource('a/b');
  const found = await lookAt(`${site.origin}/tin/1.html`, { fetch, now: () => now }, earlier);
  return { ...found, asked: site.asked.slice(1).map(line => line.split(' ')[0]) };
}

const status =
  (code: number, headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    response.writeHead(code, headers).end();

describe('a look at an item’s page', () => {
  it.each<[string, Handler, string, string, string[]]>([
    ['a page', (_, response) => response.end(PAGE), 'present', 'answered', ['HEAD']],
    ['410', status(410), 'gone', 'gone', ['HEAD', 'GET']],
    ['404', status(404), 'doubt', 'not-found', ['HEAD', 'GET']],
    ['401', status(401), 'doubt', 'unanswered', ['HEAD', 'GET']],
    ['403', status(403), 'doubt', 'unanswered', ['HEAD', 'GET']],
    ['429', status(429), 'doubt', 'unanswered', ['HEAD']],
    ['500', status(500), 'doubt', 'unanswered', ['HEAD', 'GET']],
    ['503', status(503), 'doubt', 'unanswered', ['HEAD']],
    ['no answer', () => {}, 'doubt', 'unanswered', ['HEAD']],
    ['a robot check', status(403, { 'cf-mitigated': 'challenge' }), 'doubt', 'robot-check', ['HEAD']],
    [
      'HEAD that is not allowed',
      (request, response) => response.writeHead(request.method === 'HEAD' ? 405 : 200).end(PAGE),
      'present',
      'answered',
      ['HEAD', 'GET'],
    ],
    [
      'HEAD that says 404 and GET a page',
      (request, response) => response.writeHead(request.method === 'HEAD' ? 404 : 200).end(PAGE),
      'present',
      'answered',
      ['HEAD', 'GET'],
    ],
    [
      'GET that gives a robot check',
      (request, response) => {
        if (request.method === 'HEAD') response.writeHead(405).end();
        else response.end('<html><script src="/cdn-cgi/challenge-platform/h/b"></script></html>');
      },
      'doubt',
      'robot-check',
      ['HEAD', 'GET'],
    ],
    [
      'a page larger than we want to read',
      (request, response) => {
        if (request.method === 'HEAD') response.writeHead(405).end();
        else response.end(Buffer.alloc(2_000_000, 0x20));
      },
      'present',
      'answered',
      ['HEAD', 'GET'],
    ],
    [
      'a redirect to the front page',
      (request, response) => {
        if (request.url === '/') response.end(PAGE);
        else response.writeHead(302, { location: '/' }).end();
      },
      'doubt',
      'moved-home',
      ['HEAD', 'HEAD'],
    ],
    [
      'a redirect to another page',
      (request, response) => {
        if (request.url === '/tin/1-moi.html') response.end(PAGE);
        else response.writeHead(301, { location: '/tin/1-moi.html' }).end();
      },
      'present',
      'answered',
      ['HEAD', 'HEAD'],
    ],
  ])('%s: %s', async (_, handler, sight, because, asked) => {
    expect(await look(handler)).toMatchObject({ sight, because, asked });
  });

  it('that robots.txt forbids decides nothing', async () => {
    const robots: Handler = (_, response) => response.end('User-agent: *\nDisallow: /');
    expect(await look(status(404), { robots })).toMatchObject({
      sight: 'doubt',
      code: 'ROBOTS_REFUSED',
      asked: [],
    });
  });
});

describe('404 twice', () => {
  const first: Look = { sight: 'doubt', because: 'not-found', at: 0, confirmAt: 10 * MINUTE };

  it('says when to look again', async () => {
    expect(await look(status(404), { now: 7 })).toMatchObject({
      sight: 'doubt',
      at: 7,
      confirmAt: 10 * MINUTE + 7,
    });
  });

  it.each<[string, Handler, Look, number, string]>([
    ['ten minutes later: gone', status(404), first, 10 * MINUTE, 'gone'],
    ['too early: still in doubt', status(404), first, 9 * MINUTE, 'doubt'],
    ['then back', (_, response) => response.end(PAGE), first, 10 * MINUTE, 'present'],
    [
      'after another kind of doubt: the first of two',
      status(404),
      { ...first, because: 'unanswered' },
      10 * MINUTE,
      'doubt',
    ],
  ])('%s', async (_, handler, earlier, now, sight) => {
    expect((await look(handler, { earlier, now })).sight).toBe(sight);
  });

  it('too early does not put the second look off', async () => {
    expect((await look(status(404), { earlier: first, now: 9 * MINUTE })).confirmAt).toBe(10 * MINUTE);
  });
});

describe('by the title on the page', () => {
  const title = 'Lễ trao giải thưởng việc làm bền vững';
  const marks = { title, siteName: 'Cục Mẫu', homepage: 'https://mau.example' };
  const frame = (inside: string) => `<html><title>Cục Mẫu</title><body>${inside} Cục Mẫu</body></html>`;

  async function sightOf(body: Uint8Array | string, type: string, more: Partial<PageMarks> = {}) {
    const site = await openSite((_, response) => response.writeHead(200, { 'content-type': type }).end(body));
    const fetch = openFetch({}).forSource('a/b');
    const seen = await lookAt(`${site.origin}/tin/1.html`, { fetch, now: () => 0 }, undefined, {
      ...marks,
      ...more,
    });
    return seen.because;
  }

  it.each([
    ['UTF-8', new TextEncoder().encode(frame(title)), 'text/html; charset=utf-8'],
    [
      'windows-1258, as its meta says',
      toWindows1258(`<meta charset="windows-1258">${frame(title)}`),
      'text/html',
    ],
    ['UTF-16', iconv.encode(frame(title), 'utf-16', { addBOM: true }), 'text/html'],
    [
      'the JSON of a single-page site',
      frame(
        `<script>s=${JSON.stringify({ title }).replace(/[^ -~]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}</script>`,
      ),
      'text/html; charset=utf-8',
    ],
  ])('it is there in %s', async (_name, body, type) => {
    expect(await sightOf(body, type)).toBe('answered');
  });

  it('it is there in an old charset that the source’s setting tells', async () => {
    const tcvn = Buffer.from('<html><title>LÔ trao gi¶i</title>', 'latin1');
    const more = { title: 'Lễ trao giải', legacyText: 'tcvn3' as const };
    expect(await sightOf(tcvn, 'text/html', more)).toBe('answered');
    expect(await sightOf(tcvn, 'text/html', { title: 'Lễ trao giải' })).toBe('different');
  });

  it('a document that answers is there; a page in its place that says otherwise is not', async () => {
    expect(await sightOf('%PDF-1.7', 'application/pdf')).toBe('answered');
    expect(await sightOf(frame('<h1>Bài viết không tồn tại</h1>'), 'text/html; charset=utf-8')).toBe(
      'said-gone',
    );
  });
});
