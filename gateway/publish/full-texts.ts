import type { Item } from '../../schemas/item.ts';
import type { FullText } from '../../schemas/records.ts';
import { withoutAllImages } from '../judge/without-images.ts';
import type { Store } from '../store/store.ts';

/** The parts of an item that its paper's agreement may give to some and not to all. */
export type Readable = Pick<Item, 'content' | 'contentText' | 'media' | 'picture'>;

/** A key with `fulltext:<site>` reads the whole where the agreement's audience is the portal. */
export function mayReadFull({ republication, site, sourceHash }: Item, scopes: ReadonlySet<string>): boolean {
  return (
    sourceHash !== undefined &&
    republication?.audience === 'portal' &&
    republication.mode === 'full-text' &&
    scopes.has(`fulltext:${site}`)
  );
}

/** The whole, as far as the agreement goes. */
export function readableOf({ republication }: Item, full: FullText): Readable {
  if (republication?.media) return full;
  return { content: withoutAllImages(full.content), contentText: full.contentText, media: [] };
}

/** Items with their full texts for who may read them; all others as they are. */
export async function withFullTexts(
  store: Pick<Store, 'records'>,
  items: readonly Item[],
  scopes: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Item>> {
  const allowed = items.filter(item => mayReadFull(item, scopes));
  if (allowed.length === 0) return new Map();
  const records = await store.records.byIds(
    'full-text',
    allowed.map(({ id }) => id),
  );
  const texts = new Map(records.map(({ id, document }) => [id, document]));
  return new Map(
    allowed.flatMap(item => {
      const full = texts.get(item.id);
      const { picture: _picture, ...rest } = item;
      return full ? [[item.id, { ...rest, ...readableOf(item, full) }] as const] : [];
    }),
  );
}
