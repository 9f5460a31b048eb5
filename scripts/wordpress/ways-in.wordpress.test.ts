import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FakeSubscriber, startFakeSubscriber } from '../../gateway/e2e/fake-subscriber.ts';
import {
  freePort,
  type Gateway,
  pause,
  removeFolder,
  runGateway,
  until,
} from '../../gateway/e2e/run-gateway.ts';
import { startWordPress, type WordPress } from './start.ts';

/**
 * A real WordPress that is set to ping (Settings → Writing → Update Services), through the whole program, to every kind of
 * consumer. What is asserted is that all arrives; the times are printed. `ROUNDS=30` for figures worth quoting.
 */
const ROUNDS = Number(process.env.ROUNDS ?? 3);
/** Pings of one site within this are one. */
const WINDOW = 10_000;

let site: WordPress;
let gateway: Gateway;
let subscriber: FakeSubscriber;
let door: Door;

/** In front of `/ping`: notes when each arrives. */
interface Door {
  readonly url: string;
  readonly arrived: number[];
  stop(): void;
}

beforeAll(async () => {
  [site, subscriber] = [await startWordPress(), await startFakeSubscriber()];
  const port = await freePort();
  door = await openDoor(`http://127.0.0.1:${port}/ping`);
  gateway = await runGateway({
    port,
    config: `gateway: { title: Tin thử, publicUrl: "http://127.0.0.1:${port}" }
fetch: { allowNetworks: ["127.0.0.0/8"] }
callbacks:
  allowNetworks: ["127.0.0.0/8"]
  webhooks: [{ id: cong, url: "${subscriber.url}/webhook", secret: "whsec_${Buffer.alloc(32, 7).toString('base64')}" }]
sites:
  - id: viec-lam
    name: Cục Việc làm
    kind: unit
    homepage: ${site.url}/
    sources: [{ id: bai, connector: wordpress, every: { min: 1h, max: 1h }, since: 60d, options: { url: "${site.url}" } }]
`,
  });
  await site.php(
    `update_option('ping_sites', $args['door']); update_option('blog_public', 1); return true;`,
    {
      door: door.url,
    },
  );
  const form = {
    'hub.mode': 'subscribe',
    'hub.topic': `${gateway.url}/feeds/all.atom`,
    'hub.callback': `${subscriber.url}/websub`,
  };
  await fetch(`${gateway.url}/hub`, { method: 'POST', body: new URLSearchParams(form) });
  await until('the subscription', async () => subscriber.gets('/websub').length > 0);
  await until(
    'the first harvest',
    async () => (await text('/feeds/all.json')).includes('"items":[{'),
    150_000,
  );
}, 300_000);

afterAll(async () => {
  door?.stop();
  await gateway?.kill('SIGTERM');
  await Promise.all([site?.stop(), subscriber?.stop()]);
  if (gateway) removeFolder(gateway.dataDir);
}, 60_000);

const text = async (path: string) => (await fetch(`${gateway.url}${path}`)).text();
const cron = async () => (await fetch(`${site.url}/wp-cron.php?doing_wp_cron`)).text();

describe('a post of a WordPress that pings', () => {
  it(
    'is in the Atom feed and pushed by WebSub and webhook',
    async () => {
      const rounds: Round[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        if (round > 0) await pause(WINDOW + 500);
        rounds.push(await publish(`Tin báo lần ${round}, ${Date.now()}`));
      }
      print(rounds);
    },
    ROUNDS * 60_000,
  );
});

describe('a post that WordPress’ editor takes back', () => {
  it('is gone from every door, and every kind of consumer is told', async () => {
    await pause(WINDOW);
    const title = `Tin sẽ gỡ ${Date.now()}`;
    const { post } = await publish(title);
    const items = (JSON.parse(await text('/feeds/all.json')) as { items: { id: string; title: string }[] })
      .items;
    const id = items.find(item => item.title === title)?.id ?? '';
    const events = listen(`${gateway.url}/changes?since=now`);
    await until('the stream', async () => events.open);
    await site.php(`wp_trash_post($args['post'])`, { post });
    const asked = Date.now();
    await gateway.ask('mutation { harvest(source: "viec-lam/bai") { requested } }');
    const seen = await Promise.all(
      Object.entries(consumers(id, title, events)).map(async ([name, look]) => {
        const at = await until(`${name} of the withdrawal`, look, 30_000);
        return [name, typeof at === 'number' ? at : Date.now()] as const;
      }),
    );
    events.stop();
    for (const path of ['/feeds/all.atom', '/feeds/all.rss', '/feeds/all.html', '/feeds/all.json'])
      expect(await text(path)).not.toContain(title);
    const committed = await tombstoneAt(id);
    const lines = seen.map(
      ([name, at]) => `  ${name}: ${((at - committed) / 1000).toFixed(2)} s after its commit`,
    );
    process.stdout.write(
      `Withdrawal: asked → detected and committed ${((committed - asked) / 1000).toFixed(2)} s\n${lines.join('\n')}\n`,
    );
  }, 120_000);
});

interface Round {
  readonly post: unknown;
  readonly published: number;
  readonly ping: number;
  readonly feed: number;
  readonly websub: number;
  readonly webhook: number;
}

async function publish(title: string): Promise<Round> {
  const pings = door.arrived.length;
  const published = Date.now();
  const post = await site.php(
    `wp_insert_post(['post_title' => $args['title'], 'post_content' => 'Nội dung', 'post_status' => 'publish'])`,
    { title },
  );
  const running = cron();
  const feed = untilSeen(`${title} in the feed`, async () => (await text('/feeds/all.atom')).includes(title));
  const pushed = (path: string) =>
    until(
      `${title} pushed to ${path}`,
      async () => subscriber.posts(path).find(({ body }) => body.includes(title)),
      30_000,
    );
  const [websub, webhook] = await Promise.all([pushed('/websub'), pushed('/webhook')]);
  const shown = await feed;
  await running;
  return {
    post,
    published,
    ping: door.arrived[pings] ?? Number.NaN,
    feed: shown,
    websub: websub.at,
    webhook: webhook.at,
  };
}

async function untilSeen(what: string, look: () => Promise<boolean>): Promise<number> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await pause(5))
    if (await look()) return Date.now();
  throw new Error(`Waited 30 s for: ${what}`);
}

/** Each kind of consumer, and how it knows. */
function consumers(
  id: string,
  title: string,
  events: Events,
): Record<string, () => Promise<number | boolean>> {
  const pushed =
    (path: string, ...words: string[]) =>
    async () =>
      subscriber.posts(path).find(({ body }) => words.every(word => body.includes(word)))?.at ?? false;
  return {
    Atom: async () => (await text('/feeds/all.atom')).includes(`ref="${id}"`),
    JSON: async () => (await text('/feeds/all.json')).includes(`"deleted":[{"id":"${id}"`),
    GraphQL: async () =>
      (await gateway.ask<{ item: unknown }>('query($id: ID!) { item(id: $id) { title } }', { id })).item ===
      null,
    search: async () =>
      !JSON.stringify(
        await gateway.ask('query($q: String!) { search(query: $q) { nodes { title } } }', { q: title }),
      ).includes(title),
    'its page': async () =>
      (await fetch(`${gateway.url}/items/${id}`, { redirect: 'manual' })).status === 410,
    'the stream': async () => events.at(id) ?? false,
    WebSub: pushed('/websub', `ref="${id}"`),
    webhook: pushed('/webhook', '"tombstone"', id),
  };
}

async function tombstoneAt(id: string): Promise<number> {
  for (let since = ''; ; ) {
    const page = JSON.parse(await text(`/changes?limit=1000${since}`)) as {
      changes: { id: string; kind: string; at: string }[];
      cursor: string;
      upToDate: boolean;
    };
    const found = page.changes.find(change => change.id === id && change.kind === 'tombstone');
    if (found) return Date.parse(found.at);
    if (page.upToDate) throw new Error('no tombstone');
    since = `&since=${page.cursor}`;
  }
}

interface Events {
  readonly open: boolean;
  at(id: string): number | undefined;
  stop(): void;
}

/** A reader of the change stream. */
function listen(url: string): Events {
  const seen = new Map<string, number>();
  const stopping = new AbortController();
  let open = false;
  void (async () => {
    const answer = await fetch(url, { headers: { accept: 'text/event-stream' }, signal: stopping.signal });
    open = answer.ok;
    let kept = '';
    for await (const chunk of answer.body ?? []) {
      kept += Buffer.from(chunk as Uint8Array).toString('utf8');
      for (const [, id] of kept.matchAll(/event: tombstone\ndata: .*?"id":"(urn:uuid:[\da-f-]+)"/g))
        if (id !== undefined && !seen.has(id)) seen.set(id, Date.now());
    }
  })().catch(() => undefined);
  return {
    get open() {
      return open;
    },
    at: id => seen.get(id),
    stop: () => stopping.abort(),
  };
}

async function openDoor(to: string): Promise<Door> {
  const arrived: number[] = [];
  const server: Server = createServer(async (request, response) => {
    arrived.push(Date.now());
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await fetch(to, {
      method: 'POST',
      body: Buffer.concat(chunks),
      headers: { 'content-type': 'text/xml' },
    });
    response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(await answer.text());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    arrived,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function print(rounds: readonly Round[]): void {
  const row = (name: string, times: readonly number[]) => {
    const sorted = times.toSorted((a, b) => a - b);
    const part = (share: number) =>
      sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
    return `  ${name}: median ${part(0.5)} ms, p99 ${part(0.99)} ms`;
  };
  const lines = [
    row(
      'ping → Atom feed',
      rounds.map(({ ping, feed }) => feed - ping),
    ),
    row(
      'ping → WebSub subscriber',
      rounds.map(({ ping, websub }) => websub - ping),
    ),
    row(
      'ping → webhook',
      rounds.map(({ ping, webhook }) => webhook - ping),
    ),
    row(
      'publish → Atom feed (with PHP’s start and wp-cron)',
      rounds.map(({ published, feed }) => feed - published),
    ),
  ];
  process.stdout.write(`${rounds.length} posts of a real WordPress:\n${lines.join('\n')}\n`);
}
