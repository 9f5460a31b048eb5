import { fold } from '../fold.ts';
import { type Document, elementsIn, rawTextOf, textOf } from './tree.ts';

/** What answers 200 in a page's place: never an item, never a removal. `not-found` is the site's own soft 404. */
export type StandIn = 'robot-check' | 'login' | 'maintenance' | 'not-found';

/** The site's own words for "no longer here", folded. */
export const GONE_WORDS =
  /(?:bai (?:viet|dang)|tin(?: bai)?|trang|noi dung|duong dan|lien ket)[^.]{0,60}(?:khong ton tai|da bi go|da duoc go|khong con|da bi xoa)|khong tim thay (?:trang|bai|noi dung|duong dan)|page not found|\b404\b[^.]{0,30}(?:not found|khong)/;
const GONE_TITLE = /^(?:loi )?404\b|\bnot found\b|khong tim thay$|khong ton tai/;
/** Marks of the usual robot checks, in the page's own source. */
const CHECK_MARKS =
  /cf-chl|cf-turnstile|challenge-platform|g-recaptcha|h-captcha|hcaptcha\.com|_incapsula_resource|captcha-delivery|sucuri_cloudproxy|vddos|document\.cookie\s{0,5}=[^<]{0,400}location\b/i;
const CHECK_WORDS =
  /captcha|just a moment|checking your browser|attention required|are you (?:a )?(?:human|robot)|verify you are|ddos protection|xac minh (?:ban|rang|la nguoi|khong phai)|xac thuc (?:truy cap|trinh duyet)|kiem tra trinh duyet|khong phai (?:la )?(?:robot|nguoi may)|ma xac nhan/;
const MAINTENANCE =
  /(?:dang|tam thoi|he thong|website|trang web|trang|cong thong tin)[^.]{0,40}(?:bao tri|nang cap)|under maintenance|tam (?:ngung|dung) (?:hoat dong|phuc vu|truy cap)|site (?:is )?(?:offline|under)|service unavailable|be right back/;
const LOGIN = /^(?:dang nhap|login|sign in|log in|xac thuc)\b/;
const LOGIN_PATH = /\/(?:login|signin|sign-in|dang-?nhap|account\/log|_layouts\/\d+\/authenticate|cas\/)/i;

/** Who stands in for a page has little else to say. */
const SHORT = { text: 1_500, links: 25 } as const;

export interface PageSight {
  /** Address after redirects. */
  readonly url: string;
  /** Words of the title that is expected: a page that bears them is the page. */
  readonly expected?: string;
  /** The page says that it is an article. */
  readonly isArticle: boolean;
}

/** What stands there instead of the page; undefined when it is the page itself. */
export function standInOf(page: Document, { url, expected, isArticle }: PageSight): StandIn | undefined {
  const facts = factsOf(page);
  const title = fold(facts.title).trim();
  const heading = fold(facts.heading).trim();
  const wanted = fold(expected ?? '').trim();
  if (wanted.length > 8 && (title.includes(wanted) || heading.includes(wanted))) return undefined;
  const words = fold(facts.text);
  const isShort = facts.text.length < SHORT.text && facts.links < SHORT.links;
  if (isShort && !isArticle && (CHECK_MARKS.test(facts.scripts) || CHECK_WORDS.test(`${title} ${words}`)))
    return 'robot-check';
  if (!isArticle && isLogin(url, title, heading, facts)) return 'login';
  const says = (pattern: RegExp) => pattern.test(title) || pattern.test(heading);
  if (says(GONE_WORDS) || (!isArticle && says(GONE_TITLE))) return 'not-found';
  if (isArticle || !isShort) return undefined;
  if (MAINTENANCE.test(`${title}. ${words}`)) return 'maintenance';
  return GONE_WORDS.test(words) ? 'not-found' : undefined;
}

function isLogin(url: string, title: string, heading: string, { passwords, text }: PageFacts): boolean {
  const path = URL.parse(url)?.pathname ?? '';
  if (passwords === 0) return LOGIN_PATH.test(path) && text.length < SHORT.text;
  return LOGIN_PATH.test(path) || LOGIN.test(title) || LOGIN.test(heading) || text.length < SHORT.text / 2;
}

interface PageFacts {
  readonly title: string;
  readonly heading: string;
  readonly text: string;
  readonly links: number;
  readonly passwords: number;
  /** Beginnings of its scripts and their addresses. */
  readonly scripts: string;
}

function factsOf(page: Document): PageFacts {
  const elements = [...elementsIn(page)];
  const first = (...names: readonly string[]) => elements.find(({ name }) => names.includes(name));
  const textOfFirst = (...names: readonly string[]) => {
    const found = first(...names);
    return found === undefined ? '' : textOf(found, 500);
  };
  const scripts = elements.filter(({ name }) => name === 'script' || name === 'iframe').slice(0, 200);
  const marked = elements.filter(({ attribs }) =>
    /captcha|cf-chl/.test(`${attribs.id ?? ''} ${attribs.class ?? ''}`),
  );
  return {
    title: textOfFirst('title'),
    heading: textOfFirst('h1', 'h2'),
    text: textOf(page, 4_000),
    links: elements.filter(({ name }) => name === 'a').length,
    passwords: elements.filter(({ attribs }) => attribs.type?.toLowerCase() === 'password').length,
    scripts: [
      ...scripts.map(script => `${script.attribs.src ?? ''} ${rawTextOf(script).slice(0, 5_000)}`),
      ...marked.map(({ attribs }) => `${attribs.id ?? ''} ${attribs.class ?? ''}`),
    ]
      .join('\n')
      .slice(0, 200_000),
  };
}
