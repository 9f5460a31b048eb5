import type { Federation } from '../../schemas/federation.ts';
import { type FeedQuery, toSearch } from './feed-query.ts';
import { publicUrl } from './outgoing.ts';

/** The address of this feed in this format, with other parameters than the selection. */
export type Address = (parameters: Readonly<Record<string, string | number | undefined>>) => string;

const KIND_NAMES = { portal: 'Cổng', unit: 'Đơn vị', press: 'Báo chí' } as const;

/** The feed's title, and what the reader selected from it. */
export function titleOf({ sites, topics }: Federation, { definition, asked, distinct }: FeedQuery): string {
  const names = [
    ...asked.sites.map(id => sites.find(site => site.id === id)?.name ?? id),
    ...asked.topics.map(id => topics.find(topic => topic.id === id)?.title ?? id),
    ...asked.kinds.map(kind => KIND_NAMES[kind]),
    ...(distinct ? ['mỗi sự việc một tin'] : []),
  ];
  return names.length > 0 ? `${definition.title}: ${names.join(', ')}` : definition.title;
}

export function feedAddress(
  federation: Federation,
  { definition, asked, distinct, text }: FeedQuery,
  extension: string,
): Address {
  return parameters =>
    `${publicUrl(federation)}/feeds/${definition.id}.${extension}${toSearch(asked, { q: text, distinct, ...parameters })}`;
}

/** One feed, however many entries are asked for and in whatever format: RFC 4287 4.2.6. */
export function logicalId(federation: Federation, { definition, asked, distinct, text }: FeedQuery): string {
  return `${publicUrl(federation)}/feeds/${definition.id}${toSearch(asked, { q: text, distinct })}`;
}
