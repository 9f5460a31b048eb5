import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { until } from '../../gateway/e2e/run-gateway.ts';
import { idOf, newItem, newItems, saveItems, takeAway } from '../../gateway/e2e/seed.ts';
import { openSeededServer, type SeededServer } from '../../gateway/e2e/seeded-server.ts';
import { startWaywardWay, type WaywardWay } from './wayward-way.ts';

const root = new URL('../../', import.meta.url);
let world: SeededServer;
let way: WaywardWay;
let folder: string;
let portal: ChildProcess;

beforeEach(async () => {
  world = await openSeededServer();
  way = await startWaywardWay(await world.serve());
  folder = mkdtempSync(join(tmpdir(), 'lienthong-portal-'));
  const code = /## Pull aggregated news\n+```js\n([\s\S]*?)```/.exec(
    readFileSync(new URL('README.md', root), 'utf8'),
  )?.[1];
  writeFileSync(join(folder, 'portal.mjs'), code ?? '');
  for (const name of ['follow-changes.mjs', 'sqlite-sink.mjs'])
    copyFileSync(new URL(`scripts/consumer/${name}`, root), join(folder, name));
  // Stands for the name service: the block itself is run as it stands.
  writeFileSync(
    join(folder, 'names.mjs'),
    `const real = fetch; globalThis.fetch = (url, init) => real(String(url).replace('https://tin.example.gov.vn', '${way.url}'), init);`,
  );
});

afterEach(async () => {
  portal.kill('SIGKILL');
  await way.stop();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(): void {
  const flags = ['--disable-warning=ExperimentalWarning', '--import', './names.mjs'];
  portal = spawn(process.execPath, [...flags, 'portal.mjs'], { cwd: folder, stdio: 'inherit' });
}

function held(): ReadonlyMap<string, string> {
  const db = new DatabaseSync(join(folder, 'tin.db'));
  const rows = db.prepare('SELECT id, item FROM item').all();
  db.close();
  return new Map(rows.map(({ id, item }) => [String(id), JSON.parse(String(item)).title]));
}

it('README’s block, as it stands, keeps a true copy, killed and started again', async () => {
  await saveItems(world.store, newItems(20));
  start();
  await until('the first copy', async () => held().size === 15);
  await saveItems(world.store, [newItem('cong', 'bai-0', { title: 'Sửa' })]);
  await until('the edit', async () => held().get(idOf('cong', 'bai-0')) === 'Sửa');
  portal.kill('SIGKILL');
  await once(portal, 'exit');
  await takeAway(world.store, idOf('viec-lam', 'bai-1'), 'withdrawn');
  start();
  await until('the withdrawal', async () => !held().has(idOf('viec-lam', 'bai-1')));
  const seen = await world.store.items.page({
    filter: { kinds: ['portal', 'unit'] },
    order: 'PUBLISHED',
    first: 100,
  });
  expect([...held()].toSorted()).toEqual(seen.map(({ id, title }) => [id, title]).toSorted());
}, 60_000);
