import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Site, SiteKind } from '../../schemas/site.ts';
import { cleanSite, type Look } from '../e2e/clean-sites.ts';
import { checkTools, type MadeSite, openPool, startMadeSite } from '../e2e/made-site.ts';
import { FEED_FAULTS } from '../e2e/planted-feed-faults.ts';
import { ITEM_FAULTS } from '../e2e/planted-item-faults.ts';
import { MEDIA_FAULTS } from '../e2e/planted-media-faults.ts';
import { SITE_FAULTS } from '../e2e/planted-site-faults.ts';
import { HOSTS, type Planted } from '../e2e/planting.ts';
import { checkSite } from './check-site.ts';
import type { CheckReport } from './report.ts';

type Named = MadeSite & { readonly cert: string };
const FAULTS = [...SITE_FAULTS, ...FEED_FAULTS, ...ITEM_FAULTS, ...MEDIA_FAULTS];
const pool = openPool();
const sites = new Map<string, Named>();
let expired: Named;

beforeAll(async () => {
  for (const host of HOSTS) sites.set(host, await startMadeSite(host));
  expired = await startMadeSite('het-han.bo.gov.vn', { until: '251231000000Z' });
});

afterAll(async () => {
  await Promise.all([expired, ...sites.values()].map(site => site.stop()));
  await pool.close();
});

describe('a planted fault', () => {
  it.each(FAULTS)('%s is found by its rule, and by nothing that has no part in it', async (_, fault) => {
    const report = await checked(fault);
    const { rule, path, severity = 'must', also = [] } = fault;
    const found = report.problems.filter(problem => problem.rule === rule);
    expect(found.length).toBeGreaterThan(0);
    expect(found.map(problem => problem.severity)).toContain(severity);
    if (path !== undefined)
      expect(found.flatMap(({ places }) => places.map(place => place.path))).toContain(path);
    const musts = report.problems.filter(problem => problem.severity === 'must').map(problem => problem.rule);
    const innocent = musts.filter(one => one !== rule && !also.includes(one));
    expect(innocent).toEqual([]);
  });

  it('is planted for at least thirty rules', () => {
    expect(new Set(FAULTS.map(([, { rule }]) => rule)).size).toBeGreaterThanOrEqual(30);
  });

  it('in the certificate is told though nothing else can be', async () => {
    const tools = checkTools(pool, [expired.cert]);
    const report = await checkSite(
      { address: new URL(expired.origin), kind: 'unit', withRecord: false },
      tools,
    );
    expect(report.failure?.code).toBe('TLS_FAILED');
    expect(report.problems.map(({ rule }) => rule)).toContain('site-https');
    expect(report.unknown.map(({ rule }) => rule)).toContain('site-emc-snippet');
    expect(report.met.map(({ rule }) => rule)).not.toContain('site-a11y-basics');
  });
});

async function checked(fault: Planted): Promise<CheckReport> {
  const { kind = 'unit', format = 'rss', denyList = [], record } = fault;
  const host =
    fault.host ??
    (kind === 'press' ? 'bao-thu.vn' : kind === 'portal' ? 'bo-khac.gov.vn' : 'viec-lam.bo.gov.vn');
  const [site, portal] = [named(host), named('bo.gov.vn')];
  const usual: Look = {
    kind,
    name: 'Cục Việc làm',
    origin: site.origin,
    now: Date.now(),
    ...(kind === 'unit' && { portal: portal.origin }),
  };
  const look = { ...usual, ...fault.look?.(usual) };
  site.serve(fault.plant(cleanSite(look, format), look));
  const listed = fault.portal ?? `<a href="${site.origin}/">Trang thành phần</a>`;
  portal.serve({
    '/': { type: 'text/html; charset=utf-8', body: `<html lang="vi"><body>${listed}</body></html>` },
  });
  const tools = checkTools(
    pool,
    [...sites.values()].map(({ cert }) => cert),
    federationSites(site, kind, record),
  );
  const { guidelines } = tools.federation;
  const federation = { ...tools.federation, guidelines: { ...guidelines, denyList } };
  const ask = { address: new URL(site.origin), kind, withRecord: record !== undefined };
  return checkSite(ask, { ...tools, federation });
}

function federationSites(site: Named, kind: SiteKind, record: Record<string, unknown> | undefined): Site[] {
  const common = { hosts: [], registry: {} };
  const portal: Site = {
    id: 'cong',
    name: 'Cổng Bộ',
    kind: 'portal',
    homepage: `${named('bo.gov.vn').origin}/`,
    ...common,
  };
  const paper: Site = {
    id: 'bao',
    name: 'Báo Thử',
    kind: 'press',
    homepage: 'https://bao-thu.vn/',
    ...common,
  };
  const own: Site = {
    id: 'cuc',
    name: 'Cục Việc làm',
    kind,
    homepage: `${site.origin}/`,
    ...common,
    registry: record ?? {},
  };
  return [portal, paper, ...(record ? [own] : [])];
}

function named(host: string): Named {
  const site = sites.get(host);
  if (!site) throw new Error(`No site is called ${host}`);
  return site;
}
