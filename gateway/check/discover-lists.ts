import { hasRoom, type Looking, visit } from './discover.ts';
import type { FoundSource } from './found-source.ts';
import { linkTemplate } from './json-source.ts';
import type { JsonSummary } from './read-json.ts';
import type { PageSummary } from './read-links.ts';

/** A page that lists articles, and what would read it. */
export interface FoundList {
  readonly url: string;
  readonly links: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** Pages that are looked at for a list, the home page not counted. */
const MOST = 3;
/** Fewer links that repeat are a menu's or chance's. */
const FEWEST = 5;

/** The page that lists most articles, of the home page and the sections of news that it leads to; for sites that have no other way in. */
export async function findLists(
  looking: Looking,
  given: { readonly url: string; readonly page: PageSummary } | undefined,
): Promise<FoundList | undefined> {
  if (looking.sources.some(({ works, connector }) => works && connector !== undefined)) return undefined;
  const { page, home } = looking;
  const known = [given, page && { url: home.href, page }].filter(one => one !== undefined);
  const found = known.flatMap(one => listOf(one.url, one.page) ?? []);
  for (const url of (page?.lists ?? []).slice(0, MOST)) {
    if (looking.seen.has(url) || !hasRoom(looking, 2)) continue;
    looking.seen.add(url);
    const visited = await visit({ url }, looking.outing, looking.read);
    if ('error' in visited || visited.document.is !== 'page') continue;
    const list = listOf(visited.received.url, visited.document.page);
    // A section of news tells more of what is new than a home page that shows some of everything.
    if (list) return list;
  }
  const [best] = found.toSorted((a, b) => b.links.length - a.links.length);
  return best;
}

function listOf(url: string, { list, embedded, shell }: PageSummary): FoundList | undefined {
  if (list && list.links.length >= FEWEST) {
    const { links, selector } = list;
    return { url, links, options: { list: url, ...(selector !== undefined && { link: selector }) } };
  }
  return embedded && (shell || list === undefined) ? embeddedList(url, embedded) : undefined;
}

/** The parts that a list may tell, of those that were found in the data. */
const PARTS = ['id', 'title', 'summary', 'published', 'updated', 'picture', 'authors', 'categories'];

function embeddedList(url: string, { items, map, samples, first }: JsonSummary): FoundList | undefined {
  const link = map.link ?? linkTemplate(samples, first) ?? guessedLink(url, samples);
  if (items === undefined || link === undefined) return undefined;
  const row = Object.fromEntries(PARTS.flatMap(part => (map[part] === undefined ? [] : [[part, map[part]]])));
  return { url, links: [], options: { list: url, items, link, row, open: false } };
}

/** Where the data names no address, a person has to say where the articles are read. */
function guessedLink(url: string, [sample]: JsonSummary['samples']): string | undefined {
  const name = ['slug', 'alias', 'path', 'id'].find(one => sample?.[one] !== undefined);
  return name === undefined ? undefined : `${new URL(url).origin}/{${name}}`;
}

/** The source that a list comes to. */
export function withList(source: FoundSource, list: FoundList | undefined): FoundSource {
  if (!list) return source;
  const guessed = typeof list.options.link === 'string' && list.options.link.startsWith('http');
  const note =
    source.note && guessed
      ? { vi: `${source.note.vi} ${GUESSED.vi}`, en: `${source.note.en} ${GUESSED.en}` }
      : source.note;
  return {
    ...source,
    url: list.url,
    ...(list.links.length > 0 && { entries: list.links.length }),
    ...(note && { note }),
    connector: { id: 'web-page', options: list.options },
  };
}

const GUESSED = {
  vi: 'Dữ liệu không cho địa chỉ trang bài: xem lại mẫu link, đã đoán theo trang chủ.',
  en: "The data gives no address of the article's page: look at the template of link, guessed by the home page.",
};
