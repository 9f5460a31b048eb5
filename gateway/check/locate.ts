import { Tokenizer } from 'htmlparser2';
import { locateJsonItems } from './locate-json.ts';

/** Where in a document, both counted from 1; columns in UTF-16 units, as editors count them. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

/** Places of one document by the paths that rules give. */
export type Locate = (path: string) => Spot | undefined;

/** An entry where it stands: its start and, by name as written in lower case, the first of each element in it. */
export interface EntrySpan {
  readonly start: number;
  readonly fields: ReadonlyMap<string, number>;
}

/**
 * Places of a feed's entries, found in a pass of its own over the text as it came. The reader works on repaired text
 * and has no use for places, so they cost nothing until somebody asks for a check. See
 * gateway/decisions/self-check.md.
 */
export function locateFeed(text: string): Locate {
  const lines = lineStarts(text);
  const isJson = /^\s*\{/.test(text);
  const entries = isJson ? locateJsonItems(text) : locateXmlEntries(text);
  const root = isJson
    ? text.search(/\S/)
    : Math.max(0, text.search(/<(?:\w{1,20}:)?(?:rss|feed|rdf|channel)[\s>]/i));
  return path => {
    const place = /^entries\[(\d+)\](?:\.([A-Za-z]+))?/.exec(path);
    if (!place) return /^(?:feed|document)/.test(path) && text !== '' ? spotOf(root, lines) : undefined;
    const entry = entries[Number(place[1])];
    if (!entry) return undefined;
    const names = NAMES[place[2] ?? ''] ?? [];
    const at = names.map(name => entry.fields.get(name)).find(offset => offset !== undefined);
    return spotOf(at ?? entry.start, lines);
  };
}

/** What a part of an entry may be called where it stands. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  id: ['guid', 'id', 'atom:id', 'dc:identifier'],
  title: ['title', 'media:title'],
  link: ['link', 'guid', 'atom:link', 'url'],
  published: [
    'pubdate',
    'published',
    'dc:date',
    'date',
    'dcterms:issued',
    'issued',
    'date_published',
    'updated',
  ],
  updated: ['updated', 'atom:updated', 'dcterms:modified', 'date_modified', 'modified'],
  summary: ['description', 'summary'],
  content: ['content:encoded', 'content', 'content_html', 'content_text', 'description'],
  authors: ['dc:creator', 'author', 'atom:author', 'authors'],
  attribution: ['dc:creator', 'author', 'authors'],
  origin: ['source', 'dc:source', 'external_url'],
  media: [
    'enclosure',
    'media:content',
    'media:thumbnail',
    'media:group',
    'image',
    'attachments',
    'content:encoded',
    'content',
    'content_html',
    'description',
  ],
  picture: [
    'media:thumbnail',
    'media:content',
    'enclosure',
    'image',
    'banner_image',
    'content:encoded',
    'description',
  ],
};

/** The same entries in the same order as the reader counts them: those cut off or empty are none. */
function locateXmlEntries(text: string): EntrySpan[] {
  const found: EntrySpan[] = [];
  let open: { start: number; fields: Map<string, number>; name: string; attributes: number } | undefined;
  let name = '';
  let start = 0;
  let attributes = 0;
  const end = () => {
    if (open && (open.fields.size > 0 || open.attributes > 0))
      found.push({ start: open.start, fields: open.fields });
    open = undefined;
  };
  const begin = (closesItself: boolean) => {
    const local = name.slice(name.indexOf(':') + 1);
    if (local === 'item' || local === 'entry') {
      end();
      open = { start, fields: new Map(), name, attributes };
      if (closesItself) end();
    } else if (open && !open.fields.has(name)) open.fields.set(name, start);
  };
  const nothing = () => {};
  const tokenizer = new Tokenizer(
    { xmlMode: true, decodeEntities: false },
    {
      onopentagname(from, to) {
        name = text.slice(from, to).toLowerCase();
        start = from - 1;
        attributes = 0;
      },
      onattribname() {
        attributes += 1;
      },
      onopentagend: () => begin(false),
      onselfclosingtag: () => begin(true),
      onclosetag(from, to) {
        if (open && text.slice(from, to).toLowerCase() === open.name) end();
      },
      onattribdata: nothing,
      onattribentity: nothing,
      onattribend: nothing,
      oncdata: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onend: nothing,
      onprocessinginstruction: nothing,
      ontext: nothing,
      ontextentity: nothing,
    },
  );
  tokenizer.write(text);
  tokenizer.end();
  return found;
}

/** Where in a page the rules about pages look; first found of each. */
const PAGE_MARKS: Readonly<Record<string, RegExp>> = {
  lang: /<html\b/i,
  viewport: /<meta\b[^<>]{0,300}\bviewport\b|<head\b/i,
  moving: /<(?:marquee|blink)\b/i,
  title: /<title\b|<head\b/i,
  links: /<a\b[^<>]{0,2000}>\s{0,200}<\/a>|<a\b[^<>]{0,2000}>\s{0,200}<(?:img|i|span|svg)\b/i,
  canonical: /<link\b[^<>]{0,500}\bcanonical\b/i,
  jsonLd: /application\/ld\+json/i,
  datePublished: /datePublished|article:published_time/i,
  licence: /<footer\b|gi(?:ấ|ấ)y ph(?:é|é)p/i,
  label: /_govaq/i,
};

export function locateInPage(text: string): Locate {
  const lines = lineStarts(text);
  return path => {
    const part = path.split('.')[1] ?? '';
    const element = /\.dc\.(\w{1,30})$/.exec(path)?.[1];
    const mark = element
      ? new RegExp(`<meta\\b[^<>]{0,100}\\bdc(?:terms)?[.:]${element}\\b`, 'i')
      : PAGE_MARKS[part];
    const at = mark ? text.search(mark) : -1;
    return at < 0 ? undefined : spotOf(at, lines);
  };
}

/** Where a character of this text stands. */
export function locateAt(text: string, offset: number): Spot {
  return spotOf(offset, lineStarts(text));
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function spotOf(offset: number, lines: readonly number[]): Spot {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lines[low] ?? 0) + 1 };
}
