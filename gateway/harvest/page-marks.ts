import { fold } from '../../schemas/fold.ts';
import type { LegacyText } from '../../schemas/legacy-text/tables.ts';
import { GONE_WORDS } from '../../schemas/pages/standing-before.ts';

/** By what a page of an item is known to be that page. */
export interface PageMarks {
  readonly title: string;
  /** Of the site: on its own pages stands its name, or a link to its home page. */
  readonly siteName: string;
  readonly homepage: string;
  /** The source's setting. */
  readonly legacyText?: LegacyText;
}

/** Characters of a page that are looked at: what tells stands near its beginning. */
const LOOKED_AT = 400_000;

/**
 * What a page that answered 200 says of the item. `there`: its title stands on it. `gone`: the site's own words in a page
 * with the site's own frame (a soft 404). `different`: neither; a page without the frame is nobody's word.
 */
export function readMarks(html: string, marks: PageMarks): 'there' | 'gone' | 'different' {
  const page = fold(withoutEscapes(withoutTags(html.slice(0, LOOKED_AT))));
  const title = fold(marks.title).replace(/\s+/g, ' ').trim();
  if (title !== '' && page.includes(title)) return 'there';
  if (!hasFrame(html, page, marks)) return 'different';
  return GONE_WORDS.test(page) ? 'gone' : 'different';
}

function hasFrame(html: string, page: string, { siteName, homepage }: PageMarks): boolean {
  const host = URL.canParse(homepage) ? new URL(homepage).host : '';
  const name = fold(siteName).trim();
  return (name !== '' && page.includes(name)) || (host !== '' && html.toLowerCase().includes(`//${host}`));
}

/** Single-page sites carry their texts as JSON, some of them with every accented letter as `\\u1ed9`. */
function withoutEscapes(text: string): string {
  return text.includes('\\u')
    ? text.replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}

/** Text enough to look for words in; never shown. Linear whatever comes. */
function withoutTags(html: string): string {
  let text = '';
  let at = 0;
  for (;;) {
    const open = html.indexOf('<', at);
    if (open < 0) return entities(text + html.slice(at));
    text += `${html.slice(at, open)} `;
    const close = html.indexOf('>', open);
    if (close < 0) return entities(text);
    at = close + 1;
  }
}

function entities(text: string): string {
  return text
    .replace(/&(?:amp|#38);/g, '&')
    .replace(/&(?:quot|#34);/g, '"')
    .replace(/&(?:#39|apos);/g, "'")
    .replace(/&nbsp;/g, ' ')
    .replace(/\s+/g, ' ');
}
