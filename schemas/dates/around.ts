import { type ClockTime, clockTime } from './clock.ts';
import type { WrittenDate } from './written.ts';
import { zoneOffset } from './zones.ts';

/** A text with its time of day taken out: what stands before it and after it. */
export interface Around {
  readonly time: ClockTime | undefined;
  readonly before: string;
  readonly after: string;
}

/** Day names with a number in them would be taken for days: `Thứ 2`, `T7`. */
const NUMBERED_DAYS = /(?:(?<!\p{L})(?:thứ|thu) ?[2-7](?![\d/.-])|(?<![\p{L}\d])T[2-7](?![\d\p{L}]))/giu;

export function aroundTime(text: string): Around {
  const clean = text.replace(NUMBERED_DAYS, ' ');
  const time = clockTime(clean);
  if (!time) return { time, before: clean, after: '' };
  return { time, before: clean.slice(0, time.start).replace(/t$/i, ' '), after: clean.slice(time.end) };
}

export function timeFields(time: ClockTime | undefined): Partial<WrittenDate> {
  if (!time) return {};
  const { hour, minute, second, millisecond } = time;
  return { hour, minute, second, millisecond };
}

/**
 * The zone among what is left of a text: `+0700`, `(GMT+7)`, `ICT`. Null when something stands there that can only be
 * a zone and is none, which makes the whole date unreadable; a word nobody knows is no zone at all.
 */
export function zoneIn(before: string, after: string): string | undefined | null {
  const late = signedZone(after);
  const signed = late === undefined ? signedZone(before, /^(?:gmt|utc?)/i) : late;
  if (signed !== undefined) return signed;
  const words = after.split(BETWEEN).filter(Boolean);
  return words.find(word => /^[\p{L}_/]+$/u.test(word) && zoneOffset(word) !== undefined);
}

const BETWEEN = /[\s,;|()[\]]+/;

function signedZone(text: string, start = /^(?:gmt|utc?|z)?[+\-−–]./i): string | undefined | null {
  // `GMT +7` is one zone.
  const tokens = text.replace(/(gmt|utc?) (?=[+\-−–]\d)/gi, '$1').split(BETWEEN);
  for (const token of tokens) {
    const joined = token.replace(/^-+(?=[\p{L}])/u, '');
    if (!start.test(joined) || !/[+\-−–]./.test(joined)) continue;
    return zoneOffset(joined) === undefined ? null : joined;
  }
  return undefined;
}
