import { readDate } from '../../schemas/dates.ts';
import type { Entry } from '../../schemas/entry.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { DateSettings } from '../../schemas/source.ts';
import { AHEAD } from './item-dates.ts';

/** A setting that would put a source's dates right, and why, for its operator. */
export interface DateProposal {
  readonly force: string;
  readonly reason: string;
}

const HOUR = 3_600_000;
/** Vietnam's distance from Greenwich: what both clock faults are wrong by. */
const OFF = 7 * HOUR;

/**
 * Looks for the two clock faults in the entries of one document: local time labelled GMT lies up to 7 hours ahead of now;
 * UTC labelled +0700 makes entries that were not there at `newSince` (the last complete harvest before this one) seem
 * older than it by up to 7 hours. Proposes, never repairs: one wrong clock among right ones looks the same.
 * `entries`: those never seen before, when `newSince` is given.
 */
export function proposeDates(
  entries: readonly Pick<Entry, 'published' | 'updated'>[],
  now: Instant,
  settings: DateSettings = {},
  newSince?: Instant,
): DateProposal | undefined {
  if (settings.force !== undefined) return undefined;
  const dates = entries.flatMap(({ published, updated }) => {
    const read = readDate(published ?? updated ?? '', { ...settings, now });
    return read?.zoned && !read.dateOnly
      ? [{ at: read.at, offset: offsetOf(published ?? updated ?? '') }]
      : [];
  });
  return labelledGreenwich(dates, now) ?? labelledLocal(dates, now, newSince);
}

interface Dated {
  readonly at: Instant;
  readonly offset: number | undefined;
}

function labelledGreenwich(dates: readonly Dated[], now: Instant): DateProposal | undefined {
  const greenwich = dates.filter(({ offset }) => offset === 0);
  const newest = Math.max(...greenwich.map(({ at }) => at));
  if (greenwich.length === 0 || newest - now <= AHEAD || newest - now > OFF + AHEAD) return undefined;
  return {
    force: '+07:00',
    reason: `Tin mới nhất ghi giờ GMT nhưng ở tương lai ${hours(newest - now)}: có lẽ là giờ Việt Nam ghi nhầm thành GMT.`,
  };
}

function labelledLocal(
  dates: readonly Dated[],
  now: Instant,
  newSince: Instant | undefined,
): DateProposal | undefined {
  if (newSince === undefined) return undefined;
  const local = dates.filter(({ offset }) => offset === 7 * 60);
  // Each new entry, moved by seven hours, must fall between the two harvests.
  const fits = local.filter(
    ({ at }) => at < newSince - AHEAD && at + OFF >= newSince - AHEAD && at + OFF <= now + AHEAD,
  );
  if (local.length === 0 || fits.length < local.length) return undefined;
  return {
    force: 'Z',
    reason: 'Tin mới luôn lùi 7 giờ so với lúc xuất hiện: có lẽ là giờ UTC ghi nhầm thành +07:00.',
  };
}

/** Minutes east of Greenwich, as written at the end of a date. */
function offsetOf(raw: string): number | undefined {
  const text = raw.trim().slice(-40);
  if (/(?:\bGMT|\bUTC?|\dZ|[+-]00:?00)\)?$/i.test(text)) return 0;
  if (/(?:\+07(?::?00)?|GMT ?\+ ?7(?::?00)?)\)?$/i.test(text)) return 7 * 60;
  return undefined;
}

const hours = (span: number): string => `${(span / HOUR).toFixed(1).replace('.', ',')} giờ`;
