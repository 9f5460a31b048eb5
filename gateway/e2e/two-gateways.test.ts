import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { atomFeed, type FakeEntry, type FakeSite, startFakeSite } from './fake-site.ts';
import { freePort, type Gateway, removeFolder, runGateway, until } from './run-gateway.ts';

/** A site, a gateway that republishes it, and another one that is subscribed to the first one's hub. */
let site: FakeSite;
let first: Gateway;
let second: Gateway;
const entries: FakeEntry[] = [{ id: 'mot', title: 'Tin một' }];
const gone: string[] = [];
let date = '2026-11-22T08:30:00+07:00';

beforeAll(async () => {
  site = await startFakeSite();
  // News of today: what is older than its connection is back-fill, which hubs don't tell of.
  const today = () => atomFeed(site.url, entries, gone).replaceAll('2026-11-22T08:30:00+07:00', date);
  site.pages.set('/tin.atom', { body: today });
  const [one, two] = [await freePort(), await freePort()];
  const config = (port: number, homepage: string, feed: string) => `
gateway: { title: Tin, publicUrl: "http://127.0.0.1:${port}" }
fetch: { allowNetworks: ["127.0.0.0/8"], perHost: { concurrency: 8 } }
callbacks: { allowNetworks: ["127.0.0.0/8"] }
# What a gateway republishes is another's text: as a paper's it would wait here for an hour.
guidelines: { overrides: { article-source-attribution: { enabled: false } } }
sites:
  - id: tren
    name: Trang trên
    kind: unit
    homepage: ${homepage}
    hosts: ["${site.host}"]
    sources: [{ id: tin, connector: feed, every: { min: 1s, max: 1h }, since: 3650d, options: { url: "${feed}" } }]
`;
  first = await runGateway({ port: one, config: config(one, `${site.url}/`, `${site.url}/tin.atom`) });
  await until('the first harvest', async () => (await feedOf(first, 'atom')).includes('Tin một'), 60_000);
  second = await runGateway({
    port: two,
    config: config(two, first.url, `${first.url}/feeds/all.atom`),
  });
}, 240_000);

afterAll(async () => {
  for (const gateway of [second, first]) {
    await gateway?.kill('SIGKILL');
    if (gateway) removeFolder(gateway.dataDir);
  }
  await site?.stop();
}, 60_000);

const feedOf = async (gateway: Gateway, format: string) =>
  (await fetch(`${gateway.url}/feeds/all.${format}?limit=500`)).text();
const touch = (gateway: Gateway) =>
  gateway.ask('mutation { harvest(source: "tren/tin") { source { name } } }').catch(() => undefined);
const deliveries = () => second.output().split('trung tâm WebSub báo tin').length - 1;

it('an item and its withdrawal go from a site through one gateway’s hub into the next', async () => {
  await until(
    'the subscription',
    async () => second.output().includes('đã đăng ký ở trung tâm WebSub'),
    60_000,
  );
  expect(await feedOf(second, 'json')).toContain('Tin một');
  date = new Date().toISOString();
  entries.push({ id: 'hai', title: 'Tin hai', updated: date });
  await touch(first);
  await until('the item', async () => (await feedOf(second, 'json')).includes('Tin hai'), 60_000);
  expect(deliveries()).toBeGreaterThan(0);

  entries.splice(1);
  gone.push('hai');
  await touch(first);
  await until('the withdrawal', async () => !(await feedOf(second, 'json')).includes('Tin hai'), 60_000);
  expect(await feedOf(second, 'json')).toContain('Tin một');
  const { deleted } = (
    JSON.parse(await feedOf(second, 'json')) as { _lienthong: { deleted: { reason: string }[] } }
  )._lienthong;
  expect(deleted).toMatchObject([{ reason: 'withdrawn' }]);
}, 180_000);
