import type { Instant } from '../../schemas/instant.ts';
import { AUTHORS, NOTICE, PLACES, SUBJECTS } from './words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Items a site has when the sandbox first opens, from two hours to three days old. */
const OPENING = 12;

/** One made-up news item of one site. */
export interface Article {
  /** Unique over the whole ministry, stable over restarts. */
  readonly number: number;
  readonly slug: string;
  readonly title: string;
  readonly lead: string;
  readonly paragraphs: readonly string[];
  readonly category: string;
  readonly author: string;
  readonly published: Instant;
  readonly updated: Instant;
  /** Set once its publisher has taken it back. */
  readonly withdrawn?: Instant;
}

/**
 * What each site has published at a moment. A pure function of when the sandbox was first opened and of now, so a
 * restart finds the same news, and what would have been written meanwhile besides.
 */
export interface Newsroom {
  /** Newest first, withdrawn ones included. */
  articles(site: string, now: Instant, limit: number): readonly Article[];
}

export function openNewsroom(opened: Instant, sites: readonly string[], press: readonly string[]): Newsroom {
  const times = new Map(sites.map((site, place) => [site, openingTimes(opened, place)]));
  for (const site of press.slice(0, 1)) {
    // With a delay of an hour these two come of age 90 seconds after the opening, and an hour after it.
    times.get(site)?.push(opened - HOUR + 90_000, opened);
  }
  return {
    articles(site, now, limit) {
      const place = sites.indexOf(site);
      const later = laterNumbers(opened, now, place, sites.length, limit);
      const fresh = later.map(number => write(number, opened + number * MINUTE, now));
      const old = (times.get(site) ?? []).map((published, i) =>
        write(-1 - place - i * sites.length, published, now),
      );
      const all = [...fresh, ...old].filter(({ published }) => published <= now);
      return all.sort((a, b) => b.published - a.published || b.number - a.number).slice(0, limit);
    },
  };
}

function openingTimes(opened: Instant, place: number): Instant[] {
  const span = 70 * HOUR;
  return Array.from(
    { length: OPENING },
    (_, i) => opened - 2 * HOUR - Math.round((span * i) / OPENING) - place * 7 * MINUTE,
  );
}

/** One new article a minute goes round the sites in turn; these are the site's own, newest first. */
function laterNumbers(opened: Instant, now: Instant, place: number, sites: number, limit: number): number[] {
  const last = Math.floor((now - opened) / MINUTE);
  const newest = last - ((((last - place) % sites) + sites) % sites);
  const numbers: number[] = [];
  for (let number = newest; number > 0 && numbers.length < limit; number -= sites) numbers.push(number);
  return numbers;
}

function write(number: number, published: Instant, now: Instant): Article {
  const pick = <T>(list: readonly T[], salt: number): T => list[mix(number, salt) % list.length] as T;
  const subject = pick(SUBJECTS, 1);
  const place = pick(PLACES, 2);
  const count = String(20 + (mix(number, 3) % 480));
  const title = capitalise(pick(subject.titles, 4).replace('{place}', place).replace('{count}', count));
  const corrected = number > 0 && number % 5 === 0 && now >= published + 2 * MINUTE;
  const takenBack = number > 0 && number % 11 === 0 && now >= published + 3 * MINUTE;
  return {
    number,
    slug: `${slugOf(title)}-${number < 0 ? `c${-number}` : number}`,
    title: corrected ? `${title} (cập nhật)` : title,
    lead: subject.lead,
    paragraphs: [
      `Ngày vừa qua, tại ${place}, cơ quan chức năng đã tổ chức hoạt động thuộc lĩnh vực ${subject.category.toLowerCase()}, với sự tham gia của ${count} người.`,
      ...subject.body,
      ...(corrected ? ['Bài viết đã được cập nhật số liệu mới của ban tổ chức.'] : []),
      NOTICE,
    ],
    category: subject.category,
    author: pick(AUTHORS, 5),
    published,
    updated: corrected ? published + 2 * MINUTE : published,
    ...(takenBack ? { withdrawn: published + 3 * MINUTE } : {}),
  };
}

/** A small integer hash: the same article for the same number, for ever. */
function mix(number: number, salt: number): number {
  let x = (Math.imul(number, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca6b)) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) >>> 0;
  return (x ^ (x >>> 13)) >>> 0;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function slugOf(title: string): string {
  const plain = title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
}
