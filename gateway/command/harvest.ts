import { CodedError } from '../../schemas/errors.ts';
import { openBooks } from '../harvest/books.ts';
import { registerSources } from '../harvest/register-sources.ts';
import { LEASE, runLeased } from '../harvest/scheduler.ts';
import type { Plugins } from './plugins.ts';
import type { Setting } from './setting.ts';
import { withHarvester } from './with-harvester.ts';

/** Harvests one source now, showing its progress; exit code 1 when it failed. */
export async function harvest(name: string, plugins: Plugins, setting: Setting): Promise<number> {
  const { federation, log } = setting;
  if (!federation.sources.some(source => source.name === name)) throw unknownSource(name, setting);
  return withHarvester(plugins, setting, async (harvester, store) => {
    await registerSources(store, federation, log);
    const lease = await store.work.leaseOne(name, LEASE);
    if (!lease)
      throw new CodedError('UNAVAILABLE', `${name} is being harvested right now; try again in a minute.`);
    const run = await runLeased(lease, new AbortController().signal, harvester);
    if (!run) throw new CodedError('UNAVAILABLE', `Another process took ${name} over; its log tells more.`);
    const books = openBooks(harvester);
    await Promise.all([books.book(lease, run), books.close()]);
    const { error, ...done } = run;
    console.log(
      JSON.stringify(
        { source: name, ...done, ...(error ? { error: { code: error.code, message: error.message } } : {}) },
        null,
        2,
      ),
    );
    return error ? 1 : 0;
  });
}

export function unknownSource(name: string, { federation }: Setting): CodedError {
  const known = federation.sources.map(source => source.name).join(', ');
  return new CodedError('NOT_FOUND', `No source is called ${name}. There are: ${known || 'none'}.`);
}
