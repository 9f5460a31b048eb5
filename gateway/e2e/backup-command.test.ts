import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { atomFeed, type FakeSite, federationOf, startFakeSite } from './fake-site.ts';
import { runCommand } from './run-command.ts';
import { type Gateway, removeFolder, runGateway, temporaryFolder, until } from './run-gateway.ts';

const dataDir = temporaryFolder();
const archive = join(dataDir, 'hom-nay.lienthong');
let site: FakeSite;
let gateway: Gateway;
let gone: string[] = [];

beforeAll(async () => {
  site = await startFakeSite();
  const entries = [
    { id: 'a', title: 'Tin ở lại' },
    { id: 'b', title: 'Tin sẽ gỡ' },
  ];
  site.pages.set('/tin.atom', {
    body: () =>
      atomFeed(
        site.url,
        entries.filter(({ id }) => !gone.includes(id)),
        gone,
      ),
  });
  gateway = await runGateway({ dataDir, config: federationOf(site, '{ min: 1s, max: 1s }') });
  await until(
    'both items',
    async () => (await feed()).includes('Tin sẽ gỡ') && (await feed()).includes('Tin ở lại'),
  );
}, 240_000);

afterAll(async () => {
  await gateway.kill('SIGTERM');
  await site.stop();
  removeFolder(dataDir);
});

const feed = async () => (await fetch(`${gateway.url}/feeds/all.json`)).text();
const lienthong = (words: readonly string[], data = dataDir) =>
  runCommand(words, { LIENTHONG_DATA: data, LIENTHONG_CONFIG: join(dataDir, 'federation.yaml') });
const ledger = async () => (await lienthong(['ledger', 'export'])).out;

it('backs up while the gateway runs, and says what is in it and what is not', async () => {
  const { code, out, err } = await lienthong(['backup', archive]);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/Đã sao lưu \d+ dòng/);
  expect(out).toContain('ledger-key');
  expect(statSync(archive).mode & 0o777).toBe(0o600);
  expect(await ledger()).toContain('backup.made');
  expect((await lienthong(['backup', archive])).code).toBe(2);
}, 120_000);

it('tries a restore beside the running gateway, and records it', async () => {
  const { code, out } = await lienthong(['restore', archive, '--test']);
  expect(code).toBe(0);
  expect(out).toContain('Phục hồi thử đạt');
  expect(await ledger()).toContain('restore.tested');
  expect(readdirSync(dataDir).filter(name => name.startsWith('restore-test'))).toEqual([]);
}, 120_000);

it('restores into an empty folder alone, and never under a running gateway', async () => {
  const running = await lienthong(['restore', archive]);
  expect(running.code).toBe(2);
  expect(running.err).toContain('đang chạy');
  const { cursor } = (await (await fetch(`${gateway.url}/changes`)).json()) as { cursor: string };
  gone = ['b'];
  await until('one gone', async () => !(await feed()).includes('Tin sẽ gỡ'));
  await gateway.kill('SIGTERM');
  const filled = await lienthong(['restore', archive]);
  expect([filled.code, filled.err]).toEqual([2, expect.stringContaining('chỉ phục hồi vào kho trống')]);

  const fresh = join(dataDir, 'moi');
  writeFileSync(join(dataDir, 'so-cai.jsonl'), await ledger());
  const restored = await lienthong(['restore', archive, '--takedowns', join(dataDir, 'so-cai.jsonl')], fresh);
  expect(restored.code).toBe(0);
  expect(restored.out).toContain('gỡ lại 1 tin');
  gateway = await runGateway({
    dataDir: fresh,
    config: federationOf(site, '{ min: 1s, max: 1s }'),
  });
  expect(await feed()).toContain('Tin ở lại');
  expect(await feed()).not.toContain('Tin sẽ gỡ');
  const old = await fetch(`${gateway.url}/changes?since=${cursor}`);
  expect([old.status, await old.json()]).toEqual([
    410,
    expect.objectContaining({ error: expect.objectContaining({ code: 'RESYNC_REQUIRED' }) }),
  ]);
  await gateway.kill('SIGTERM');
}, 240_000);

it('copies a store with its cursors, and restores an item by its id still', async () => {
  const copied = join(dataDir, 'ban-chep');
  const { code, out } = await lienthong(['store', 'copy', copied], join(dataDir, 'moi'));
  expect([code, out]).toEqual([0, expect.stringContaining('con trỏ của bên nhận vẫn dùng được')]);
  expect(existsSync(join(copied, 'lienthong.db'))).toBe(true);
  expect((await lienthong(['store', 'copy', copied], join(dataDir, 'moi'))).code).toBe(2);
  const item = await lienthong([
    'restore',
    'urn:uuid:00000000-0000-5000-8000-000000000000',
    '--reason',
    'Thử',
  ]);
  expect(item.err).toContain('lienthong:');
  expect((await lienthong(['restore', 'urn:uuid:1'])).err).toContain('--reason');
}, 120_000);
