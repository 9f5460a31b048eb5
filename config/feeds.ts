import type { FeedDefinition, Selection, Topic } from '../schemas/federation.ts';
import type { FederationFile } from './options.ts';

type FeedEntry = FederationFile['feeds'][number];

const ALL: Selection = { sites: [], topics: [], kinds: [] };

/** Feed ids with a meaning of their own. */
export const RESERVED_FEEDS = ['search'] as const;

/** The feeds of the file and the four that always exist, which the file may change. Defaults first. */
export function feedDefinitions(
  title: string,
  entries: readonly FeedEntry[],
  topics: readonly Topic[],
): readonly FeedDefinition[] {
  const defaults: readonly FeedDefinition[] = [
    { id: 'all', title, select: ALL, order: 'published', perSite: 3, pin: [], exclude: [] },
    ofKind('portal', 'Cổng thông tin của Bộ'),
    ofKind('units', 'Các đơn vị', 'unit'),
    ofKind('press', 'Báo chí'),
  ];
  const written = new Map(entries.map(entry => [entry.id, entry]));
  const changed = defaults.map(feed => define(feed, written.get(feed.id)));
  const others = entries.filter(({ id }) => !defaults.some(feed => feed.id === id));
  return [...changed, ...others.map(entry => define(blank(entry, topics), entry))];
}

function ofKind(
  id: 'portal' | 'units' | 'press',
  title: string,
  kind: 'portal' | 'unit' | 'press' = id === 'units' ? 'unit' : id,
): FeedDefinition {
  return { id, title, select: { ...ALL, kinds: [kind] }, order: 'published', pin: [], exclude: [] };
}

/** A feed that selects one topic bears the topic's title unless it has its own. */
function blank({ id, select }: FeedEntry, topics: readonly Topic[]): FeedDefinition {
  const only = select?.topics.length === 1 ? topics.find(topic => topic.id === select.topics[0]) : undefined;
  return { id, title: only?.title ?? id, select: ALL, order: 'published', pin: [], exclude: [] };
}

function define(base: FeedDefinition, entry: FeedEntry | undefined): FeedDefinition {
  if (entry === undefined) return base;
  const { perSite: bound, ...rest } = base;
  const perSite = entry.perSite ?? bound ?? 0;
  return {
    ...rest,
    title: entry.title ?? base.title,
    select: entry.select ?? base.select,
    order: entry.order ?? base.order,
    ...(perSite > 0 && { perSite }),
    ...(entry.distinct && { distinct: entry.distinct }),
    pin: entry.pin.map(({ link, until }) => (until === undefined ? { link } : { link, until: endOf(until) })),
    exclude: entry.exclude,
  };
}

/** A bare day ends at Hanoi's midnight. */
function endOf(moment: string): number {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(moment);
  return isDay ? Date.parse(`${moment}T23:59:59.999+07:00`) : Date.parse(moment);
}
