import type { FetchRequest, FetchResponse } from '../../connectors/connector.ts';
import type { Draft } from '../../schemas/item.ts';
import { HEAD_BYTES, measurePictures } from '../normalise/picture-size.ts';
import type { Store } from '../store/store.ts';

/** Pictures asked for in one batch, and milliseconds for all of them: a slow picture host delays news by no more. */
const MOST = 20;
const PATIENCE = 5_000;
/** A host that ignores the range sends the whole picture; beyond this it stays without a size. */
const MOST_BYTES = 4 * 1024 * 1024;

export interface Measuring {
  readonly store: Store;
  readonly fetch: (request: FetchRequest, signal?: AbortSignal) => Promise<FetchResponse>;
  readonly signal: AbortSignal;
}

/**
 * Measures the lead pictures of what is new or changed, from their first bytes, before it is stored: the size is then
 * part of the first put, and no second one is needed. What can't be had in time stays unmeasured and costs nothing.
 */
export async function measureNew(
  drafts: readonly Draft[],
  { store, fetch, signal }: Measuring,
): Promise<readonly Draft[]> {
  const unsized = drafts.filter(({ picture }) => picture && picture.width === undefined);
  if (unsized.length === 0) return drafts;
  const held = await store.items.byLinks(unsized.map(({ canonicalLink }) => canonicalLink));
  const hashes = new Set(held.map(({ hash }) => hash));
  const wanted = unsized.filter(({ hash }) => !hashes.has(hash));
  if (wanted.length === 0) return drafts;

  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  const measured = await measurePictures(
    wanted,
    async url => {
      const request = {
        url,
        headers: { range: `bytes=0-${HEAD_BYTES - 1}`, accept: 'image/*' },
        maxBytes: MOST_BYTES,
      };
      return (await fetch(request, patience)).body;
    },
    { limit: MOST, signal: patience },
  );
  const byKey = new Map(wanted.map((draft, i) => [draft, measured[i] ?? draft]));
  return drafts.map(draft => byKey.get(draft) ?? draft);
}
