import type { Log } from '../../connectors/connector.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { SourceState } from '../../schemas/source.ts';
import type { Store } from '../store/store.ts';

const DISABLED = 'disabled';

/**
 * Tells the store what the federation file names now. A source that is switched off there (`enabled: false`) rests, but
 * has not left; a pause that a person ordered stays. Warns of a site whose id was probably changed by mistake.
 */
export async function registerSources(store: Store, federation: Federation, log: Log): Promise<void> {
  const { sources } = federation;
  const before = await store.work.states();
  await store.work.register(sources.map(({ name, every }) => ({ name, interval: every.max })));
  const states = new Map((await store.work.states()).map(state => [state.source, state]));
  for (const { name, enabled } of sources) {
    const { paused } = states.get(name) ?? {};
    if (!enabled && !paused) await store.work.pause(name, { reason: DISABLED });
    if (enabled && paused?.reason === DISABLED) await store.work.pause(name, undefined);
  }
  await warnOfRenamedSites(store, federation, before, log);
}

/** A changed site id is a new site with new ids for all its items: rarely what was meant. */
async function warnOfRenamedSites(
  store: Store,
  { sites }: Federation,
  before: readonly SourceState[],
  log: Log,
): Promise<void> {
  const known = new Set(before.map(({ source }) => siteOf(source)));
  const fresh = sites.filter(({ id }) => !known.has(id));
  const gone = before.filter(({ source }) => !sites.some(({ id }) => id === siteOf(source)));
  for (const { source } of fresh.length > 0 ? gone : []) {
    const [item] = await store.items.held(source, 1);
    const host = item && URL.parse(item.link)?.host;
    const heir = fresh.find(
      ({ homepage, hosts }) => host && (URL.parse(homepage)?.host === host || hosts.includes(host)),
    );
    if (!heir) continue;
    log.warn(
      { site: heir.id, before: siteOf(source) },
      `${heir.id}: trang mới này có cùng địa chỉ với ${siteOf(source)} vừa ra khỏi tệp cấu hình. Mã trang đổi là trang mới, mọi tin có mã mới. Nếu chỉ đổi tên, hãy trả lại mã cũ.`,
    );
  }
}

function siteOf(source: string): string {
  return source.split('/')[0] ?? source;
}
