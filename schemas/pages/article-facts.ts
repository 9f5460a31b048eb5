import { decodeHTML } from 'entities';
import type { ForeignMedia } from '../entry.ts';
import { resolve } from '../formats/resolve.ts';
import { isRecord, type Json } from '../json-map/json-path.ts';
import { mediumOf, peopleOf, textOf as textIn } from '../json-map/values.ts';
import type { Person } from '../text.ts';
import { pictureIn, standsForNone } from './image.ts';
import { type Block, isArticle, jsonLdOf } from './json-ld.ts';
import { type Microdata, microdataOf, propertyValue } from './microdata.ts';
import { type Document, elementsIn, textOf } from './tree.ts';

/** What a page declares of the article on it, each part by the first of JSON-LD, meta elements and microdata that tells it. */
export interface ArticleFacts {
  /** Candidates, the most trusted first; those of `meta` may bear the site's name. */
  readonly titles: readonly string[];
  readonly summary?: string;
  /** As written, the most trusted first: what can't be read is no date. */
  readonly published: readonly string[];
  readonly updated: readonly string[];
  readonly pictures: readonly ForeignMedia[];
  readonly authors: readonly Person[];
  readonly categories: readonly string[];
  readonly language?: string;
  readonly rights?: string;
  readonly canonical?: string;
  readonly otherLinks: readonly string[];
  readonly siteName?: string;
  /** Logos and the publisher's own pictures: never an article's. */
  readonly notPictures: readonly string[];
  /** The page says that it is one article. */
  readonly isArticle: boolean;
  readonly title: string;
  readonly headings: readonly string[];
}

/** What of a page tells which of several articles is its own. */
interface Page {
  readonly url: string;
  readonly base: string;
  readonly title: string;
  readonly headings: readonly string[];
}

export function articleFactsOf(page: Document, url: string, base: string): ArticleFacts {
  const head = headOf(page);
  const known: Page = { url, base, title: head.title, headings: head.headings };
  const blocks = jsonLdOf(page);
  const block = ownBlock(blocks, known);
  const micro = ownScope(microdataOf(page), known);
  const meta = (...names: readonly string[]) => names.flatMap(name => head.metas.get(name) ?? []);
  const prop = (name: string) => micro?.properties.get(name)?.flatMap(one => propertyValue(one) ?? []) ?? [];
  const type = meta('og:type')[0]?.toLowerCase();
  const language = plain(block?.inLanguage) ?? meta('og:locale')[0]?.replace('_', '-') ?? head.language;
  const summary = [plain(block?.description), ...meta(...SUMMARY), ...prop('description')].find(one =>
    one?.trim(),
  );
  const rights = meta('dc.rights', 'dcterms.rights', 'copyright')[0];
  const siteName = meta('og:site_name', 'application-name')[0] ?? nameOfSite(blocks);
  const canonical = resolve(head.canonical, base);
  return {
    titles: present([
      plain(block?.headline),
      plain(block?.name),
      ...prop('headline'),
      ...meta('og:title', 'twitter:title', 'dc.title', 'dcterms.title', 'title'),
      ...prop('name'),
    ]),
    ...(summary !== undefined && { summary }),
    published: present([
      plain(block?.datePublished),
      ...meta(...PUBLISHED),
      ...prop('datePublished'),
      ...meta(...DATED),
    ]),
    updated: present([plain(block?.dateModified), ...meta(...UPDATED), ...prop('dateModified')]),
    pictures: picturesOf(block, meta, micro, base),
    authors: authorsOf(block, meta, prop, base),
    categories: categoriesOf(block, meta, prop),
    ...(language !== undefined && { language }),
    ...(rights !== undefined && { rights }),
    ...(canonical !== undefined && { canonical }),
    otherLinks: head.variants.flatMap(href => resolve(href, base) ?? []),
    ...(siteName !== undefined && { siteName }),
    notPictures: logosOf(blocks, base),
    isArticle:
      block !== undefined ||
      micro?.scope !== undefined ||
      type === 'article' ||
      meta('article:published_time').length > 0,
    title: head.title,
    headings: head.headings,
  };
}

const SUMMARY = [
  'og:description',
  'description',
  'twitter:description',
  'dc.description',
  'dcterms.abstract',
];
const PUBLISHED = [
  'article:published_time',
  'article:published',
  'og:published_time',
  'og:article:published_time',
  'datepublished',
  'pubdate',
  'publishdate',
  'publish-date',
  'publish_date',
  'publication_date',
  'sailthru.date',
  'parsely-pub-date',
  'citation_publication_date',
  'dc.date.issued',
  'dcterms.issued',
  'dc.date.created',
  'dcterms.created',
];
/** Told when nothing better is: some sites write the day of the page's making here. */
const DATED = ['dc.date', 'dcterms.date', 'date'];
const UPDATED = [
  'article:modified_time',
  'og:updated_time',
  'datemodified',
  'dc.date.modified',
  'dcterms.modified',
  'lastmod',
];

interface Head {
  title: string;
  language?: string;
  canonical?: string;
  readonly variants: string[];
  readonly metas: Map<string, string[]>;
  readonly headings: string[];
}

function headOf(page: Document): Head {
  const head: Head = { title: '', variants: [], metas: new Map(), headings: [] };
  for (const element of elementsIn(page)) {
    const { name, attribs } = element;
    if (name === 'title' && head.title === '') head.title = textOf(element, 500);
    else if (name === 'html' && attribs.lang) head.language = attribs.lang.slice(0, 20);
    else if (name === 'meta') noteMeta(head, attribs);
    else if (name === 'link') noteLink(head, attribs);
    else if (name === 'h1' && head.headings.length < 20) {
      const text = textOf(element, 1_000);
      if (text !== '') head.headings.push(text);
    }
  }
  return head;
}

function noteMeta(head: Head, attribs: Readonly<Record<string, string>>): void {
  const name = (attribs.property ?? attribs.name ?? attribs.itemprop)
    ?.trim()
    .toLowerCase()
    .replace(/^dc:|^dcterms:/, one => one.replace(':', '.'));
  const content = attribs.content?.trim();
  if (!name || !content || head.metas.size > 500) return;
  const values = head.metas.get(name) ?? [];
  if (values.length < 50) values.push(content.slice(0, 5_000));
  head.metas.set(name, values);
}

function noteLink(head: Head, { rel = '', href }: Readonly<Record<string, string>>): void {
  if (href === undefined) return;
  const words = rel.toLowerCase().split(/\s+/);
  if (words.includes('canonical')) head.canonical ??= href;
  if (words.includes('amphtml') || words.includes('shortlink')) head.variants.push(href);
}

/**
 * The block that tells of this page. A page that lists other articles carries their blocks too: of several, the one that
 * names this address or this title; one alone is taken unless it names another.
 */
function ownBlock(blocks: readonly Block[], page: Page): Block | undefined {
  const articles = blocks.filter(isArticle);
  const own =
    articles.find(block => isAddressed(block, page)) ??
    articles.find(block => isTitled(plain(block.headline), page));
  if (own !== undefined || articles.length > 1) return own;
  const [only] = articles;
  if (only === undefined) return undefined;
  const headline = plain(only.headline);
  return headline !== undefined && addressesOf(only).length > 0 && page.headings.length > 0
    ? undefined
    : only;
}

function isAddressed(block: Block, { url, base }: Page): boolean {
  const own = bareAddress(url);
  return addressesOf(block).some(address => bareAddress(resolve(address, base) ?? '') === own);
}

function addressesOf(block: Block): string[] {
  const named = block.mainEntityOfPage;
  const inner = isRecord(named) ? [named['@id'], named.url] : [named];
  return present(
    [block.url, block['@id'], ...inner].map(one =>
      typeof one === 'string' && /[/.]/.test(one) ? one : undefined,
    ),
  );
}

/** Without what never tells two articles apart. */
function bareAddress(address: string): string {
  return address
    .replace(/#.*$/, '')
    .replace(/^https?:\/\/(?:www\.|m\.)?/i, '')
    .replace(/\/$/, '');
}

function isTitled(headline: string | undefined, { title, headings }: Page): boolean {
  const wanted = squeezed(headline ?? '').replace(/(?:…|\.\.\.)$/, '');
  return (
    wanted.length > 5 &&
    [title, ...headings].some(
      one => squeezed(one).includes(wanted) || (one.length > 10 && wanted.includes(squeezed(one))),
    )
  );
}

function ownScope(found: readonly Microdata[], page: Page): Microdata | undefined {
  const scoped = found.filter(({ scope }) => scope !== undefined);
  const loose = found.find(({ scope }) => scope === undefined);
  const titled = scoped.find(({ properties }) =>
    [...(properties.get('headline') ?? []), ...(properties.get('name') ?? [])].some(one =>
      isTitled(propertyValue(one), page),
    ),
  );
  return titled ?? (scoped.length === 1 ? scoped[0] : scoped.length === 0 ? loose : undefined);
}

function picturesOf(
  block: Block | undefined,
  meta: (...names: readonly string[]) => readonly string[],
  micro: Microdata | undefined,
  base: string,
): ForeignMedia[] {
  const told = [block?.image, block?.thumbnailUrl].flat().flatMap(one => pictureOf(one, base) ?? []);
  const og = meta(
    'og:image:secure_url',
    'og:image',
    'og:image:url',
    'twitter:image',
    'twitter:image:src',
  ).flatMap(address => pictureOf(address, base) ?? []);
  const [width, height] = [pixels(meta('og:image:width')[0]), pixels(meta('og:image:height')[0])];
  const alt = meta('og:image:alt', 'twitter:image:alt')[0];
  const [first] = og;
  const sized = first && {
    ...first,
    ...(width && { width }),
    ...(height && { height }),
    ...(alt && { alt }),
  };
  const marked = (micro?.properties.get('image') ?? []).flatMap(
    element => pictureIn(element, base) ?? pictureOf(propertyValue(element), base) ?? [],
  );
  return [...told, ...(sized ? [sized] : []), ...og.slice(1), ...marked].filter(
    ({ url }) => !standsForNone(url),
  );
}

function pictureOf(value: Json | undefined, base: string): ForeignMedia | undefined {
  const shown =
    isRecord(value) && value.contentUrl !== undefined
      ? { ...value, url: value.url ?? value.contentUrl }
      : value;
  const sized = isRecord(shown)
    ? { ...shown, width: pixels(shown.width) ?? null, height: pixels(shown.height) ?? null }
    : shown;
  return sized === undefined ? undefined : mediumOf(typeof sized === 'string' ? sized.trim() : sized, base);
}

function pixels(value: Json | undefined): number | undefined {
  const number = Number(
    /^\s*(\d{1,5})/.exec(String(isRecord(value) ? (value.value ?? '') : (value ?? '')))?.[1],
  );
  return Number.isFinite(number) && number > 0 ? number : undefined;
}

function authorsOf(
  block: Block | undefined,
  meta: (...names: readonly string[]) => readonly string[],
  prop: (name: string) => readonly string[],
  base: string,
): readonly Person[] {
  const told = peopleOf(
    [block?.author, block?.creator].flatMap(one => (one === undefined ? [] : [one])),
    base,
  );
  if (told.length > 0) return told.slice(0, 20);
  const named = [...meta('article:author', 'author', 'dc.creator', 'dcterms.creator'), ...prop('author')];
  const names = named.filter(name => !/^https?:|^@/.test(name) && name.length < 200);
  return [...new Set(names)].slice(0, 20).map(name => ({ name }));
}

function categoriesOf(
  block: Block | undefined,
  meta: (...names: readonly string[]) => readonly string[],
  prop: (name: string) => readonly string[],
): string[] {
  const told = [block?.articleSection].flat().flatMap(one => plain(one) ?? []);
  const named =
    told.length > 0
      ? told
      : [...meta('article:section', 'dc.subject', 'dcterms.subject'), ...prop('articleSection')];
  return [...new Set(named.map(one => one.trim()).filter(one => one !== '' && one.length < 200))].slice(
    0,
    20,
  );
}

function nameOfSite(blocks: readonly Block[]): string | undefined {
  for (const block of blocks) {
    if ([block['@type']].flat().includes('WebSite')) return plain(block.name);
    if (isRecord(block.publisher)) return plain(block.publisher.name);
  }
  return undefined;
}

function logosOf(blocks: readonly Block[], base: string): string[] {
  const own = blocks.flatMap(block => {
    const publisher = isRecord(block.publisher) ? [block.publisher.logo, block.publisher.image] : [];
    const isOwner = [block['@type']]
      .flat()
      .some(type => typeof type === 'string' && /Organization$|^WebSite$|^Person$/.test(type));
    return [block.logo, ...publisher, ...(isOwner ? [block.image] : [])];
  });
  return own.flatMap(one => pictureOf(one, base)?.url ?? []);
}

function plain(value: Json | undefined): string | undefined {
  const text = textIn(
    Array.isArray(value) ? value[0] : isRecord(value) ? (value['@value'] ?? value.name) : value,
  )?.trim();
  return text !== undefined && /&(?:#\w{1,8}|\w{2,10});/.test(text) ? decodeHTML(text) : text;
}

function present(values: readonly (string | undefined)[]): string[] {
  return values.flatMap(value => (value === undefined || value.trim() === '' ? [] : [value.trim()]));
}

function squeezed(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s"'“”‘’–—-]+/g, ' ')
    .trim();
}
