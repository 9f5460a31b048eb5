import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  atomFeed,
  type FakeEntry,
  type FakePage,
  type FakeSite,
  federationOf,
  startFakeSite,
} from './fake-site.ts';
import { type Gateway, removeFolder, runGateway, until } from './run-gateway.ts';

/** A site publishes, corrects itself, and takes back; every door of the gateway follows. */
let site: FakeSite;
let gateway: Gateway;
let entries: FakeEntry[] = [];
let gone: string[] = [];

beforeAll(async () => {
  site = await startFakeSite();
  site.pages.set('/tin.atom', { body: () => atomFeed(site.url, entries, gone) });
  entries = [
    { id: 'a', title: 'Tin thứ nhất' },
    { id: 'b', title: 'Tin thứ hai' },
  ];
  gateway = await runGateway({ config: federationOf(site) });
});

afterAll(async () => {
  await gateway.kill('SIGTERM');
  await site.stop();
  removeFolder(gateway.dataDir);
});

const DOORS = ['/feeds/all.atom', '/feeds/all.rss', '/feeds/all.json', '/feeds/all.html', '/changes', '/'];

async function doors(): Promise<string[]> {
  const answers = await Promise.all(DOORS.map(async door => (await fetch(gateway.url + door)).text()));
  const graph = await gateway.ask(
    '{ items(first: 100) { nodes { id title summary content } } search(query: "nội dung") { nodes { title } } }',
  );
  return [...answers, JSON.stringify(graph)];
}

async function harvest(): Promise<void> {
  await gateway
    .ask('mutation { harvest(source: "don-vi/tin") { source { id } } }')
    .catch(() => gateway.ask('mutation { harvest(source: "don-vi/tin") { __typename } }'));
}

it('publishes what the site publishes, once, in every door', async () => {
  const found = await until('both items everywhere', async () => {
    const texts = await doors();
    return texts.every(text => text.includes('Tin thứ nhất') && text.includes('Tin thứ hai')) && texts;
  });
  expect(found[0]?.match(/<entry>/g)).toHaveLength(2);
});

it('follows an edit under the same id', async () => {
  const before = await gateway.ask<{ item: { id: string } }>(`{ item(link: "${site.url}/tin/a") { id } }`);
  entries = [
    { id: 'a', title: 'Tin thứ nhất đã sửa', updated: '2026-11-22T10:00:00+07:00' },
    ...entries.slice(1),
  ];
  await harvest();
  await until('the edit everywhere', async () =>
    (await doors()).every(text => text.includes('Tin thứ nhất đã sửa')),
  );
  const after = await gateway.ask<{ item: { id: string; versions: { kind: string }[] } }>(
    `{ item(link: "${site.url}/tin/a") { id versions { kind } } }`,
  );
  expect(after.item.id).toBe(before.item.id);
  expect(after.item.versions).toHaveLength(2);
});

it('takes back what the site takes back, and leaves only a tombstone', async () => {
  const { item } = await gateway.ask<{ item: { id: string } }>(`{ item(link: "${site.url}/tin/b") { id } }`);
  entries = entries.filter(({ id }) => id !== 'b');
  gone = ['b'];
  await harvest();
  await until('the title out of every door', async () =>
    (await doors()).every(text => !text.includes('Tin thứ hai')),
  );
  const changes = (await (await fetch(`${gateway.url}/changes`)).json()) as {
    changes: { kind: string; id: string; reason?: string }[];
  };
  expect(changes.changes.find(({ id }) => id === item.id)).toMatchObject({
    kind: 'tombstone',
    reason: 'withdrawn',
  });
  expect(await (await fetch(`${gateway.url}/feeds/all.atom`)).text()).toContain(
    `deleted-entry ref="${item.id}"`,
  );
  expect((await fetch(`${gateway.url}/items/${item.id}`)).status).toBe(410);
});

it('withdraws nothing because a feed is empty, broken or a robot check', async () => {
  const held = () => fetch(`${gateway.url}/changes`).then(answer => answer.text());
  const before = await held();
  const states: FakePage[] = [
    { body: atomFeed(site.url, []) },
    {
      type: 'text/html',
      body: '<!doctype html><title>Just a moment...</title><script>document.cookie="a=1";location.reload()</script>',
    },
    { body: '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>cắt' },
  ];
  // Last, because the host rests after it.
  states.push({ status: 503, body: 'down' });
  for (const page of states) {
    const asked = site.asked.length;
    site.pages.set('/tin.atom', page);
    await harvest();
    await until('the site was asked', async () => site.asked.length > asked, 10_000);
  }
  expect(await held()).toBe(before);
});
