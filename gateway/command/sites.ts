import { CodedError } from '../../schemas/errors.ts';
import { hideItemsOf } from '../harvest/left-sources.ts';
import { registerSources } from '../harvest/register-sources.ts';
import type { Setting } from './setting.ts';

/** Takes a site that left the federation file out of view at once, without waiting for the day of grace. */
export async function retireSite(site: string, setting: Setting): Promise<number> {
  const { federation, log } = setting;
  if (federation.sites.some(({ id }) => id === site)) {
    throw new CodedError(
      'BAD_INPUT',
      `${site} is still in the federation file. Take it out first, then retire it.`,
    );
  }
  const store = await setting.openStore();
  try {
    await registerSources(store, federation, log);
    const sources = (await store.work.states())
      .map(({ source }) => source)
      .filter(name => name.startsWith(`${site}/`));
    if (sources.length === 0) throw new CodedError('NOT_FOUND', `No site was ever called ${site}.`);
    console.log(`${site}: đã ẩn ${await hideItemsOf(store, sources)} tin.`);
    return 0;
  } finally {
    await store.close();
  }
}
