import { embeddedData } from '../../schemas/pages/embedded-data.ts';
import { repeatedLinks } from '../../schemas/pages/repeated-links.ts';
import { baseOf, type Document, parsePage } from '../../schemas/pages/tree.ts';
import { siteKeyOf } from '../../schemas/rules/addresses.ts';
import { articleOf, modifiedOf, publishedOf } from '../../schemas/rules/page-article.ts';
import type { PageFacts } from '../../schemas/rules/page-facts.ts';
import { type JsonSummary, readEmbedded } from './read-json.ts';

/** What a page says that leads further. */
export interface PageSummary {
  readonly title: string;
  readonly siteName?: string;
  readonly generator?: string;
  readonly language?: string;
  /** Feeds in `<link rel=alternate>` (RFC 4287; RSS Advisory Board autodiscovery). */
  readonly feeds: readonly string[];
  /** Links to addresses that look like feeds. */
  readonly feedLinks: readonly string[];
  /** Root of the REST API a WordPress advertises. */
  readonly wordpress?: string;
  readonly canonical?: string;
  /** Addresses of the same host that look like articles, in the page's order. */
  readonly articles: readonly string[];
  /** Its links that repeat in structure: a list of articles, as the connector `web-page` finds it. */
  readonly list?: { readonly links: readonly string[]; readonly selector?: string };
  /** Addresses of the same host that look like lists of articles, most telling first. */
  readonly lists: readonly string[];
  /** A list of things with titles and times in the data that it carries for its scripts. */
  readonly embedded?: JsonSummary;
  /** What the page says if it is itself an article. */
  readonly article?: {
    readonly title?: string;
    readonly published?: string;
    readonly updated?: string;
    readonly authors?: readonly string[];
  };
  /** Sites it links to (as `siteKeyOf` names them), and its own pages: all of a page's world when it is small. */
  readonly leads: { readonly sites: readonly string[]; readonly near: readonly string[] };
  /** `NewsArticle` … of its JSON-LD. */
  readonly types: readonly string[];
  /** `__NEXT_DATA__` … */
  readonly state: readonly string[];
  /** Marks of content systems: `sharepoint`, `drupal`, `ghost`, `graphql`. */
  readonly marks: readonly string[];
  /** A press organ's own words stand on it. */
  readonly pressWords: boolean;
  readonly shell: boolean;
  /** Nothing on it at all: nothing can be said of it. */
  readonly empty: boolean;
  readonly dublinCore: boolean;
}

const FEED_TYPE = /^application\/(?:rss|atom|rdf)\+xml|^application\/feed\+json|^application\/json/i;
const MOST = 40;

export function summarisePage(page: PageFacts, text: string, linkHeader: string | undefined): PageSummary {
  const meta = (...names: string[]) =>
    page.metas
      .find(({ name, content }) => names.includes(name) && content.trim() !== '')
      ?.content.trim()
      .slice(0, 300);
  const siteName = meta('og:site_name', 'application-name');
  const generator = meta('generator');
  const wordpress = fromHeader(linkHeader, page.url) ?? related(page, 'https://api.w.org/')[0];
  const canonical = related(page, 'canonical')[0];
  const article = readArticle(page, meta('og:title'), meta('og:type'));
  const tree = parsePage(text);
  const list = listOf(tree, page);
  const state = STATES.filter(name => text.includes(name));
  const embedded = state.length > 0 ? readEmbedded(embeddedData(tree)) : undefined;
  return {
    title: page.title.slice(0, 300),
    ...(siteName !== undefined && { siteName }),
    ...(generator !== undefined && { generator }),
    ...(page.lang !== undefined && { language: page.lang.slice(0, 20) }),
    feeds: distinct(
      page.relations
        .filter(({ rel, type = '' }) => rel.split(/\s+/).includes('alternate') && FEED_TYPE.test(type.trim()))
        .filter(({ href }) => !/\/wp-json\/|\/oembed/i.test(href))
        .map(({ href }) => href),
    ),
    feedLinks: distinct(page.anchors.map(({ href }) => href).filter(looksLikeFeed)),
    ...(wordpress !== undefined && { wordpress }),
    ...(canonical !== undefined && { canonical }),
    articles: articleLinks(page),
    leads: leadsOf(page),
    ...(list && { list }),
    lists: listLinks(page),
    ...(embedded && { embedded }),
    ...(article && { article }),
    types: distinct(page.jsonLd.flatMap(block => typesOf(block['@type']))),
    state,
    marks: marksOf(page, text, generator ?? ''),
    pressWords: PRESS.test(`${page.title} ${page.footerText || page.text.slice(-5_000)}`.normalize('NFC')),
    shell: page.shell,
    empty: page.text === '' && page.title === '' && page.anchors.length === 0,
    dublinCore: page.metas.some(({ name }) => /^(?:dc|dcterms)[.:]/.test(name)),
  };
}

function listOf(tree: Document, { url }: PageFacts): PageSummary['list'] {
  const base = baseOf(tree, url);
  const found = repeatedLinks(tree, url, base);
  const links = found?.links.flatMap(({ attribs }) => URL.parse(attribs.href ?? '', base)?.href ?? []) ?? [];
  return (
    found && { links: distinct(links), ...(found.selector !== undefined && { selector: found.selector }) }
  );
}

const LIST_WORDS =
  /^(?:tin (?:tức|mới|hoạt động|nổi bật)|tin tức|thông báo|sự kiện|hoạt động|thời sự|bài viết|news|blog|articles?)/iu;
const LIST_PATH =
  /\/(?:tin-?tuc|tin-?moi|tin|news|thong-?bao|su-?kien|hoat-?dong|thoi-?su|bai-?viet|blog|articles?)[^/]{0,60}$/i;

/** Sections of news as menus name them; shallow addresses, because what is deep is an article. */
function listLinks(page: PageFacts): string[] {
  const home = URL.parse(page.url);
  const own = page.anchors.filter(({ href }) => {
    const url = URL.parse(href);
    return (
      url?.host === home?.host &&
      url?.href !== home?.href &&
      (url?.pathname.split('/').length ?? 9) <= 4 &&
      !/\d{4,}/.test(url?.pathname ?? '')
    );
  });
  const worded = own.filter(({ name }) => name.length < 40 && LIST_WORDS.test(name.normalize('NFC')));
  const placed = own.filter(({ href }) =>
    LIST_PATH.test(URL.parse(href)?.pathname.replace(/\.\w{2,5}$|\/$/, '') ?? ''),
  );
  return distinct(
    [...worded.filter(one => placed.includes(one)), ...worded, ...placed].map(({ href }) =>
      href.replace(/#.*$/, ''),
    ),
  );
}

const STATES = ['__NEXT_DATA__', '__NUXT__', '__INITIAL_STATE__', '__APOLLO_STATE__'];
const PRESS =
  /(?:tổng biên tập|giấy phép (?:hoạt động )?(?:báo chí|xuất bản|báo điện tử)|báo điện tử|cơ quan ngôn luận)/iu;

function readArticle(page: PageFacts, title: string | undefined, type: string | undefined) {
  const block = articleOf(page);
  const published = publishedOf(page);
  if (block === undefined && type !== 'article' && published === undefined) return undefined;
  const headline = typeof block?.headline === 'string' ? block.headline : undefined;
  const best = headline ?? page.headings[0] ?? title;
  const updated = modifiedOf(page);
  const authors = authorsOf(block?.author);
  return {
    ...(best !== undefined && { title: best.slice(0, 500) }),
    ...(published !== undefined && { published }),
    ...(updated !== undefined && { updated }),
    ...(authors.length > 0 && { authors }),
  };
}

function authorsOf(written: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(written) ? written : [written];
  return list.slice(0, 20).flatMap(one => {
    if (typeof one === 'string') return [one];
    const name = typeof one === 'object' && one !== null && 'name' in one ? one.name : undefined;
    return typeof name === 'string' ? [name] : [];
  });
}

function leadsOf(page: PageFacts) {
  const home = URL.parse(page.url);
  const urls = page.anchors.flatMap(({ href, hidden }) => (hidden ? [] : (URL.parse(href) ?? [])));
  const near = urls
    .filter(({ host }) => host === home?.host)
    .map(url => `${url.origin}${url.pathname}${url.search}`);
  return {
    sites: [...new Set(urls.flatMap(({ href }) => siteKeyOf(href) ?? []))].slice(0, 500),
    near: [...new Set(near)].slice(0, 200),
  };
}

function marksOf(page: PageFacts, text: string, generator: string): string[] {
  const marks: readonly (readonly [string, boolean])[] = [
    ['sharepoint', /sharepoint/i.test(generator) || /_spPageContextInfo|\/_layouts\/15\//.test(text)],
    ['drupal', /drupal/i.test(generator) || /drupalSettings|\/sites\/default\/files\//.test(text)],
    ['ghost', /ghost/i.test(generator) || /\/ghost\/api\//.test(text)],
    ['wordpress', /wordpress/i.test(generator) || /\/wp-content\//.test(text)],
    [
      'strapi',
      /strapi/i.test(generator) ||
        page.images.some(({ src }) => /\/uploads\/(?:thumbnail_|small_|medium_|large_)/.test(src)),
    ],
    ['graphql', /['"/]graphql['"?]/.test(text)],
  ];
  return marks.filter(([, is]) => is).map(([name]) => name);
}

function looksLikeFeed(href: string): boolean {
  return (
    /^https?:/.test(href) &&
    /(?:\.rss|\.rdf|\.atom|\/(?:rss|feed|atom)(?:\/[\w.-]{0,80})?(?:\.(?:xml|aspx|html?))?\/?)(?:\?|$)/i.test(
      href,
    )
  );
}

function articleLinks(page: PageFacts): string[] {
  const host = URL.parse(page.url)?.host;
  return distinct(
    page.anchors
      .filter(({ href, name, hidden }) => {
        const url = hidden ? null : URL.parse(href);
        if (!url || url.host !== host || name.length < 20) return false;
        return (
          /\d{3,}|(?:[a-z0-9]+-){3,}/i.test(url.pathname) &&
          !/\.(?:pdf|docx?|xlsx?|zip|jpe?g|png)$/i.test(url.pathname)
        );
      })
      .map(({ href }) => href),
  );
}

function related(page: PageFacts, rel: string): string[] {
  return page.relations.filter(one => one.rel.split(/\s+/).includes(rel)).map(({ href }) => href);
}

function fromHeader(header: string | undefined, base: string): string | undefined {
  const links = (header ?? '').slice(0, 16_384).matchAll(/<([^<>]{1,2000})>([^<]{0,500})/g);
  const href = [...links].find(([, , parameters = '']) => parameters.includes('https://api.w.org/'))?.[1];
  return href === undefined ? undefined : (URL.parse(href, base)?.href ?? undefined);
}

function typesOf(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter(type => typeof type === 'string').map(type => type.slice(0, 60));
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].slice(0, MOST);
}
