import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { takeDown } from '../acts/take-down.ts';
import { anItem, put } from '../store/conformance/engine.ts';
import { openStore } from '../store/open-store.ts';
import { connect } from '../store/sqlite/database.ts';
import { type FakeSite, federationOf, startFakeSite } from './fake-site.ts';
import { removeFolder, temporaryFolder } from './run-gateway.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const dataDir = temporaryFolder();
const file = join(dataDir, 'so-cai.jsonl');
let site: FakeSite;
let key: string;
let lines: string[];

beforeAll(async () => {
  site = await startFakeSite();
  writeFileSync(join(dataDir, 'federation.yaml'), federationOf(site));
  const store = await openStore({ dataDir });
  await put(store, anItem('i'), anItem('j'));
  const order = { actor: 'operator', reason: 'Theo lệnh', links: [], urgent: false };
  await takeDown(store, { ...order, items: ['i'] });
  await takeDown(store, { ...order, items: ['j'] });
  await store.close();
  const exported = await lienthong('ledger', 'export');
  expect(exported.code).toBe(0);
  writeFileSync(file, exported.out);
  lines = exported.out.trimEnd().split('\n');
  key = (JSON.parse(lines.at(-1) ?? '') as { key: string }).key;
}, 30_000);

afterAll(async () => {
  await site.stop();
  removeFolder(dataDir);
});

interface Ran {
  readonly code: number;
  readonly out: string;
}

async function run(environment: Readonly<Record<string, string>>, words: readonly string[]): Promise<Ran> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...words], {
    env: { PATH, HOME, LOG_LEVEL: 'warn', ...environment },
  });
  let out = '';
  child.stdout.on('data', chunk => {
    out += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, out };
}

function lienthong(...words: string[]): Promise<Ran> {
  return run({ LIENTHONG_DATA: dataDir, LIENTHONG_CONFIG: join(dataDir, 'federation.yaml') }, words);
}

/** As an inspector does: no federation file, no store, only the file and the key. */
function inspector(...words: string[]): Promise<Ran> {
  return run({ LIENTHONG_DATA: join(dataDir, 'nowhere') }, words);
}

it('an inspector verifies an export with the file and the public key alone', async () => {
  const verified = await inspector('ledger', 'verify', '--key', key, file);
  expect(verified).toEqual({ code: 0, out: expect.stringContaining('Nguyên vẹn. / Intact.') });
}, 30_000);

it('and is told where it was touched, and that a cut one is incomplete', async () => {
  const touched = join(dataDir, 'touched.jsonl');
  const verify = async (changed: readonly string[]) => {
    writeFileSync(touched, `${changed.join('\n')}\n`);
    return inspector('ledger', 'verify', touched, '--key', key);
  };
  const byte = await verify(lines.with(2, (lines[2] ?? '').replace('actor', 'actos')));
  expect(byte.code).toBe(1);
  expect(byte.out).toMatch(/dòng 3: Nội dung dòng 3 đã bị sửa.*The content of row 3 was changed/);
  const cut = await verify(lines.slice(0, -1));
  expect(cut.code).toBe(1);
  expect(cut.out).toContain('INCOMPLETE');
}, 30_000);

it('an item’s pack verifies alone, and one that was changed does not', async () => {
  const pack = join(dataDir, 'ho-so.json');
  writeFileSync(pack, (await lienthong('evidence', 'pack', 'i', '--json')).out);
  expect((await inspector('evidence', 'verify', pack, '--key', key)).code).toBe(0);
  writeFileSync(pack, readFileSync(pack, 'utf8').replace('operator', 'operatos'));
  expect((await inspector('evidence', 'verify', pack, '--key', key)).code).toBe(1);
}, 30_000);

it('the live store is checked in place, and a cut tail is missed', async () => {
  expect((await lienthong('ledger', 'check')).code).toBe(0);
  const db = connect(join(dataDir, 'lienthong.db'));
  db.exec('DROP TRIGGER ledger_no_delete; DELETE FROM ledger WHERE seq > 2');
  db.close();
  const checked = await lienthong('ledger', 'check');
  expect(checked.code).toBe(1);
  expect(checked.out).toMatch(/The ledger had rows up to \d+, the file ends at 2/);
}, 30_000);
