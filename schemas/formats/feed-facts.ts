import type { Deletion } from '../entry.ts';
import { type AtomLink, linkTo } from './links.ts';
import { optional } from './media.ts';
import { all, attribute, childText, first, textOf, type XmlElement } from './xml.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const PERIODS: Readonly<Record<string, number>> = {
  hourly: DAY / 24,
  daily: DAY,
  weekly: 7 * DAY,
  monthly: 30 * DAY,
  yearly: 365 * DAY,
};

/** WebSub and RFC 5005 links, completeness and the wait a feed asks for; the same in RSS and Atom. */
export function feedFacts(channel: XmlElement, links: readonly AtomLink[]) {
  return {
    ...optional('hub', linkTo(links, 'hub')),
    ...optional('self', linkTo(links, 'self')),
    ...optional('next', linkTo(links, 'next')),
    ...optional('prevArchive', linkTo(links, 'prev-archive')),
    ...optional('complete', first(channel, 'fh', 'complete') ? true : undefined),
    ...optional('wait', waitOf(channel)),
  };
}

/** RSS `ttl` is in minutes; `sy:updateFrequency` divides its period (RSS 1.0 syndication module). */
function waitOf(channel: XmlElement): number | undefined {
  const ttl = Number(childText(channel, 'rss', 'ttl'));
  if (ttl > 0 && ttl <= 525_600) return Math.round(ttl * MINUTE);
  const period = PERIODS[childText(channel, 'sy', 'updateperiod')?.toLowerCase() ?? ''];
  if (!period) return undefined;
  const frequency = Number(childText(channel, 'sy', 'updatefrequency') ?? 1);
  return frequency >= 1 && frequency <= 1_000_000 ? Math.round(period / frequency) : period;
}

/** RFC 6721 `at:deleted-entry`. */
export function deletionsOf(parents: readonly XmlElement[]): Deletion[] {
  const deletions: Deletion[] = [];
  for (const element of parents.flatMap(parent => all(parent, 'at', 'deleted-entry'))) {
    const sourceId = attribute(element, 'ref')?.trim();
    if (!sourceId || element.cut) continue;
    deletions.push({
      sourceId,
      basis: 'said',
      ...optional('at', attribute(element, 'when')?.trim() || undefined),
      ...optional('reason', textOf(first(element, 'at', 'comment'))),
    });
  }
  return deletions;
}

/** `en_US` is what Java sites write for `en-US`. */
export function languageTag(written: string | undefined): string | undefined {
  const tag = written?.trim().replaceAll('_', '-');
  return tag && /^[A-Za-z]{1,8}(?:-[A-Za-z\d]{1,8}){0,6}$/.test(tag) ? tag : undefined;
}
