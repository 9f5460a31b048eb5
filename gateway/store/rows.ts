import type { Change } from '../../schemas/change.ts';
import type { Item, Version } from '../../schemas/item.ts';
import type { RecordKind } from '../../schemas/records.ts';
import type { SiteKind } from '../../schemas/site.ts';
import type { SourceState } from '../../schemas/source.ts';
import type { Delivery, Intent, Receipt, Subscription, SubscriptionCount } from './deliveries.ts';
import type { CategoryCount, Facets } from './items.ts';
import type { ApiKey } from './keys.ts';
import type { LedgerRow } from './ledger.ts';
import type { Kept } from './records.ts';
import type { RequestRow, RequestTally } from './requests.ts';

/** A row as either engine gives it: the columns have the same names and meanings on both. */
export type Row = Readonly<Record<string, unknown>>;

/** SQLite gives the document as text or bytes, PostgreSQL as a value. */
export function toItem({ document, n }: Row): Item {
  return { ...(documentOf(document) as Omit<Item, 'n'>), n: Number(n) };
}

function documentOf(document: unknown): unknown {
  if (typeof document === 'string') return JSON.parse(document);
  if (!(document instanceof Uint8Array)) return document;
  // SQLite's own text takes twice as long to become a string as its bytes do here.
  return JSON.parse(Buffer.from(document.buffer, document.byteOffset, document.byteLength).toString());
}

/** `spread`: site, kind, items; `topics`: label, items. Every item has one site and one kind. */
export function toFacets(spread: readonly Row[], topics: readonly Row[], capped: boolean): Facets {
  const sites = new Map<string, number>();
  const kinds = new Map<SiteKind, number>();
  let counted = 0;
  for (const { site, kind, items } of spread) {
    sites.set(String(site), (sites.get(String(site)) ?? 0) + Number(items));
    kinds.set(kind as SiteKind, (kinds.get(kind as SiteKind) ?? 0) + Number(items));
    counted += Number(items);
  }
  const named = new Map(topics.map(({ label, items }) => [String(label), Number(items)]));
  return { sites, kinds, topics: named, counted, capped };
}

export function toCategoryCount({ category, site, items }: Row): CategoryCount {
  return { category: String(category), site: String(site), items: Number(items) };
}

export function toVersion(row: Row): Version {
  return {
    item: String(row.item),
    at: Number(row.at),
    hash: String(row.hash),
    kind: row.kind as Version['kind'],
    changed: JSON.parse(String(row.changed)) as string[],
  };
}

export function toChange(row: Row): Change {
  const place = {
    item: String(row.item),
    number: Number(row.number),
    at: Number(row.at),
    site: String(row.site),
  };
  if (row.kind === 'put') return { ...place, kind: 'put', backfill: Number(row.backfill) === 1 };
  const reason = row.reason as Extract<Change, { kind: 'tombstone' }>['reason'];
  return {
    ...place,
    kind: 'tombstone',
    reason,
    ...(row.replaced_by ? { replacedBy: String(row.replaced_by) } : {}),
  };
}

/** Rows: item, topic. */
export function toTopicsShown(rows: readonly Row[]): ReadonlyMap<string, ReadonlySet<string>> {
  const topics = new Map<string, Set<string>>();
  for (const { item, topic } of rows) {
    const known = topics.get(String(item)) ?? new Set();
    topics.set(String(item), known.add(String(topic)));
  }
  return topics;
}

export function toKept<K extends RecordKind>(row: Row): Kept<K> {
  const text = (name: string) => (row[name] === null ? {} : { [name]: String(row[name]) });
  return {
    kind: row.kind as K,
    id: String(row.id),
    ...text('site'),
    ...text('item'),
    ...text('state'),
    at: Number(row.at),
    ...optional('due', numberIn(row.due)),
    document: JSON.parse(String(row.document)) as Kept<K>['document'],
  };
}

export function toLedgerRow(row: Row): LedgerRow {
  return {
    seq: Number(row.seq),
    segment: Number(row.segment),
    at: Number(row.at),
    text: String(row.text),
    previous: String(row.previous),
    hash: String(row.hash),
  };
}

export function toKey(row: Row): ApiKey {
  return {
    id: String(row.id),
    title: String(row.title),
    scopes: JSON.parse(String(row.scopes)) as string[],
    created: Number(row.created),
    ...optional('revoked', numberIn(row.revoked)),
    ...optional('expires', numberIn(row.expires)),
    ...(row.quota === null ? {} : { quota: { requests: Number(row.quota), per: Number(row.quota_per) } }),
    ...optional('used', numberIn(row.used)),
    ...optional('graceUntil', numberIn(row.grace_until)),
  };
}

export function toRequest(row: Row): RequestRow {
  return {
    at: Number(row.at),
    source: String(row.source),
    host: String(row.host),
    method: String(row.method),
    url: String(row.url),
    outcome: String(row.outcome),
    bytes: Number(row.bytes),
    milliseconds: Number(row.milliseconds),
    notModified: Number(row.not_modified) === 1,
  };
}

export function toTally(row: Row): RequestTally {
  return {
    source: String(row.source),
    outcome: String(row.outcome),
    requests: Number(row.requests),
    notModified: Number(row.not_modified),
    bytes: Number(row.bytes),
  };
}

export function toState(row: Row): SourceState {
  const time = (name: string) => numberIn(row[name]);
  const until = time('paused_until');
  return {
    source: String(row.source),
    connected: Number(row.connected),
    due: Number(row.due),
    failures: Number(row.failures),
    interval: Number(row.interval),
    harvested: Number(row.harvested),
    ...optional('left', time('left_at')),
    ...optional('lastStarted', time('last_started')),
    ...optional('lastSucceeded', time('last_succeeded')),
    ...optional('lastChanged', time('last_changed')),
    ...(row.paused ? { paused: { reason: String(row.paused_reason), ...optional('until', until) } } : {}),
    ...(row.error_code
      ? {
          lastError: {
            code: String(row.error_code),
            message: String(row.error_message),
            at: Number(row.error_at),
          },
        }
      : {}),
    ...(row.strict_reader
      ? { strictReader: JSON.parse(String(row.strict_reader)) as NonNullable<SourceState['strictReader']> }
      : {}),
  };
}

export function toSubscription(row: Row): Subscription {
  return {
    id: String(row.id),
    kind: row.kind as Subscription['kind'],
    callback: String(row.callback),
    host: String(row.host),
    topic: String(row.topic),
    asked: String(row.asked),
    ...(row.secret === null ? {} : { secret: String(row.secret) }),
    state: row.state as Subscription['state'],
    ...(row.reason === null ? {} : { reason: String(row.reason) }),
    created: Number(row.created),
    ...optional('validUntil', numberIn(row.valid_until)),
    cursor: Number(row.cursor),
    due: Number(row.due),
    failures: Number(row.failures),
    ...optional('failingSince', numberIn(row.failing_since)),
    slow: Number(row.slow) === 1,
  };
}

export function toIntent(row: Row): Intent {
  return {
    id: String(row.id),
    mode: row.mode as Intent['mode'],
    callback: String(row.callback),
    host: String(row.host),
    topic: String(row.topic),
    asked: String(row.asked),
    ...(row.secret === null ? {} : { secret: String(row.secret) }),
    seconds: Number(row.seconds),
  };
}

export function toDelivery(row: Row): Delivery {
  return {
    subscription: String(row.subscription),
    at: Number(row.at),
    kind: row.kind as Delivery['kind'],
    from: Number(row.after),
    number: Number(row.number),
    ...(row.item === null ? {} : { item: String(row.item) }),
    attempt: Number(row.attempt),
    outcome: String(row.outcome),
    taken: Number(row.taken) === 1,
    bytes: Number(row.bytes),
    milliseconds: Number(row.milliseconds),
    ...optional('next', numberIn(row.next)),
  };
}

/** `confirmed`: time of the first 2xx for it, or null; `cursor`: of the subscription. */
export function toReceipt(row: Row, number: number): Receipt {
  const at = numberIn(row.confirmed);
  const passed = Number(row.cursor) >= number;
  return {
    subscription: String(row.id),
    kind: row.kind as Receipt['kind'],
    callback: String(row.callback),
    state: row.state as Receipt['state'],
    receipt: at === undefined ? (passed ? 'passed' : 'waiting') : 'confirmed',
    ...optional('at', at),
  };
}

export function toSubscriptionCount(row: Row): SubscriptionCount {
  return {
    kind: row.kind as SubscriptionCount['kind'],
    state: row.state as SubscriptionCount['state'],
    count: Number(row.count),
    behind: Math.max(0, Number(row.behind)),
  };
}

function numberIn(value: unknown): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}

function optional<K extends string>(name: K, value: number | undefined): { readonly [name in K]?: number } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [name in K]?: number });
}
