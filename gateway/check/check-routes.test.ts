import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { cleanSite, type Look } from '../e2e/clean-sites.ts';
import { checkTools, type MadeSite, openPool, planted, startMadeSite } from '../e2e/made-site.ts';
import { answerErrors } from '../http/error-answers.ts';
import { checkRoutes } from './check-routes.ts';
import type { CheckReport } from './report.ts';

const pool = openPool();
let site: MadeSite & { readonly cert: string };
let look: Look;
const servers: Server[] = [];

beforeAll(async () => {
  site = await startMadeSite('viec-lam.bo.gov.vn');
  look = { kind: 'unit', name: 'Cục Việc làm', origin: site.origin, now: Date.now() };
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
afterAll(async () => {
  await site.stop();
  await pool.close();
});

interface Refusal {
  readonly error: { readonly code: string };
}
type Limits = Partial<ReturnType<typeof checkTools>['federation']['check']>;

async function open(
  limits: Limits = {},
): Promise<(query: string, headers?: Record<string, string>) => Promise<Response>> {
  const tools = checkTools(pool, [site.cert]);
  const federation = { ...tools.federation, check: { ...tools.federation.check, ...limits } };
  const { resolve, ca } = tools;
  const app = express();
  app.set('trust proxy', true);
  app.use(
    checkRoutes({ ...tools, federation }, pool, { gap: 0, ...(resolve && { resolve }), ...(ca && { ca }) }),
  );
  app.use(answerErrors(tools.log));
  const server = createServer(app).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return (query, headers = {}) => fetch(`http://127.0.0.1:${port}/check${query}`, { headers });
}

const url = () => `?url=${encodeURIComponent(`${site.origin}/`)}`;
const HTML = { accept: 'text/html,application/xhtml+xml', 'accept-language': 'vi-VN,vi;q=0.9' };

describe('/check', () => {
  it('answers machines with the report', async () => {
    site.serve(planted(cleanSite(look, 'rss'), '/', '<main>', '<main><marquee>x</marquee>'));
    const ask = await open();
    const answer = await ask(`${url()}&kind=unit`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const report = (await answer.json()) as CheckReport;
    expect(Object.keys(report)).toEqual(
      expect.arrayContaining(['url', 'sources', 'problems', 'folded', 'score', 'strictReader', 'unknown']),
    );
    expect(report.problems[0]).toMatchObject({ rule: 'site-a11y-basics', severity: 'must', count: 1 });
    expect(report.sources[0]).toMatchObject({ kind: 'feed', works: true, entries: 6 });
  });

  it('answers people with a page in their language, without a script', async () => {
    site.serve(planted(cleanSite(look, 'rss'), '/', '<main>', '<main><marquee>x</marquee>'));
    const ask = await open();
    const form = await ask('', HTML);
    expect(form.status).toBe(200);
    expect(await form.text()).toContain('Tự kiểm tra trang');
    const page = await ask(`${url()}&kind=unit`, HTML);
    const text = await page.text();
    expect(page.headers.get('content-language')).toBe('vi');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).toContain('Có chữ chạy hoặc nhấp nháy.');
    expect(text).toContain('Cách sửa');
    expect(text).not.toMatch(/<script/i);
    const english = await (
      await ask(`${url()}&kind=unit`, { ...HTML, 'accept-language': 'en-GB,en;q=0.9' })
    ).text();
    expect(english).toContain('Has moving or blinking text.');
    expect(
      await (await ask(`${url()}&kind=unit&lang=vi`, { ...HTML, 'accept-language': 'en' })).text(),
    ).toContain('Cách sửa');
  });

  it('escapes every foreign word', async () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>';
    const pages = planted(
      cleanSite(look, 'rss'),
      '/',
      'content="Cục Việc làm"',
      `content="${evil.replaceAll('"', '&quot;')}"`,
    );
    site.serve(
      planted(
        pages,
        '/feed/',
        '<title>Cục Việc làm</title>',
        `<title>${evil.replaceAll('<', '&lt;')}</title>`,
      ),
    );
    const ask = await open();
    for (const query of [
      url(),
      `?url=${encodeURIComponent(`${site.origin}/?q=${evil}`)}`,
      `?url=${encodeURIComponent(evil)}`,
    ]) {
      const text = await (await ask(query, HTML)).text();
      expect(text).not.toMatch(/<script>|<img src=x/);
    }
  });

  it.each([
    ['', 400, 'BAD_INPUT'],
    ['?url=', 400, 'BAD_INPUT'],
    ['?url=ftp://a.vn', 400, 'BAD_INPUT'],
    ['?url=https://a.vn&kind=blog', 400, 'BAD_INPUT'],
    ['?url=http://192.168.1.1/', 403, 'ADDRESS_REFUSED'],
    ['?url=http://[::1]/', 403, 'ADDRESS_REFUSED'],
  ])('%s is answered with %i %s', async (query, status, code) => {
    const answer = await (await open())(query);
    expect(answer.status).toBe(status);
    expect(((await answer.json()) as Refusal).error.code).toBe(code);
  });

  it('limits an address, a site, and all, and says when to come again', async () => {
    site.serve(cleanSite(look));
    const one = { requests: 1, per: 3_600_000 };
    const many = { requests: 100, per: 3_600_000 };
    for (const limits of [
      { perAddress: one },
      { perAddress: many, perSite: one },
      { perAddress: many, inAll: one },
    ]) {
      const ask = await open(limits);
      expect((await ask(`${url()}&kind=unit`)).status).toBe(200);
      // The same again within a minute is the same report and costs nobody anything.
      expect((await ask(`${url()}&kind=unit`)).status).toBe(200);
      const refused = await ask(`${url()}&kind=press`);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(((await refused.json()) as Refusal).error.code).toBe('RATE_LIMITED');
    }
    const ask = await open({ perAddress: one });
    expect((await ask(`${url()}&kind=unit`, { 'x-forwarded-for': '203.0.113.1' })).status).toBe(200);
    expect((await ask(`${url()}&kind=press`, { 'x-forwarded-for': '203.0.113.2' })).status).toBe(200);
  });

  it('runs no more at one time than it may', async () => {
    site.serve(cleanSite(look));
    const ask = await open({ concurrency: 1 });
    const [first, second] = await Promise.all([ask(`${url()}&kind=unit`), ask(`${url()}&kind=press`)]);
    expect([first.status, second.status].toSorted()).toEqual([200, 429]);
  });

  it('takes reading only, and asks nobody for a HEAD', async () => {
    site.serve(cleanSite(look));
    const ask = await open();
    const server = servers.at(-1)?.address() as AddressInfo;
    const at = `http://127.0.0.1:${server.port}/check${url()}`;
    expect((await fetch(at, { method: 'POST' })).status).toBe(405);
    expect((await fetch(at, { method: 'HEAD' })).status).toBe(200);
    expect(site.asked).toEqual([]);
    expect((await ask(url())).status).toBe(200);
  });
});
