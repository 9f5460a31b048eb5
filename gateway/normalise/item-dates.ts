import { readDate } from '../../schemas/dates.ts';
import type { Entry } from '../../schemas/entry.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { DateSettings } from '../../schemas/source.ts';
import { cut, wanted } from './clean-text.ts';

export interface ItemDates {
  readonly published?: Instant;
  readonly updated?: Instant;
  readonly notes: readonly string[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Clocks differ; what is further ahead is a fault. GUIDELINES 22. */
export const AHEAD = 10 * MINUTE;

/**
 * When an item was published and changed, as its source's settings tell. A date in the future is no date: the item then
 * counts from when we first saw it. Where a site only says when it last changed, that is also when it was published.
 */
export function datesOf(
  entry: Pick<Entry, 'published' | 'updated'>,
  settings: DateSettings,
  now: Instant,
): ItemDates {
  const notes: string[] = [];
  const read = (name: string, raw: string | undefined) => readOne(name, raw, settings, now, notes);
  const updated = read('updated', entry.updated);
  const published =
    read('published', entry.published) ?? (entry.published === undefined ? updated : undefined);
  const isLater = updated !== undefined && published !== undefined && updated > published;
  return {
    ...(published !== undefined && { published }),
    ...(updated !== undefined && (isLater || published === undefined) && { updated }),
    notes,
  };
}

function readOne(
  name: string,
  raw: string | undefined,
  settings: DateSettings,
  now: Instant,
  notes: string[],
): Instant | undefined {
  if (raw === undefined || raw.trim() === '') return undefined;
  const date = readDate(raw, { ...settings, now });
  const shown = cut(wanted(raw).trim(), 60);
  if (!date) {
    notes.push(`Không đọc được ngày giờ (${name}): “${shown}”.`);
    return undefined;
  }
  if (date.at - now > AHEAD) {
    notes.push(futureNote(name, shown, date.at - now, settings));
    return undefined;
  }
  if (date.repaired) notes.push(`Ngày giờ (${name}) “${shown}”: ${date.repaired}`);
  return date.at;
}

function futureNote(name: string, shown: string, ahead: number, { force }: DateSettings): string {
  const looksLocal = force === undefined && ahead <= 7 * HOUR + AHEAD;
  const proposal = looksLocal
    ? ' Có thể là giờ Việt Nam ghi nhầm thành GMT: hãy xem xét đặt dates.force: "+07:00" cho đầu nối.'
    : '';
  return `Ngày giờ (${name}) ở tương lai: “${shown}”.${proposal}`;
}
