import type { Federation } from '../../schemas/federation.ts';
import type { OutgoingItem } from '../../schemas/formats/format.ts';
import type { Item } from '../../schemas/item.ts';
import type { Site } from '../../schemas/site.ts';

/** Completes items with what the federation file says of their sites and topics. */
export function outgoingItems(federation: Federation): (item: Item) => OutgoingItem {
  const sites = new Map<string, Site>(federation.sites.map(site => [site.id, site]));
  const topics = new Map(federation.topics.map(topic => [topic.id, topic.title]));
  return item => {
    const site = sites.get(item.site);
    return {
      item,
      siteName: site?.name ?? item.attribution.agency,
      siteHomepage: site?.homepage ?? new URL('/', item.link).href,
      topicTitles: item.topics.map(id => topics.get(id) ?? id),
      feedback: `${publicUrl(federation)}/feedback?item=${item.id}`,
    };
  };
}

/** The gateway's own address without a slash at its end. */
export function publicUrl(federation: Federation): string {
  return federation.gateway.publicUrl.replace(/\/$/, '');
}
