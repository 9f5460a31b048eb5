import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Webhook as Verifier } from 'standardwebhooks';
import { atomFeed, type FakeEntry, type FakeSite, federationOf, startFakeSite } from './fake-site.ts';
import { type FakeSubscriber, startFakeSubscriber } from './fake-subscriber.ts';
import { type Gateway, removeFolder, runGateway, until } from './run-gateway.ts';

/** A site publishes, a subscriber is told, falls ill, is given up, enabled and sent everything again: by the command. */
const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
let site: FakeSite;
let subscriber: FakeSubscriber;
let gateway: Gateway;
let entries: FakeEntry[] = [{ id: 'a', title: 'Tin thứ nhất' }];
let gone: string[] = [];

beforeAll(async () => {
  [site, subscriber] = await Promise.all([startFakeSite(), startFakeSubscriber()]);
  site.pages.set('/tin.atom', { body: () => atomFeed(site.url, entries, gone) });
  const config = `${federationOf(site, '{ min: 1s, max: 1s }')}callbacks:
  allowNetworks: ["${subscriber.host}"]
  giveUpAfter: 2s
  webhooks:
    - { id: cong, url: "${subscriber.url}/cong", secret: "\${CONG_KEY}", backfill: true }
`;
  gateway = await runGateway({ config, env: { CONG_KEY: SECRET } });
});

afterAll(async () => {
  await gateway.kill('SIGTERM');
  await Promise.all([site.stop(), subscriber.stop()]);
  removeFolder(gateway.dataDir);
});

async function lienthong(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...words], {
    env: {
      PATH,
      HOME,
      CONG_KEY: SECRET,
      LIENTHONG_DATA: gateway.dataDir,
      LIENTHONG_CONFIG: join(gateway.dataDir, 'federation.yaml'),
      LOG_LEVEL: 'warn',
    },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', chunk => {
    out += chunk;
  });
  child.stderr.on('data', chunk => {
    err += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, out, err };
}

const bodies = () =>
  subscriber
    .posts('/cong')
    .map(({ body }) => JSON.parse(body) as { kind: string; id: string; cursor: string });

it('tells the subscriber what was published, and shows that it did', async () => {
  await until('the put', async () => bodies().some(({ kind }) => kind === 'put'));
  const [post] = subscriber.posts('/cong');
  expect(
    new Verifier(SECRET).verify(post?.body ?? '', post?.headers as Record<string, string>),
  ).toMatchObject({
    item: { title: 'Tin thứ nhất' },
  });
  const list = await until('the list', async () => {
    const shown = await lienthong('deliveries');
    return shown.out.includes('còn 0 thay đổi') && shown;
  });
  expect(list.out).toMatch(/^webhook:cong\tactive\t/m);
  const shown = await lienthong('deliveries', 'cong');
  expect(shown.out).toContain('204 đã nhận');
  expect(list.out + shown.out).not.toContain(SECRET);
});

it('sends a test, and tells by its exit code whether it was taken', async () => {
  expect(await lienthong('webhook', 'test', 'cong')).toMatchObject({ code: 0 });
  expect(bodies().at(-1)).toMatchObject({ kind: 'test', id: 'cong' });
  subscriber.behaviours.set('/cong', { status: 401 });
  expect(await lienthong('webhook', 'test', 'cong')).toMatchObject({ code: 1 });
  expect((await lienthong('webhook', 'test', 'khong-co')).code).toBe(2);
});

it('gives up loudly, and goes on with all that was missed when it is enabled', async () => {
  entries = [];
  gone = ['a'];
  await until('the notice', async () => gateway.output().includes('Ngừng gửi tới webhook:cong'));
  expect((await lienthong('deliveries')).out).toContain('disabled (failing)');
  const id = bodies().find(({ kind }) => kind === 'put')?.id ?? '';
  expect((await lienthong('deliveries', 'receipts', id)).out).toMatch(/webhook:cong\tdisabled\twaiting/);
  subscriber.behaviours.delete('/cong');
  subscriber.received.length = 0;
  expect((await lienthong('deliveries', 'enable', 'cong')).code).toBe(0);
  await until('the tombstone', async () => bodies().some(({ kind }) => kind === 'tombstone'));
  await until('the receipt', async () =>
    (await lienthong('deliveries', 'receipts', id)).out.includes('webhook:cong\tactive\tconfirmed'),
  );
});

it('sends again from a cursor, and refuses what is none', async () => {
  const [{ cursor } = { cursor: '' }] = bodies();
  subscriber.received.length = 0;
  expect((await lienthong('deliveries', 'replay', 'cong', '--from', '0')).code).toBe(0);
  await until('the tombstone again', async () => bodies().length === 1);
  expect((await lienthong('deliveries', 'replay', 'cong', '--from', cursor)).code).toBe(0);
  expect((await lienthong('deliveries', 'replay', 'cong', '--from', 'rác')).code).toBe(2);
  expect((await lienthong('deliveries', 'replay', 'ai', '--from', '0')).code).toBe(2);
});

it('sends nothing while it is switched off, and stops with the program', async () => {
  expect((await lienthong('deliveries', 'disable', 'cong')).code).toBe(0);
  subscriber.received.length = 0;
  entries = [{ id: 'b', title: 'Tin thứ hai' }];
  await until('the item', async () =>
    (await (await fetch(`${gateway.url}/changes`)).text()).includes('Tin thứ hai'),
  );
  expect(subscriber.posts('/cong')).toEqual([]);
  expect(await gateway.kill('SIGTERM')).toBe(0);
  expect(gateway.output()).toContain('Stopped.');
});
