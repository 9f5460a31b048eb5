import { fold } from '../../schemas/fold.ts';

/** By what a page of an item is known to be that page. */
export interface PageMarks {
  readonly title: string;
  /** Of the site: on its own pages stands its name, or a link to its home page. */
  readonly siteName: string;
  readonly homepage: string;
}

/** The site's own words for "no longer here", folded. */
const GONE_WORDS =
  /(?:bai (?:viet|dang)|tin(?: bai)?|trang|noi dung|duong dan|lien ket)[^.]{0,60}(?:khong ton tai|da bi go|da duoc go|khong con|da bi xoa)|khong tim thay (?:trang|bai|noi dung|duong dan)|page not found|\b404\b[^.]{0,30}(?:not found|khong)/;
/** Characters of a page that are looked at: what tells stands near its beginning. */
const LOOKED_AT = 400_000;

/**
 * What a page that answered 200 says of the item. `there`: its title stands on it. `gone`: the site's own words in a page
 * with the site's own frame (a soft 404). `different`: neither; a page without the frame is nobody's word.
 */
export function readMarks(html: string, marks: PageMarks): 'there' | 'gone' | 'different' {
  const page = fold(withoutTags(html.slice(0, LOOKED_AT)));
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
