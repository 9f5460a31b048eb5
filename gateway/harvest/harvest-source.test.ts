import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Connector } from '../../connectors/connector.ts';
import { seededFederation } from '../e2e/seed.ts';
import { type NormaliseContext, normaliseBatch } from '../normalise/normalise.ts';
import { openStore } from '../store/open-store.ts';
import { type HarvestTools, harvestSource } from './harvest-source.ts';

const NAME = 'viec-lam/tin';
const MOST_NEW = 10_000;

/** A site that has as many posts as anybody asks for. */
const endless: Connector = {
  id: 'endless',
  title: { vi: '', en: '' },
  summary: { vi: '', en: '' },
  options: z.unknown(),
  example: {},
  read: () => undefined,
  async *harvest({ checkpoint }) {
    for (let page = Number(checkpoint ?? 0); ; page++) {
      yield { entries: Array.from({ length: 200 }, (_, i) => post(page * 200 + i)), checkpoint: page + 1 };
    }
  },
};

function post(number: number) {
  return {
    sourceId: `tin-${number}`,
    link: `https://viec-lam.example.vn/tin-${number}`,
    title: { type: 'text', value: `Tin ${number}` },
    authors: [],
    categories: [],
    media: [],
  } as const;
}

it('adds so many items in one run and no more, and goes on from there in the next', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lienthong-run-'));
  const store = await openStore({ dataDir: folder });
  const seeded = seededFederation();
  const sources = seeded.sources.filter(({ name }) => name === NAME);
  const quiet = () => undefined;
  const tools: HarvestTools = {
    store,
    federation: { ...seeded, sources: sources.map(source => ({ ...source, connector: endless.id })) },
    connectors: new Map([[endless.id, endless]]),
    rules: [],
    pool: {
      run: async task => {
        const { entries, context } = task as { entries: []; context: NormaliseContext };
        return normaliseBatch(entries, context);
      },
      close: async () => undefined,
    },
    fetchFor: () => () => Promise.reject(new Error('nothing is asked here')),
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  };
  try {
    await store.work.register([{ name: NAME, interval: 1 }]);
    const lease = await store.work.leaseOne(NAME, 600_000);
    if (!lease) throw new Error('no lease');
    for (const run of [1, 2]) {
      const harvest = await harvestSource(lease, new AbortController().signal, tools);
      expect(harvest).toMatchObject({ created: MOST_NEW, error: { code: 'MASS_ARRIVAL' } });
      expect((await store.work.checkpoint(NAME))?.value).toBe((run * MOST_NEW) / 200);
    }
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}, 60_000);
