import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlertChannel, MailTarget } from '../../schemas/alarms.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { AlarmTools } from '../alert/look.ts';
import type { NoticeTools } from '../alert/send-due.ts';
import { openAlertTools } from '../alert/thread.ts';
import type { Watch } from '../alert/watch.ts';
import { startWatcher, type Watcher } from '../alert/watcher.ts';
import { allWatches } from '../alert/watches.ts';
import { createLog } from '../log.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { seededFederation } from './seed.ts';
import { USUAL } from './usual.ts';

/** 2026-11-23T10:00:00+07:00, a Monday. */
export const MORNING: Instant = Date.parse('2026-11-23T10:00:00+07:00');
const NEVER = 24 * 60 * 60_000;

/** One replica that looks and tells when it is told to. */
export interface Replica extends Watcher {
  readonly tools: AlarmTools & NoticeTools;
  readonly store: Store;
}

/** A store with a clock of its own, and replicas that share it. */
export interface Alerting {
  readonly federation: Federation;
  readonly store: Store;
  readonly dataDir: string;
  clock: Instant;
  replica(changes?: Partial<Federation>, watches?: readonly Watch[]): Promise<Replica>;
  close(): Promise<void>;
}

export async function openAlerting(
  changes: Partial<Federation> = {},
  { databaseUrl, folder = tmpdir() }: { readonly databaseUrl?: string; readonly folder?: string } = {},
): Promise<Alerting> {
  const dataDir = mkdtempSync(join(folder, 'lienthong-alerting-'));
  const log = createLog('silent', 'test');
  const seeded = seededFederation(changes);
  const federation: Federation = {
    ...seeded,
    gateway: { ...seeded.gateway, publicUrl: 'http://tin.example.gov.vn', ...changes.gateway },
    callbacks: { ...USUAL.callbacks, allowNetworks: ['127.0.0.0/8'], ...changes.callbacks },
  };
  const opened: (() => Promise<void>)[] = [];
  const open = async () => {
    const store = await openStore({
      dataDir,
      log,
      now: () => world.clock,
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
    });
    opened.push(() => store.close());
    return store;
  };
  const world: Alerting = {
    federation,
    dataDir,
    clock: MORNING,
    store: undefined as unknown as Store,
    async replica(more = {}, watches = allWatches()) {
      const store = await open();
      const tools = openAlertTools({ store, federation: { ...federation, ...more }, dataDir, log });
      // Its own rounds never come: the test says when.
      const watcher = startWatcher(tools, { watches, every: 20_000, sendEvery: NEVER, first: NEVER });
      opened.push(async () => {
        await watcher.stop();
        await tools.close();
      });
      return { ...watcher, tools, store };
    },
    async close() {
      for (const close of opened.reverse()) await close();
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  const store = await open();
  await store.work.register(federation.sources.map(({ name, every }) => ({ name, interval: every.max })));
  return Object.assign(world, { store });
}

export function byMail(
  port: number,
  more: Partial<AlertChannel> = {},
  smtp: Partial<MailTarget['smtp']> = {},
): AlertChannel {
  return {
    id: 'truc',
    to: {
      mail: {
        to: ['truc@bo.example'],
        from: 'cong@bo.example',
        smtp: { host: '127.0.0.1', port, tls: 'none', ...smtp },
      },
    },
    kinds: [],
    sites: [],
    language: 'vi',
    ...more,
  };
}

export function byWebhook(url: string, more: Partial<AlertChannel> = {}, secret?: string): AlertChannel {
  const format = secret === undefined ? 'chat' : 'standard';
  return {
    id: 'hook',
    to: { webhook: { url, format, ...(secret !== undefined && { secret }) } },
    kinds: [],
    sites: [],
    language: 'vi',
    ...more,
  };
}

/** A harvest of a source that ended, well or not, at the store's time. */
export async function harvested(
  store: Store,
  source: string,
  error?: { readonly code: string; readonly message: string },
): Promise<void> {
  const lease = await store.work.leaseOne(source, 60_000);
  if (!lease) throw new Error(`${source} is leased`);
  const now = await store.now();
  const outcome = {
    next: now + 600_000,
    interval: 600_000,
    succeeded: !error,
    changed: false,
    ...(error && { error }),
  };
  await store.work.finish([{ lease, outcome }]);
}
