import type { Known as KnownDate } from '../../schemas/dates/written.ts';
import { readDate } from '../../schemas/dates.ts';
import type { ForeignMedia } from '../../schemas/entry.ts';
import { type ArticleFacts, articleFactsOf } from '../../schemas/pages/article-facts.ts';
import { type FoundDate, findDate } from '../../schemas/pages/find-date.ts';
import { standInOf } from '../../schemas/pages/standing-before.ts';
import { isFrontPage, keyOf } from './addresses.ts';
import { BesideTitle } from './beside-title.ts';
import { contentOf } from './content.ts';
import { type Beside, entryOf } from './entry.ts';
import type { WebPageOptions } from './options.ts';
import { openPage, type Page } from './page.ts';
import { type Automatic, readOwn, readParts } from './parts.ts';
import type { ArticleReading, Input, Row } from './reading.ts';
import { digestOf } from './rows.ts';
import { markOf } from './site-marks.ts';
import { titleOf } from './title.ts';
import type { Scope } from './values.ts';

type ArticleInput = Extract<Input, { kind: 'article' }>;

/** An article's page → its entry, or what stands there instead of an article. Never invents: what isn't said is absent. */
export async function readArticle(input: ArticleInput, options: WebPageOptions): Promise<ArticleReading> {
  if (!isPage(input)) return { is: 'other' };
  if (isFrontPage(input.url) || input.lists.some(list => keyOf(list) === keyOf(input.url)))
    return { is: 'front-page' };
  const page = openPage(input, options);
  const facts = articleFactsOf(page.tree, page.url, page.base);
  const expected = input.row.parts.title;
  const stands = standInOf(page.tree, {
    url: page.url,
    isArticle: facts.isArticle,
    ...(expected !== undefined && { expected }),
  });
  if (stands !== undefined) return { is: stands };
  const known: KnownDate = { ...input.dates, now: input.now };
  const scope: Scope = { root: page.tree, base: page.base, data: page.data };
  const { parts, missed } = readParts(options.fields, scope, automaticPage(page, facts, input, known), known);
  if (!isArticle(facts, input.row, parts)) return { is: 'no-article' };
  const own = ownOf(input, scope, options);
  const content = await contentOf(page, options);
  const pictures = [...parts.pictures, ...content.pictures];
  return {
    is: 'article',
    entry: {
      ...entryOf(parts, besideOf(input, page, facts, own.fields)),
      ...(content.html !== undefined && { content: { type: 'html', value: content.html, base: page.base } }),
    },
    pictures,
    counted: parts.published?.relative === true,
    missed: [
      ...missed,
      ...own.missed,
      ...(content.missed ? [{ part: 'content', place: String(options.content) }] : []),
    ],
    digest: digestOf([
      parts.title,
      parts.summary,
      parts.updated?.relative ? '' : parts.updated?.written,
      parts.published?.relative ? '' : parts.published?.written,
      pictures[0]?.url,
      own.fields,
      content.html,
    ]),
  };
}

function isPage({ headers, body }: ArticleInput): boolean {
  const type = headers['content-type'] ?? '';
  if (type !== '' && !/^\s*(?:text\/(?:html|plain)|application\/(?:xhtml\+xml|xml|octet-stream))/i.test(type))
    return false;
  const [first, second, third] = body;
  const starts = (...signs: readonly number[]) =>
    signs[0] === first && signs[1] === second && signs[2] === third;
  // PDF, ZIP (so DOCX too), and the older Word files.
  return (
    first !== undefined && !starts(0x25, 0x50, 0x44) && !starts(0x50, 0x4b, 3) && !starts(0xd0, 0xcf, 0x11)
  );
}

/** A list says what its articles are; elsewhere the page has to say it, or to have a title and a time. */
function isArticle(
  facts: ArticleFacts,
  row: Row,
  { title, published, updated }: { title?: string; published?: FoundDate; updated?: FoundDate },
): boolean {
  if (title === undefined) return false;
  return row.parts.title !== undefined || facts.isArticle || published !== undefined || updated !== undefined;
}

function automaticPage(
  page: Page,
  facts: ArticleFacts,
  { row, marks }: ArticleInput,
  known: KnownDate,
): Automatic {
  const names = [...marks.names, ...(facts.siteName === undefined ? [] : [facts.siteName])];
  const listed = row.parts.title;
  const title = () =>
    titleOf({ declared: facts.titles, headings: facts.headings, page: facts.title, listed, names });
  let around: BesideTitle | undefined;
  const beside = () => {
    around ??= new BesideTitle(page.tree, title());
    return around;
  };
  const isOwn = ({ url }: ForeignMedia) =>
    !marks.pictures.includes(markOf(url)) && !facts.notPictures.includes(url);
  const summary =
    facts.summary !== undefined && marks.summaries.includes(markOf(facts.summary))
      ? undefined
      : facts.summary;
  return {
    text(part) {
      if (part === 'title') return title();
      if (part === 'summary') return summary ?? row.parts.summary;
      return part === 'id' ? row.parts.id : (facts[part] ?? row.parts[part]);
    },
    date(part) {
      const declared = readable(facts[part], known);
      if (part === 'updated') return declared ?? row.parts.updated;
      return declared ?? better(row.parts.published, beside().date(known), known);
    },
    pictures: () => [...facts.pictures, ...row.parts.pictures, ...beside().pictures(page.base)].filter(isOwn),
    authors: () =>
      facts.authors.length > 0
        ? facts.authors.filter(({ name }) => !names.includes(name))
        : row.parts.authors,
    categories: () => (facts.categories.length > 0 ? facts.categories : row.parts.categories),
  };
}

function readable(written: readonly string[], known: KnownDate): FoundDate | undefined {
  for (const one of written) {
    const found = findDate(one, known);
    if (found) return found;
  }
  return undefined;
}

/** The list's date, unless the page tells the time of the same day, or more exactly what the list only counts. */
function better(
  row: FoundDate | undefined,
  page: FoundDate | undefined,
  known: KnownDate,
): FoundDate | undefined {
  if (!row || !page) return row ?? page;
  const [listed, near] = [readDate(row.written, known), readDate(page.written, known)];
  return near && listed && ((listed.dateOnly && !near.dateOnly) || (row.relative && !page.relative))
    ? page
    : row;
}

function ownOf({ own, dates, row }: ArticleInput, scope: Scope, options: WebPageOptions) {
  if (!own || !options.own) return { fields: undefined, missed: [] };
  const { fields, missed } = readOwn(options.own, scope, { fields: own.fields, base: scope.base, dates });
  const all = { ...row.own, ...fields };
  return { fields: all, missed: missed.filter(({ part }) => all[part.replace('own.', '')] === undefined) };
}

/** The addresses of the page, and what the site's own schema keeps. */
function besideOf(
  { row, lists, own: schema }: ArticleInput,
  page: Page,
  facts: ArticleFacts,
  own: Readonly<Record<string, unknown>> | undefined,
): Beside {
  const canonical = canonicalOf(facts, page, lists);
  const others = [row.link, ...facts.otherLinks].filter(link => link !== page.url);
  return {
    link: page.url,
    ...(canonical !== undefined && { canonical }),
    ...(others.length > 0 && { otherLinks: [...new Set(others)] }),
    ...(own && schema && { own: { type: schema.type, fields: own } }),
  };
}

/** A template that names the home page or a list as every page's address says nothing. */
function canonicalOf(
  { canonical }: ArticleFacts,
  { url }: Page,
  lists: readonly string[],
): string | undefined {
  if (canonical === undefined || isFrontPage(canonical)) return undefined;
  if (lists.some(list => keyOf(list) === keyOf(canonical))) return undefined;
  // One that leads above the page itself is the section's.
  const [own, named] = [URL.parse(url)?.pathname ?? '', URL.parse(canonical)?.pathname ?? ''];
  const isAbove =
    own !== named &&
    own.startsWith(named.endsWith('/') ? named : `${named}/`) &&
    URL.parse(canonical)?.search === '';
  return isAbove ? undefined : canonical;
}
