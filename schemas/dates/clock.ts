/** A time of day found in a text, and where. */
export interface ClockTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  readonly start: number;
  readonly end: number;
}

/** `14:30`, `2:30:15 PM`, `14h30`, `14 giờ 30`, `02:30 CH`; blanks are folded already. */
const TIME =
  /(?<![\d:])(\d{1,2}) ?(?::|h|g|giờ) ?(\d{1,2})(?: ?(?::|'|p|phút) ?(\d{1,2}))?(?:[.,](\d{1,9}))? ?(am|pm|a\.m\.|p\.m\.|sa|ch|sáng|chiều|tối)?(?![\p{L}\d:])/iu;
const BARE_HOUR = /(?<![\d:])(\d{1,2}) ?(am|pm|a\.m\.|p\.m\.)(?![\p{L}\d])/iu;
const KOREAN = /(오전|오후) ?(\d{1,2}):(\d{2})(?::(\d{2}))?/;

export function clockTime(text: string): ClockTime | undefined {
  return korean(text) ?? numeric(text) ?? bareHour(text);
}

function numeric(text: string): ClockTime | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const [whole, hours = '', minutes = '', seconds, fraction, half] = match;
  const hour = inHalf(Number(hours), half);
  if (hour === undefined) return undefined;
  return {
    hour,
    minute: Number(minutes),
    second: Number(seconds ?? 0),
    millisecond: fraction ? Math.floor(Number(`0.${fraction}`) * 1000) : 0,
    start: match.index,
    end: match.index + whole.length,
  };
}

function bareHour(text: string): ClockTime | undefined {
  const match = BARE_HOUR.exec(text);
  if (!match) return undefined;
  const hour = inHalf(Number(match[1]), match[2]);
  if (hour === undefined) return undefined;
  return {
    hour,
    minute: 0,
    second: 0,
    millisecond: 0,
    start: match.index,
    end: match.index + match[0].length,
  };
}

function korean(text: string): ClockTime | undefined {
  const match = KOREAN.exec(text);
  if (!match) return undefined;
  const [whole, half = '', hours = '', minutes = '', seconds] = match;
  const hour = inHalf(Number(hours), half === '오후' ? 'pm' : 'am');
  if (hour === undefined) return undefined;
  return {
    hour,
    minute: Number(minutes),
    second: Number(seconds ?? 0),
    millisecond: 0,
    start: match.index,
    end: match.index + whole.length,
  };
}

/** `12 SA` is midnight, `12 CH` noon; `14:30 CH` says the same twice. */
function inHalf(hour: number, half: string | undefined): number | undefined {
  if (!half) return hour;
  const isAfternoon = /^(?:p|ch|tối)/i.test(half);
  if (hour > 12) return isAfternoon ? hour : undefined;
  if (hour === 12) return isAfternoon ? 12 : 0;
  return isAfternoon ? hour + 12 : hour;
}
