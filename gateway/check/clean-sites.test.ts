import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SiteKind } from '../../schemas/site.ts';
import { cleanSite, type FEEDS } from '../e2e/clean-sites.ts';
import { startFakeSite } from '../e2e/fake-site.ts';
import { checkTools, type MadeSite, openPool, startMadeSite } from '../e2e/made-site.ts';
import { checkSite } from './check-site.ts';

const pool = openPool();
let portal: MadeSite & { readonly cert: string };
const sites: MadeSite[] = [];

beforeAll(async () => {
  portal = await startMadeSite('bo.gov.vn');
});

afterAll(async () => {
  await Promise.all([portal, ...sites].map(site => site.stop()));
  await pool.close();
});

const CLEAN: readonly (readonly [string, SiteKind, string, keyof typeof FEEDS | undefined, number])[] = [
  ['a unit with RSS as WordPress writes it', 'unit', 'viec-lam.bo.gov.vn', 'rss', 29],
  ['a unit with Atom', 'unit', 'an-toan.bo.gov.vn', 'atom', 27],
  ['a unit with a JSON Feed', 'unit', 'bao-hiem.bo.gov.vn', 'json-feed', 27],
  ['a newspaper with RSS and authors', 'press', 'bao-thu.vn', 'rss', 19],
  ['a ministry portal without a feed', 'portal', 'bo-khac.gov.vn', undefined, 16],
];

describe('a clean site', () => {
  it.each(CLEAN)('%s has nothing that must be mended', async (_, kind, host, format, met) => {
    const site = await startMadeSite(host);
    sites.push(site);
    const now = Date.now();
    const look = {
      kind,
      name: 'Cục Thử Nghiệm',
      origin: site.origin,
      now,
      ...(kind === 'unit' && { portal: portal.origin }),
    };
    site.serve(cleanSite(look, format));
    const portalPage = `<html lang="vi"><body><a href="${site.origin}/">Trang thành phần</a></body></html>`;
    portal.serve({ '/': { type: 'text/html; charset=utf-8', body: portalPage } });
    const known = [
      {
        id: 'cong',
        name: 'Cổng Bộ',
        kind: 'portal' as const,
        homepage: `${portal.origin}/`,
        hosts: [],
        registry: {},
      },
    ];
    const tools = checkTools(pool, [site.cert, portal.cert], known);
    const report = await checkSite({ address: new URL(site.origin), kind, withRecord: false }, tools);
    expect(report.problems.map(({ rule, message, places }) => [rule, message.vi, places[0]?.path])).toEqual(
      [],
    );
    expect(report.failure).toBeUndefined();
    // Nothing amiss because it was looked at, not because nothing was.
    expect(report.met.length).toBeGreaterThanOrEqual(met);
    expect(report.score).toMatchObject({ score: 100 });
    if (format && format !== 'json-feed') expect(report.strictReader).toMatchObject({ entries: 6, of: 6 });
    expect(report.requests).toBeLessThanOrEqual(40);
  });

  it.each(CLEAN)('%s is as clean in a private network, over http', async (_, kind, __, format) => {
    const [own, cong] = [await startFakeSite(), await startFakeSite()];
    try {
      const look = {
        kind,
        name: 'Cục Thử Nghiệm',
        origin: own.url,
        now: Date.now(),
        ...(kind === 'unit' && { portal: cong.url }),
      };
      for (const [path, page] of Object.entries(cleanSite(look, format))) own.pages.set(path, page);
      cong.pages.set('/', {
        type: 'text/html',
        body: `<html><body><a href="${own.url}/">Trang</a></body></html>`,
      });
      const known = {
        id: 'cong',
        name: 'Cổng',
        kind: 'portal' as const,
        homepage: `${cong.url}/`,
        hosts: [],
        registry: {},
      };
      const ask = { address: new URL(own.url), kind, withRecord: false };
      const report = await checkSite(ask, checkTools(pool, [], [known]));
      const musts = report.problems.filter(({ severity }) => severity === 'must');
      expect(musts.map(({ rule, message }) => [rule, message.vi])).toEqual([]);
      if (kind === 'unit') {
        expect(report.met.map(({ rule }) => rule)).toEqual(
          expect.arrayContaining(['site-component-backlink', 'site-listed-on-portal']),
        );
        own.pages.set('/', {
          type: 'text/html',
          body: '<html lang="vi"><body>Không có liên kết tới Cổng</body></html>',
        });
        cong.pages.set('/', {
          type: 'text/html',
          body: `<html><body><a href="${cong.url}/">x</a></body></html>`,
        });
        const missing = (await checkSite(ask, checkTools(pool, [], [known]))).problems.map(
          ({ rule }) => rule,
        );
        expect(missing).toEqual(expect.arrayContaining(['site-component-backlink', 'site-listed-on-portal']));
      }
    } finally {
      await Promise.all([own.stop(), cong.stop()]);
    }
  });
});
