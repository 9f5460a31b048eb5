import type { Federation } from '../../schemas/federation.ts';
import type { Format, OutgoingFeed } from '../../schemas/formats/format.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import type { ItemFilter } from '../store/items.ts';
import type { Store } from '../store/store.ts';
import type { Document, FeedDocument } from './answer.ts';
import type { Archives } from './archives.ts';
import { editedAt, newestChange } from './edits.ts';
import { type Address, feedAddress, logicalId, titleOf } from './feed-address.ts';
import { type FeedQuery, toAfter } from './feed-query.ts';
import { onceAStory } from './once-a-story.ts';
import { outgoingItems, publicUrl } from './outgoing.ts';
import { pickPinned, refuses } from './picks.ts';
import { toFilter } from './selection.ts';
import { readTombstones, type Tombstone } from './tombstones.ts';
import { readWindow, type Window } from './window.ts';

/** What publishing a feed needs of the world. */
export interface Publishing {
  readonly store: Store;
  readonly federation: Federation;
  readonly archives: Archives;
  /** Address of the WebSub hub, when there is one. */
  readonly hub?: string;
  /** True while everything harvested is made up. */
  readonly sandbox: boolean;
  readonly now: () => Instant;
}

export type GeneratingFormat = Format & Required<Pick<Format, 'generate' | 'mediaType' | 'extension'>>;

export function isGenerating(format: Format): format is GeneratingFormat {
  return format.generate !== undefined && format.mediaType !== undefined && format.extension !== undefined;
}

/** One feed, one selection, one format, as of now; or one of its archives. Throws NOT_FOUND for an archive to come. */
export async function renderFeed(
  publishing: Publishing,
  query: FeedQuery,
  format: GeneratingFormat,
): Promise<Document> {
  const filter = toFilter(query.selections, query.text);
  const address = feedAddress(publishing.federation, query, format.extension);
  if (query.archive !== undefined && filter) {
    const closed = await publishing.archives.closed(filter);
    if (closed && query.archive === closed.closed + 1) return toCurrent(address({}), closed.validUntil);
  }
  const part = await (query.archive === undefined
    ? readCurrent(publishing, query, filter, address)
    : readArchive(publishing, query, filter, address));
  const { holds: _holds, ...document } = await finish(publishing, query, format, part);
  return document;
}

/** A current feed, and what it tells: for who must know whether it tells everything. */
export async function renderTopic(
  publishing: Publishing,
  query: FeedQuery,
  format: GeneratingFormat,
): Promise<FeedDocument> {
  const address = feedAddress(publishing.federation, query, format.extension);
  const part = await readCurrent(publishing, query, toFilter(query.selections, query.text), address);
  return finish(publishing, query, format, part);
}

/** The feed with exactly these entries and tombstones: what a push carries when the feed itself no longer holds them. */
export function renderChanges(
  publishing: Publishing,
  query: FeedQuery,
  format: GeneratingFormat,
  changes: Pick<Part, 'items' | 'tombstones'>,
): Promise<FeedDocument> {
  return finish(publishing, query, format, { ...changes, links: [], archive: false });
}

async function finish(
  publishing: Publishing,
  query: FeedQuery,
  format: GeneratingFormat,
  part: Part,
): Promise<FeedDocument> {
  const address = feedAddress(publishing.federation, query, format.extension);
  const outgoing = await compose(publishing, query, part, address);
  return {
    mediaType: `${format.mediaType}; charset=utf-8`,
    body: format.generate(outgoing),
    updated: outgoing.updated,
    links: [{ rel: 'self', href: outgoing.self }, ...outgoing.links.filter(({ rel }) => rel === 'hub')],
    ...(part.validUntil === undefined ? {} : { validUntil: part.validUntil }),
    holds: new Set([...part.items.map(({ id }) => id), ...part.tombstones.map(({ item }) => item)]),
  };
}

/** The archive after the newest closed one is the feed itself. */
function toCurrent(current: string, validUntil: Instant | undefined): Document {
  return {
    status: 302,
    mediaType: 'text/plain; charset=utf-8',
    body: '',
    headers: { Location: current },
    ...(validUntil === undefined ? {} : { validUntil }),
  };
}

/** What stands in one document of a feed. */
interface Part {
  readonly items: readonly Item[];
  readonly tombstones: readonly Tombstone[];
  readonly links: OutgoingFeed['links'];
  readonly archive: boolean;
  readonly validUntil?: Instant;
}

async function readCurrent(
  publishing: Publishing,
  query: FeedQuery,
  filter: ItemFilter | undefined,
  address: Address,
): Promise<Part> {
  const { store, federation, archives } = publishing;
  const kinds = new Map(federation.sites.map(site => [site.id, site.kind]));
  const { items, next, validUntil } = await readFeedWindow(publishing, query);
  // What has the words may change with every edit, so a search has no archives that could be closed.
  const archived = filter && !query.after && query.text === undefined;
  const closed = archived ? await archives.closed(filter) : undefined;
  const limit = query.usualLimit ? undefined : query.limit;
  const ends = [validUntil, closed?.validUntil].filter(end => end !== undefined);
  return {
    items,
    tombstones: filter ? await readTombstones(store, filter, site => kinds.get(site)) : [],
    archive: false,
    links: [
      { rel: 'first', href: address({ limit }) },
      ...(next ? [{ rel: 'next', href: address({ limit, after: toAfter(next) }) }] : []),
      ...(closed?.closed ? [{ rel: 'prev-archive', href: address({ archive: closed.closed }) }] : []),
    ],
    ...(ends.length > 0 ? { validUntil: Math.min(...ends) } : {}),
  };
}

async function readArchive(
  { archives }: Publishing,
  { archive: number = 0, definition }: FeedQuery,
  filter: ItemFilter | undefined,
  address: Address,
): Promise<Part> {
  const { items, tombstones } = await archives.read(filter ?? { sites: [''] }, number);
  const refused = refuses(definition);
  return {
    items: items.filter(item => !refused(item)),
    tombstones,
    archive: true,
    links: [
      { rel: 'current', href: address({}) },
      ...(number > 1 ? [{ rel: 'prev-archive', href: address({ archive: number - 1 }) }] : []),
      // Always there, so that this document needn't change when the next archive closes; until then that address
      // leads to the current feed.
      { rel: 'next-archive', href: address({ archive: number + 1 }) },
    ],
  };
}

async function compose(
  { store, federation, hub, sandbox }: Publishing,
  query: FeedQuery,
  part: Part,
  address: Address,
): Promise<OutgoingFeed> {
  const { title, language } = federation.gateway;
  const { archive, after } = query;
  const versions = await store.items.versions(part.items.map(({ id }) => id));
  const complete = outgoingItems(federation);
  const limit = query.usualLimit || archive !== undefined ? undefined : query.limit;
  return {
    id: logicalId(federation, query),
    title: titleOf(federation, query),
    description: sandbox ? `${title}: dữ liệu thử, mọi trang và tin đều là bịa ra` : title,
    language,
    updated: newestChange(part, versions),
    homepage: `${publicUrl(federation)}/`,
    self: address({ limit, after: after && toAfter(after), archive }),
    links: [
      ...(hub && isTopic(query) ? [{ rel: 'hub', href: hub }] : []),
      { rel: 'related', href: `${publicUrl(federation)}/feedback`, type: 'text/html' },
      ...part.links,
    ],
    ...(part.archive ? { archive: true } : {}),
    items: part.items.map(item => ({ ...complete(item), ...editedAt(versions.get(item.id)) })),
    tombstones: part.tombstones.map(({ item, at, reason, replacedBy }) => ({
      id: item,
      at,
      reason,
      ...(replacedBy !== undefined && { replacedBy }),
    })),
    generator: 'Liên Thông',
  };
}

/** Only a current feed can be subscribed to: a page or an archive says nothing new, a search is asked, not pushed. */
export function isTopic({ after, archive, text }: FeedQuery): boolean {
  return after === undefined && archive === undefined && text === undefined;
}

/** The items of a feed's window, for every format and for the HTML fragment. */
export async function readFeedWindow(
  { store, federation, now }: Pick<Publishing, 'store' | 'federation' | 'now'>,
  query: FeedQuery,
): Promise<Window & { readonly validUntil?: Instant }> {
  const filter = toFilter(query.selections, query.text);
  if (!filter) return { items: [] };
  const { definition } = query;
  const pins = query.after ? { items: [] } : await pickPinned(store.items, definition, filter, now());
  const refused = refuses(definition);
  const pinned = pins.items.slice(0, query.limit);
  const window = await readWindow(store.items, {
    filter,
    limit: query.limit,
    order: definition.order,
    ...(definition.perSite === undefined ? {} : { perSite: definition.perSite }),
    ...(query.after ? { after: query.after } : {}),
    sites: federation.sites.map(({ id }) => id),
    pinned,
    accepts: item => !refused(item),
    refusable: definition.exclude.length,
    ...(definition.distinct && {
      distinct: onceAStory(store, { filter, pinned, ...(definition.exclude.length > 0 && { refused }) }),
    }),
  });
  return { ...window, ...(pins.validUntil === undefined ? {} : { validUntil: pins.validUntil }) };
}
