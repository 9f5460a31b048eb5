import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { cleanSite, type Look } from '../e2e/clean-sites.ts';
import { checkTools, type MadeSite, openPool, planted, startMadeSite } from '../e2e/made-site.ts';
import { openStore } from '../store/open-store.ts';
import type { RequestRow } from '../store/requests.ts';
import type { Store } from '../store/store.ts';
import { type AuditTools, auditDue } from './audit.ts';

const DAY = 24 * 60 * 60_000;
const pool = openPool();
const HOST = 'viec-lam.bo.gov.vn';
let site: MadeSite & { readonly cert: string };
let look: Look;
let folder: string;
let store: Store;
let now: number;
let asked: RequestRow[];

beforeAll(async () => {
  site = await startMadeSite(HOST);
  look = { kind: 'unit', name: 'Cục Việc làm', origin: site.origin, now: Date.now() };
});
afterAll(async () => {
  await site.stop();
  await pool.close();
});
beforeEach(async () => {
  now = Date.now();
  asked = [];
  folder = mkdtempSync(join(tmpdir(), 'lienthong-audit-'));
  store = await openStore({ dataDir: folder, now: () => now });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function tools(): AuditTools {
  const own = checkTools(pool, [site.cert]);
  const { federation } = own;
  const sites = [
    {
      id: 'viec-lam',
      name: 'Cục Việc làm',
      kind: 'unit' as const,
      homepage: `${site.origin}/`,
      hosts: [],
      registry: {},
    },
  ];
  const { allowNetworks } = federation.check;
  return {
    ...own,
    store,
    gap: 0,
    onRequest: row => void asked.push(row),
    federation: { ...federation, sites, fetch: { ...federation.fetch, allowNetworks } },
  };
}

const judged = async () => (await store.problems.of('site', ['viec-lam'])).get('viec-lam');

it('looks at a site once a day, for a handful of requests that are noted under its name', async () => {
  site.serve(planted(cleanSite(look, 'rss'), '/', /<html lang="vi"/, '<html'));
  expect(await auditDue(tools())).toBe('viec-lam');
  const first = await judged();
  expect(first?.problems.map(({ rule }) => rule)).toContain('site-a11y-basics');
  expect(first?.met).toContain('feed-well-formed');
  expect(first?.unknown).toContain('site-level-attested');
  // Items are judged as they come in, not here.
  expect([...(first?.met ?? []), ...(first?.unknown ?? [])]).not.toContain('article-vn-unicode');
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.length).toBeLessThanOrEqual(16);
  expect(new Set(asked.map(({ source }) => source))).toEqual(new Set(['viec-lam/audit']));

  expect(await auditDue(tools())).toBeUndefined();
  now += DAY - 60_000;
  expect(await auditDue(tools())).toBeUndefined();
  now += 120_000;
  site.serve(cleanSite(look, 'rss'));
  expect(await auditDue(tools())).toBe('viec-lam');
  expect((await judged())?.problems.map(({ rule }) => rule)).not.toContain('site-a11y-basics');
  const types = (await store.ledger.since(0, 9)).map(({ text }) => JSON.parse(text).type);
  expect(types).toEqual(['site.checked', 'site.checked']);
});

it('of two replicas one looks, and a site that is down is unknown, not failed', async () => {
  site.serve({});
  const looks = await Promise.all([auditDue(tools()), auditDue(tools())]);
  expect(looks.filter(Boolean)).toEqual(['viec-lam']);
  const problems = (await judged())?.problems ?? [];
  expect(problems.filter(({ severity }) => severity === 'must')).toEqual([]);
});
