import { keyOf } from './addresses.ts';
import type { Row } from './reading.ts';
import type { Run } from './run.ts';

const DAY = 24 * 60 * 60 * 1000;
/** Articles of one run that are only read again to see whether they were corrected. */
const MOST_AGAIN = 10;
const MOST_HELD = 1_000;

/** Which rows of a run are worth reading, and why. */
export interface Choice {
  /** Something is due to be read again, so that lists have to be looked at even where they are unchanged. */
  readonly isDue: boolean;
  readonly fresh: (row: Row) => boolean;
  readonly again: (row: Row) => boolean;
  /** It became an item once and is none now: it was withdrawn, or moved. */
  readonly isAway: (row: Row) => boolean;
}

/** New and changed rows; those whose page failed; some of those that may have been corrected; those that were withdrawn and stand there again. */
export async function chooseRows({ progress: { memory }, tools, options }: Run): Promise<Choice> {
  const now = tools.now();
  const items = await tools.held(MOST_HELD);
  const held = new Set(items.map(({ link }) => keyOf(link)));
  const due = new Set(
    (options.open ? items : [])
      .filter(({ link }) => memory.isDueAgain(link, now))
      .slice(0, MOST_AGAIN)
      .map(({ link }) => keyOf(link)),
  );
  const isAway = ({ link }: Row) =>
    items.length < MOST_HELD && !held.has(keyOf(link)) && /\d/.test(memory.get(link)?.state ?? '');
  return {
    isDue: due.size > 0,
    fresh({ link, digest }) {
      if (memory.forgot && memory.get(link) === undefined && held.has(keyOf(link))) return false;
      return memory.isNew(link, digest, now);
    },
    again: row => due.has(keyOf(row.link)) || (isAway(row) && now - (memory.get(row.link)?.at ?? now) >= DAY),
    isAway,
  };
}
