import { exact } from '../../schemas/fold.ts';

/** What of a page may bear its title, and what may stand beside it. */
export interface TitleEvidence {
  /** What the page declares, the most trusted first. */
  readonly declared: readonly string[];
  readonly headings: readonly string[];
  /** The `title` element. */
  readonly page: string;
  /** What the list calls it. */
  readonly listed: string | undefined;
  /** Names of the site and its sections, which stand before or after titles. */
  readonly names: readonly string[];
}

const SEPARATOR = /\s+(?:[-–—|·•»>«/~]|::|\|\|)\s+|\s*[|»]\s*/u;
const CUT = /\s*(?:…|\.\.\.)$/;

/**
 * The title as people read it: what the page declares, without the site's name; the heading where that says the same
 * without what was added, or in full what was cut off.
 */
export function titleOf({ declared, headings, page, listed, names }: TitleEvidence): string | undefined {
  const isName = namesOf(names);
  const known = [...headings, ...(listed === undefined ? [] : [listed])].filter(one => !isName(one));
  for (const written of declared) {
    const title = withoutNames(written, isName);
    if (title === undefined) continue;
    return confirmed(title, known) ?? title;
  }
  const fromPage = withoutNames(page, isName);
  const inPage = known.find(one => one.length > 8 && !CUT.test(one) && alike(page).includes(alike(one)));
  if (inPage !== undefined) return inPage;
  const [heading] = headings.filter(one => !isName(one));
  const full =
    fromPage !== undefined && listed !== undefined && continues(fromPage, listed) ? fromPage : undefined;
  return heading ?? full ?? (listed && (completed(listed, page) ?? listed)) ?? fromPage;
}

/** The parts of a page's title: the site's name stands among those of its lists. */
export function segmentsOf(title: string): string[] {
  return title.split(SEPARATOR).flatMap(part => (part.trim() === '' ? [] : [part.trim()]));
}

/** A title without the name of its site at its end, where something is left. */
export function withoutName(title: string, names: readonly string[]): string {
  return withoutLast(title, namesOf(names)) || title;
}

function namesOf(names: readonly string[]): (text: string) => boolean {
  const known = new Set(names.map(alike).filter(name => name !== ''));
  return text => known.has(alike(text));
}

/** Without the site's names at its ends; undefined where nothing else is left. */
function withoutNames(title: string, isName: (text: string) => boolean): string | undefined {
  let rest = title.trim();
  if (rest === '' || isName(rest)) return undefined;
  for (let turn = 0; turn < 4; turn++) {
    const shorter = withoutLast(rest, isName) ?? withoutFirst(rest, isName);
    if (shorter === undefined) break;
    rest = shorter;
  }
  return rest === '' || isName(rest) ? undefined : rest;
}

function withoutLast(title: string, isName: (text: string) => boolean): string | undefined {
  const places = [...title.matchAll(new RegExp(SEPARATOR, 'gu'))].slice(-4);
  const end = places.find(({ 0: sign, index }) => isName(title.slice(index + sign.length)));
  return end && title.slice(0, end.index).trim();
}

function withoutFirst(title: string, isName: (text: string) => boolean): string | undefined {
  const places = [...title.matchAll(new RegExp(SEPARATOR, 'gu'))].slice(0, 3);
  const start = places.find(({ index }) => isName(title.slice(0, index)));
  return start && title.slice(start.index + start[0].length).trim();
}

/** The heading or the list's words for what is declared: shorter by an addition, or longer because that was cut. */
function confirmed(title: string, known: readonly string[]): string | undefined {
  for (const one of known) {
    if (one.length < 8 || CUT.test(one)) continue;
    if (startsWith(title, one) && isAddition(title.slice(one.length))) return one;
    if (CUT.test(title) && continues(one, title)) return one;
    if (endsWith(title, one) && /(?:[-–—|»:]|::)\s*$/.test(title.slice(0, -one.length))) return one;
  }
  return undefined;
}

function isAddition(rest: string): boolean {
  return /^\s*(?:[-–—|·•»>«/~]|::)\s/.test(rest) || /^\s*\|/.test(rest);
}

/** A title that the list cuts off, as the page's title has it. */
function completed(listed: string, page: string): string | undefined {
  return CUT.test(listed) ? segmentsOf(page).find(part => continues(part, listed)) : undefined;
}

/** Does the text go on where the cut one ends? */
function continues(whole: string, cut: string): boolean {
  const start = alike(cut.replace(CUT, ''));
  return start.length >= 8 && alike(whole).startsWith(start);
}

function startsWith(text: string, start: string): boolean {
  return alike(text.slice(0, start.length)) === alike(start);
}

function endsWith(text: string, end: string): boolean {
  return text.length > end.length && alike(text.slice(-end.length)) === alike(end);
}

function alike(text: string): string {
  return exact(text)
    .replace(/[\s"'“”‘’]+/g, ' ')
    .trim();
}
