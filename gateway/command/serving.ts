import type { Worker } from 'node:worker_threads';
import type { Federation } from '../../schemas/federation.ts';
import { registerSources } from '../harvest/register-sources.ts';
import { noteSettings } from '../ledger/note-settings.ts';
import { differences } from '../running/differences.ts';
import { follow } from '../running/thread-words.ts';
import type { Store } from '../store/store.ts';
import { buildGeneration, type Generation, type Lasting } from './generation.ts';
import type { Setting } from './setting.ts';

/** What one reading of the file did, in sentences for the operator. */
export interface Reloaded {
  readonly file: string;
  readonly sites: number;
  readonly sources: number;
  readonly told: readonly string[];
}

/** The generation that serves, and the way to the next one. */
export interface Serving {
  readonly current: Generation;
  /**
   * Reads the federation file anew and swaps. Throws CONFIG_INVALID with every fault, and then nothing has changed. Of
   * several calls at once, one runs after the other.
   */
  reload(): Promise<Reloaded>;
}

export interface ServingTools {
  readonly store: Store;
  readonly read: () => Setting;
  readonly lasting: Omit<Lasting, 'newest'>;
  /** The threads that work by the federation too; none before the port is ours. */
  readonly threads: () => readonly Worker[];
}

/** Builds the first generation. Throws CONFIG_INVALID. */
export async function openServing(
  first: Setting,
  { store, read, lasting, threads }: ServingTools,
): Promise<Serving> {
  let newest: Federation = first.federation;
  const parts: Lasting = { ...lasting, newest: () => newest };
  await settle(store, first);
  let current = await buildGeneration(first, parts);
  let queue: Promise<unknown> = Promise.resolve();

  async function reload(): Promise<Reloaded> {
    const setting = read();
    const before = current;
    const next = await buildGeneration(setting, parts);
    await settle(store, setting).catch(async thrown => {
      await next.retire();
      throw thrown;
    });
    newest = setting.federation;
    current = next;
    for (const thread of threads()) await follow(thread, newest);
    void before.retire();
    const told = differences(before.setting.federation, newest);
    const { sites, sources } = newest;
    setting.log.info(
      { sites: sites.length, sources: sources.length },
      ['Đã đọc lại tệp cấu hình.', ...told].join('\n  '),
    );
    return {
      file: setting.environment.config ?? 'sandbox',
      sites: sites.length,
      sources: sources.length,
      told,
    };
  }

  return {
    get current() {
      return current;
    },
    reload() {
      const turn = queue.then(reload, reload);
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
}

/** What the store knows of the file: its sources, and in the ledger the settings that duties rest on. */
async function settle(store: Store, { federation, log }: Setting): Promise<void> {
  await registerSources(store, federation, log);
  await noteSettings(store, federation);
}
