import { createHash } from 'node:crypto';
import type { NewChange, TombstoneReason } from '../../schemas/change.ts';
import type { ContentSchema, Federation, FeedDefinition } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import type { PressAgreement } from '../../schemas/republication.ts';
import type { Site, SiteKind } from '../../schemas/site.ts';
import type { Source } from '../../schemas/source.ts';
import { canonicalLink } from '../normalise/canonical-link.ts';
import { keysOf } from '../normalise/identity.ts';
import type { Store } from '../store/store.ts';
import { USUAL } from './usual.ts';

/** 2026-11-22T08:30:00+07:00: when the seeded world was made. */
export const SEEDED_AT: Instant = Date.parse('2026-11-22T08:30:00+07:00');
const MINUTE = 60_000;

export const UNIT_DOCUMENT: ContentSchema = {
  name: 'cuc',
  type: 'UnitDocument',
  fields: { documentNumber: 'String', signedBy: 'String', signedAt: 'DateTime', recipients: '[String]' },
};

/** A portal, two units and a newspaper, with one source each. */
const AGREEMENT: PressAgreement = {
  id: 'TT-07',
  site: 'bao-a',
  parties: ['Bộ', 'Báo A'],
  mode: 'full-text',
  media: true,
  audience: 'public',
  from: 0,
  until: Date.parse('2027-12-31T23:59:59+07:00'),
  document: `sha256:${'0'.repeat(64)}`,
};

export function seededFederation(changes: Partial<Federation> = {}): Federation {
  const sites = [
    site('cong', 'portal', 'Cổng thông tin điện tử', {}),
    site('viec-lam', 'unit', 'Cục Việc làm', { agencyId: 'G13.24' }, UNIT_DOCUMENT.name),
    site('bao-hiem', 'unit', 'Bảo hiểm xã hội', {}),
    site('bao-a', 'press', 'Báo A', {}),
  ];
  return {
    ...USUAL,
    republication: { ...USUAL.republication, agreements: [AGREEMENT] },
    gateway: {
      title: 'Tin tổng hợp ngành Lao động',
      publicUrl: 'https://tin.example.gov.vn',
      language: 'vi',
      timeZone: 'Asia/Ho_Chi_Minh',
    },
    fetch: {
      allowNetworks: [],
      userAgent: 'test',
      perHost: { concurrency: 2 },
      maxBytes: 1e6,
      timeout: 1000,
    },
    sites,
    sources: sites.map(({ id }) => source(id)),
    contentSchemas: [UNIT_DOCUMENT],
    topics: [{ id: 'viec-lam', title: 'Việc làm', categories: [], keywords: [], sites: [] }],
    feeds: [feed('all', []), feed('portal', ['portal']), feed('units', ['unit']), feed('press', ['press'])],
    http: { trustedProxies: [] },
    serveStale: 300_000,
    tombstoneDays: 180,
    ...changes,
  };
}

/** What `saveItems` takes: an item before the store gives it its number. */
export type NewItem = Omit<Item, 'n'> & { readonly n?: number };

/** An item of a seeded site, released unless said otherwise; `key` makes it the same one again. */
export function newItem(siteId: string, key: string, changes: Partial<Item> = {}): NewItem {
  const of = seededFederation().sites.find(({ id }) => id === siteId);
  if (!of) throw new Error(`There is no seeded site ${siteId}.`);
  const link = `https://${siteId}.example.vn/${key}`;
  const published = changes.published ?? SEEDED_AT - 60 * MINUTE;
  const made: NewItem = {
    id: idOf(siteId, key),
    site: siteId,
    siteKind: of.kind,
    source: `${siteId}/tin`,
    sourceId: key,
    link,
    canonicalLink: canonicalLink(link),
    title: `Tin ${key} của ${of.name}`,
    summary: `Tóm tắt tin ${key}.`,
    content: `<p>Nội dung tin ${key}.</p>`,
    contentText: `Nội dung tin ${key}.`,
    authors: [{ name: 'Phạm Công' }],
    categories: ['Thời sự'],
    topics: [],
    published,
    language: 'vi',
    media: [],
    attribution: { text: `Phạm Công – ${of.name}`, agency: of.name, authors: ['Phạm Công'], published, link },
    pubStatus: 'usable',
    hash: '',
    cleaner: 1,
    visibility: 'RELEASED',
    firstSeen: SEEDED_AT,
    listed: Math.min(published, SEEDED_AT),
    released: SEEDED_AT,
    backfill: false,
    ...changes,
  };
  return { ...made, hash: createHash('sha256').update(JSON.stringify(made)).digest('hex') };
}

/** `count` items in turn of all kinds of site, each a minute older than the one before. */
export function newItems(count: number): readonly NewItem[] {
  const siteIds = seededFederation().sites.map(({ id }) => id);
  return Array.from({ length: count }, (_, index) => {
    const siteId = siteIds[index % siteIds.length] ?? 'cong';
    return newItem(siteId, `bai-${index}`, {
      published: SEEDED_AT - (index + 1) * MINUTE,
      ...(siteId === 'cong' && { own: ownOf('WordPressPost', { slug: `bai-${index}`, postId: index }) }),
      ...(siteId === 'viec-lam' && {
        own: ownOf('UnitDocument', { documentNumber: `${index}/QĐ-BNV`, signedBy: 'Nguyễn Văn A' }),
      }),
    });
  });
}

/** Saves items as a harvest does: with their keys and first versions, and a put for each released one. */
export async function saveItems(store: Store, items: readonly NewItem[]): Promise<void> {
  await store.transaction(async tx => {
    await tx.items.save(items);
    for (const item of items) {
      const keys = keysOf(item, { name: item.source });
      await tx.items.addKeys(
        item.site,
        keys.map(key => ({ item: item.id, key })),
      );
    }
    await tx.items.addVersions(
      items.map(({ id, hash }) => ({ item: id, at: SEEDED_AT, hash, kind: 'created', changed: [] })),
    );
    tx.changes.append(
      items
        .filter(({ visibility }) => visibility === 'RELEASED')
        .map(({ id, backfill }): NewChange => ({ kind: 'put', item: id, backfill })),
    );
  });
}

/** Takes a released item from view, as its publisher or an operator would; `withdrawn` and `order` erase it. */
export async function takeAway(store: Store, id: string, reason: TombstoneReason): Promise<void> {
  await store.transaction(async tx => {
    const item = (await tx.items.current([id])).get(id);
    if (!item) throw new Error(`There is no item ${id}.`);
    const erases = reason === 'withdrawn' || reason === 'order';
    await tx.items.save([{ ...item, visibility: erases ? 'WITHDRAWN' : 'HIDDEN', visibilityReason: reason }]);
    if (erases) await tx.items.erase([id]);
    tx.changes.append([{ kind: 'tombstone', item: id, reason }]);
  });
}

export function idOf(siteId: string, key: string): string {
  const hex = createHash('sha1').update(`${siteId}\0${key}`).digest('hex');
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${groups.join('-')}`;
}

function ownOf(type: string, fields: Readonly<Record<string, unknown>>) {
  return { type, fields };
}

function site(
  id: string,
  kind: SiteKind,
  name: string,
  registry: Site['registry'],
  contentSchema?: string,
): Site {
  const homepage = `https://${id}.example.vn/`;
  return {
    id,
    name,
    kind,
    homepage,
    hosts: [],
    registry,
    ...(contentSchema !== undefined && { contentSchema }),
  };
}

function source(siteId: string): Source {
  return {
    name: `${siteId}/tin`,
    site: siteId,
    id: 'tin',
    connector: 'feed',
    options: {},
    every: { min: 60_000, max: 600_000 },
    since: 30 * 24 * 60 * MINUTE,
    dates: {},
    enabled: true,
  };
}

function feed(id: string, kinds: readonly SiteKind[]): FeedDefinition {
  return {
    id,
    title: `Luồng ${id}`,
    select: { sites: [], topics: [], kinds },
    order: 'published',
    pin: [],
    exclude: [],
  };
}
