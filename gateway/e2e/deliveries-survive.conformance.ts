import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { atomFeed, type FakeEntry, type FakeSite, federationOf, startFakeSite } from './fake-site.ts';
import { type FakeSubscriber, startFakeSubscriber } from './fake-subscriber.ts';
import { freePort, type Gateway, runGateway, until } from './run-gateway.ts';

/** Where the two processes keep what they share. */
export interface Shared {
  readonly dataDirs: readonly [string, string];
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

const ITEMS = 60;
const SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;

/** Two processes share the subscribers; one is killed in the middle of a wave of withdrawals. */
export function deliveriesSurvive(makeShared: () => Promise<Shared>): void {
  let site: FakeSite;
  let subscriber: FakeSubscriber;
  let shared: Shared;
  let gateways: Gateway[] = [];
  const entries: FakeEntry[] = Array.from({ length: ITEMS }, (_, i) => ({ id: `t${i}`, title: `Tin ${i}` }));
  const gone: string[] = [];
  const webhooks = ['h0', 'h1', 'h2', 'h3'];

  beforeAll(async () => {
    [site, subscriber, shared] = await Promise.all([startFakeSite(), startFakeSubscriber(), makeShared()]);
    site.pages.set('/tin.atom', {
      body: () =>
        atomFeed(
          site.url,
          entries.filter(({ id }) => !gone.includes(id)),
          gone,
        ),
    });
    const ports = [await freePort(), await freePort()] as const;
    // Behind one address, as replicas are.
    const config = `${federationOf(site, '{ min: 1s, max: 1s }').replace(
      'gateway: { title: Tin thử }',
      `gateway: { title: Tin thử, publicUrl: "http://127.0.0.1:${ports[0]}" }`,
    )}callbacks:
  allowNetworks: ["${subscriber.host}"]
  timeout: 2s
  webhooks:
${webhooks.map(id => `    - { id: ${id}, url: "${subscriber.url}/${id}", secret: "${SECRET}", backfill: true }`).join('\n')}
`;
    gateways = await Promise.all(
      shared.dataDirs.map((dataDir, i) =>
        runGateway({ config, dataDir, env: shared.env, port: ports[i] ?? 0 }),
      ),
    );
  }, 60_000);

  afterAll(async () => {
    await Promise.all(gateways.map(gateway => gateway.kill('SIGTERM')));
    await Promise.all([site.stop(), subscriber.stop()]);
    await shared.remove();
  });

  const ids = async () => {
    const { items } = await (gateways.at(-1) as Gateway).ask<{ items: { nodes: { id: string }[] } }>(
      '{ items(first: 100) { nodes { id } } }',
    );
    return items.nodes.map(({ id }) => id);
  };
  const tombstones = (path: string) =>
    new Set(
      subscriber
        .posts(path)
        .map(({ body }) => JSON.parse(body) as { kind: string; id: string })
        .filter(({ kind }) => kind === 'tombstone')
        .map(({ id }) => id),
    );

  it('misses no subscriber’s tombstone when one process dies in the middle', async () => {
    const all = await until('all items', async () => {
      const found = await ids();
      return found.length === ITEMS && found;
    });
    const [first, second] = gateways as [Gateway, Gateway];
    const topic = `${first.url}/feeds/all.atom`;
    const form = { 'hub.mode': 'subscribe', 'hub.topic': topic, 'hub.callback': `${subscriber.url}/push` };
    const asked = await fetch(`${second.url}/hub`, { method: 'POST', body: new URLSearchParams(form) });
    expect(asked.status).toBe(202);
    await until('the verification', async () => subscriber.gets('/push').length > 0);
    for (const path of [...webhooks, 'push']) subscriber.behaviours.set(`/${path}`, { delay: 30 });
    // Enough in flight that a process dies with turns begun, whichever of the two holds them.
    gone.push(...entries.slice(0, 20).map(({ id }) => id));
    await until('the wave rolls', async () => tombstones('/h0').size >= 5);
    await first.kill('SIGKILL');
    gateways = [second];
    gone.push(...entries.slice(20, 40).map(({ id }) => id));
    const left = await until(
      'the items left',
      async () => {
        const found = await ids();
        return found.length === ITEMS - 40 && found;
      },
      40_000,
    );
    const taken = new Set(all.filter(id => !left.includes(id)));
    for (const path of webhooks)
      await until(
        `every tombstone at ${path}`,
        async () => tombstones(`/${path}`).size === taken.size,
        40_000,
      );
    for (const path of webhooks) expect(tombstones(`/${path}`)).toEqual(taken);
    await until(
      'every tombstone pushed',
      async () => {
        const pushed = subscriber
          .posts('/push')
          .map(({ body }) => body)
          .join('');
        return [...taken].every(id => pushed.includes(`deleted-entry ref="${id}"`));
      },
      40_000,
    );
  }, 150_000);
}
