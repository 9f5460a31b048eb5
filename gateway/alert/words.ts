import type { Bilingual } from '../../schemas/text.ts';

const MINUTE = 60_000;
const UNITS = [
  { minutes: 24 * 60, vi: 'ngày', en: 'd' },
  { minutes: 60, vi: 'giờ', en: 'h' },
  { minutes: 1, vi: 'phút', en: 'min' },
] as const;

/** `135 × 60,000` → `2 giờ 15 phút`: the two largest units that say something. */
export function lasting(milliseconds: number): Bilingual {
  let rest = Math.max(0, Math.round(milliseconds / MINUTE));
  const parts: Bilingual[] = [];
  for (const { minutes, vi, en } of UNITS) {
    const count = Math.floor(rest / minutes);
    rest -= count * minutes;
    if (count > 0 && parts.length < 2) parts.push({ vi: `${count} ${vi}`, en: `${count} ${en}` });
  }
  if (parts.length === 0) return { vi: 'chưa đến 1 phút', en: 'less than a minute' };
  return { vi: parts.map(({ vi }) => vi).join(' '), en: parts.map(({ en }) => en).join(' ') };
}

/** Unseen signs: control characters, and those that turn the direction of writing. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Text of a site or of an error, made fit for a line of a message: one line, no control characters, not too long. */
export function plain(text: string, longest = 160): string {
  const line = text.toWellFormed().replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim();
  const signs = [...line];
  return signs.length <= longest ? line : `${signs.slice(0, longest - 1).join('')}…`;
}
