import { toRfc3339 } from '../../instant.ts';
import { toJsonFeedItem } from '../../json-feed-item.ts';
import { toXmlText } from '../../markup.ts';
import type { OutgoingFeed } from '../format.ts';

/** JSON Feed 1.1 (jsonfeed.org/version/1.1) with `_lienthong` for what it has no word for. */
export function generateJsonFeed(feed: OutgoingFeed): string {
  const linked = (rel: string) => feed.links.find(link => link.rel === rel)?.href;
  const next = linked('next');
  const hubs = feed.links.filter(link => link.rel === 'hub');
  const archives = ['first', 'prev-archive', 'next-archive', 'current'].flatMap(rel => {
    const href = linked(rel);
    return href ? [[rel.replace('-', '_'), href]] : [];
  });
  return `${JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: toXmlText(feed.title),
    home_page_url: feed.homepage,
    feed_url: feed.self,
    ...(feed.description ? { description: toXmlText(feed.description) } : {}),
    ...(next ? { next_url: next } : {}),
    language: feed.language,
    authors: [{ name: toXmlText(feed.title), url: feed.homepage }],
    ...(hubs.length > 0 ? { hubs: hubs.map(hub => ({ type: 'WebSub', url: hub.href })) } : {}),
    _lienthong: {
      id: feed.id,
      updated: toRfc3339(feed.updated),
      ...(feed.archive ? { archive: true } : {}),
      ...(archives.length > 0 ? { links: Object.fromEntries(archives) } : {}),
      ...(linked('related') ? { feedback: linked('related') } : {}),
      deleted: feed.tombstones.map(({ id, at, ...rest }) => ({ id, at: toRfc3339(at), ...rest })),
    },
    items: feed.items.map(toJsonFeedItem),
  })}\n`;
}
