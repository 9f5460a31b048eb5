import { expect, it } from '@jest/globals';
import { atomFeed, federationOf, startFakeSite } from './fake-site.ts';
import { type Gateway, pause, removeFolder, runGateway, temporaryFolder, until } from './run-gateway.ts';

const ENTRIES = 1_000;
const ROUNDS = 4;

interface Change {
  readonly id: string;
  readonly kind: 'put' | 'tombstone';
  readonly item?: { readonly title: string };
}

/** A consumer that keeps its cursor and its set over the gateway's deaths. */
interface Consumer {
  cursor?: string;
  readonly set: Map<string, string>;
}

async function follow(gateway: Gateway, consumer: Consumer): Promise<void> {
  for (;;) {
    const since = consumer.cursor ? `&since=${consumer.cursor}` : '';
    const answer = await fetch(`${gateway.url}/changes?limit=100${since}`);
    const page = (await answer.json()) as { changes: Change[]; cursor: string; upToDate: boolean };
    for (const change of page.changes) {
      if (change.kind === 'put') consumer.set.set(change.id, change.item?.title ?? '');
      else consumer.set.delete(change.id);
    }
    consumer.cursor = page.cursor;
    if (page.upToDate) return;
  }
}

it('loses nothing and doubles nothing when it is killed in the middle of a harvest', async () => {
  const site = await startFakeSite();
  const entries = Array.from({ length: ENTRIES }, (_, i) => ({ id: `tin-${i}`, title: `Tin số ${i}` }));
  site.pages.set('/tin.atom', { body: () => atomFeed(site.url, entries) });
  const config = federationOf(site, '{ min: 1s, max: 5s }');
  const dataDir = temporaryFolder();
  const consumer: Consumer = { set: new Map() };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const gateway = await runGateway({ config, dataDir });
      await pause(100 + round * 150);
      await follow(gateway, consumer).catch(() => undefined);
      await gateway.kill('SIGKILL');
    }
    const gateway = await runGateway({ config, dataDir });
    // A dead process' lease has to run out before the source is harvested again.
    await until(
      'all of them',
      async () => {
        await follow(gateway, consumer);
        return consumer.set.size === ENTRIES;
      },
      90_000,
    );
    expect([...consumer.set.values()].sort()).toEqual(entries.map(({ title }) => title).sort());
    const { items } = await gateway.ask<{ items: { totalCount?: number; nodes: { id: string }[] } }>(
      '{ items(first: 100) { nodes { id } } }',
    );
    expect(items.nodes.every(({ id }) => consumer.set.has(id))).toBe(true);
    await gateway.kill('SIGTERM');
  } finally {
    await site.stop();
    removeFolder(dataDir);
  }
}, 180_000);
