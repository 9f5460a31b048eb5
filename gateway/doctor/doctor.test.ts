import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { readEnvironment } from '../../config/environment.ts';
import { atomFeed, type FakeSite, startFakeSite } from '../e2e/fake-site.ts';
import { seededFederation } from '../e2e/seed.ts';
import { anItem, put } from '../store/conformance/engine.ts';
import { openStore } from '../store/open-store.ts';
import { connect } from '../store/sqlite/database.ts';
import { examine } from './doctor.ts';
import type { Finding, Patient } from './finding.ts';

let data: string;
let site: FakeSite;

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'lienthong-doctor-'));
  site = await startFakeSite();
  site.pages.set('/', { body: () => atomFeed(site.url, []) });
});
afterEach(async () => {
  await site.stop();
  rmSync(data, { recursive: true });
});

function patient(env: Readonly<Record<string, string>> = {}, now = Date.now): Patient {
  const { sources, gateway, ...rest } = seededFederation();
  const [source] = sources;
  if (!source) throw new Error('no source');
  return {
    environment: readEnvironment({ LIENTHONG_DATA: data, PORT: '0', ...env }),
    federation: {
      ...rest,
      gateway: { ...gateway, publicUrl: 'http://127.0.0.1:4000' },
      fetch: { ...rest.fetch, allowNetworks: [site.host] },
      sources: [{ ...source, options: { url: `${site.url}/tin.atom` } }],
    },
    now,
  };
}

const stateOf = (findings: readonly Finding[], check: string) =>
  findings.filter(one => one.check === check).map(({ state }) => state);

it('finds a fresh place well, asks each host once, and leaves nothing behind', async () => {
  const findings = await examine(patient());
  for (const check of ['version', 'data', 'port', 'database', 'egress', 'clock', 'fsync'])
    expect([check, ...stateOf(findings, check)].slice(0, 2)).toEqual([
      check,
      expect.stringMatching('ok|warn'),
    ]);
  expect(stateOf(findings, 'evidence-key')).toEqual(['warn']);
  expect(site.asked).toEqual(['/robots.txt', '/']);
  expect(readdirSync(data)).toEqual([]);
  for (const { state, remedy } of findings) if (state !== 'ok') expect(remedy?.vi).toBeTruthy();
});

it('tells a wrong clock, an open secret, a taken port and a host that is not there', async () => {
  writeFileSync(join(data, 'admin-token'), 'x');
  chmodSync(join(data, 'admin-token'), 0o644);
  const taken: Server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => taken.once('listening', resolve));
  const port = String((taken.address() as { port: number }).port);
  const ahead = patient({ PORT: port }, () => Date.now() + 3_600_000);
  const findings = await examine(ahead);
  expect(stateOf(findings, 'data')).toEqual(['fail']);
  expect(stateOf(findings, 'port')).toEqual(['fail']);
  expect(stateOf(findings, 'clock')).toEqual(['fail']);
  taken.close();
  await site.stop();
  expect(stateOf(await examine(patient()), 'egress')).toEqual(['fail']);
  site = await startFakeSite();
});

it('tells a ledger that was changed, and a database that does not answer; migrates nothing', async () => {
  const store = await openStore({ dataDir: data });
  await put(store, anItem('a'));
  await store.transaction(async tx =>
    tx.ledger.append({ type: 'site.checked', actor: 'gateway' }, { type: 'site.checked', actor: 'gateway' }),
  );
  await store.close();
  expect(stateOf(await examine(patient()), 'ledger')).toEqual(['ok']);
  const file = connect(join(data, 'lienthong.db'));
  file.exec(
    `DROP TRIGGER ledger_no_update; UPDATE ledger SET text = '{}' WHERE seq = 2; UPDATE meta SET value = '4' WHERE name = 'version'`,
  );
  file.close();
  const findings = await examine(patient());
  expect(findings.find(({ check }) => check === 'ledger')?.said.vi).toContain('từ dòng 2');
  expect(stateOf(findings, 'migrations')).toEqual(['warn']);
  const again = connect(join(data, 'lienthong.db'));
  expect(again.get(`SELECT value FROM meta WHERE name = 'version'`)?.value).toBe('4');
  again.close();
  const gone = await examine(patient({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }));
  expect(stateOf(gone, 'database')).toEqual(['fail']);
});
