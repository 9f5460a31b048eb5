import type { Log } from '../../../connectors/connector.ts';
import type { Store } from '../../store/store.ts';
import type { RemotesOptions } from './remotes.ts';

/** Keeps in the store which sites' schemas do not fit, so that whoever looks for trouble sees it in every process. */
export function keepFit(store: Store, log: Log): NonNullable<RemotesOptions['onFit']> {
  return (source, broken) =>
    void store
      .transaction(async tx => {
        const kept = await tx.records.get('remote-schema', source);
        if (broken.length === 0) {
          if (kept) await tx.records.remove('remote-schema', [source]);
          return;
        }
        const at = kept?.at ?? (await store.now());
        const [site = ''] = source.split('/');
        await tx.records.put({ kind: 'remote-schema', id: source, site, at, document: { broken } });
      })
      .catch(err => log.warn({ err, source }, 'Whether a schema fits could not be kept.'));
}
