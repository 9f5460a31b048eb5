/** A moment: whole milliseconds since 1970-01-01T00:00:00Z. Everything stored and compared is an Instant. */
export type Instant = number;

/** Hanoi has had no clock change since 1975, so its offset may be a constant. */
const HANOI_OFFSET = 7 * 60 * 60 * 1000;

/** Four-digit years are all that RFC 3339 and RFC 822 can write: years 0001 to 9999 in Hanoi's time. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z');
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59) - HANOI_OFFSET;

/** The nearest moment that has a four-digit year. */
export function withinCalendar(at: Instant): Instant {
  return Math.min(Math.max(at, EARLIEST), LATEST);
}

/** RFC 3339 in Hanoi's time, to the second: `2026-11-22T08:30:00+07:00`, the form every channel gives out. */
export function toRfc3339(at: Instant): string {
  return `${new Date(withinCalendar(at) + HANOI_OFFSET).toISOString().slice(0, 19)}+07:00`;
}

/** For people: `08:30, 22/11/2026`, Hanoi's time. */
export function toReadable(at: Instant): string {
  const [day, time] = new Date(withinCalendar(at) + HANOI_OFFSET).toISOString().split('T') as [
    string,
    string,
  ];
  const [year, month, date] = day.split('-');
  return `${time.slice(0, 5)}, ${date}/${month}/${year}`;
}

/** Hanoi's midnight at or before the moment: days and months end there. */
export function startOfHanoiDay(at: Instant): Instant {
  const day = 24 * 60 * 60 * 1000;
  return Math.floor((at + HANOI_OFFSET) / day) * day - HANOI_OFFSET;
}
