import { Feed } from 'feed';
import { fold } from '../../schemas/fold.ts';
import type { Article } from './newsroom.ts';
import { bodyHtml, escapeXml, pictureOf } from './pages.ts';
import type { SandboxSite } from './sites.ts';

/** A site's feed, written by the `feed` package: what we harvest here was not written by us. */
export function writeFeed(site: SandboxSite, base: string, articles: readonly Article[]): string {
  const alive = articles.filter(({ withdrawn }) => !withdrawn).slice(0, 30);
  const feed = new Feed({
    id: `${base}/`,
    title: site.name,
    description: `Tin mới của ${site.name}`,
    link: `${base}/`,
    language: 'vi',
    copyright: site.name,
    updated: new Date(alive[0]?.updated ?? 0),
    feedLinks: { rss: `${base}/rss.xml`, atom: `${base}/atom.xml` },
  });
  for (const article of alive) feed.addItem(entryOf(base, article));
  return site.offers === 'atom' ? withTombstones(feed.atom1(), articles) : withFault(feed.rss2(), site);
}

function entryOf(base: string, article: Article) {
  return {
    // The `feed` package reads an Atom id as an address.
    id: atomId(article),
    guid: `tin-${article.number}`,
    title: article.title,
    link: `${base}/tin/${article.slug}?utm_source=rss`,
    description: article.lead,
    content: bodyHtml(base, article),
    author: [
      {
        name: article.author,
        email: `${fold(article.author).replaceAll(' ', '.')}@toasoan.example`,
      },
    ],
    category: [{ name: article.category }],
    image: pictureOf(base, article),
    date: new Date(article.updated),
    published: new Date(article.published),
  };
}

function atomId({ number }: Pick<Article, 'number'>): string {
  return `urn:sandbox:tin:${number}`;
}

/** RFC 6721; the `feed` package has no word for what is gone. */
function withTombstones(atom: string, articles: readonly Article[]): string {
  const gone = articles.filter(({ withdrawn }) => withdrawn);
  const rows = gone.map(
    ({ number, withdrawn }) =>
      `<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="${escapeXml(atomId({ number }))}" when="${new Date(withdrawn ?? 0).toISOString()}"/>`,
  );
  return atom.replace('</feed>', `${rows.join('\n')}</feed>`);
}

/** Hanoi's wall clock with GMT written behind it: seven hours in the future for whoever believes it. */
function withFault(rss: string, site: SandboxSite): string {
  if (site.fault !== 'clock') return rss;
  return rss.replace(/<(pubDate|lastBuildDate)>([^<]+)</g, (_, name: string, date: string) => {
    const shifted = new Date(Date.parse(date) + 7 * 60 * 60 * 1000).toUTCString();
    return `<${name}>${shifted}<`;
  });
}
