import { createHarvester, type Harvester } from '../harvest/thread.ts';
import type { Store } from '../store/store.ts';
import type { Plugins } from './plugins.ts';
import type { Setting } from './setting.ts';

/** What a verb that asks sites stands on, closed when it is done; progress goes to the error stream. */
export async function withHarvester<T>(
  plugins: Plugins,
  setting: Setting,
  act: (harvester: Harvester, store: Store) => Promise<T>,
): Promise<T> {
  const { federation, log } = setting;
  const store = await setting.openStore();
  const harvester = createHarvester({
    federation,
    store,
    connectors: plugins.connectors,
    rules: plugins.rules,
    startReader: () => plugins.startThread('reading'),
    log,
    onProgress: (source, message) => console.error(`${source}: ${message}`),
  });
  try {
    return await act(harvester, store);
  } finally {
    await harvester.close();
    await store.close();
  }
}
