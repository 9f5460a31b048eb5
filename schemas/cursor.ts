import { CodedError } from './errors.ts';

/** An opaque place in the change log, opened: base64url of the JSON array [epoch, number, selection, began?]. */
export interface Cursor {
  /** The store the number belongs to; another one's numbers mean nothing here. */
  readonly epoch: string;
  /** Everything at or below it has been seen; 0 is the beginning. */
  readonly number: number;
  /** Canonical text of the selection it was given out for; `''` selects all. */
  readonly selection: string;
  /**
   * The newest number when its reader began from nothing, as long as it has not come that far: of what was withdrawn
   * before, it never had anything, so tombstones that were pruned up to there are none that it misses.
   */
  readonly began?: number;
}

/** Where reading goes on. */
export interface Resumed {
  readonly number: number;
  readonly began: number;
}

/** What the store knows when a cursor comes back. */
export interface Log {
  readonly epoch: string;
  /** Newest number. */
  readonly head: number;
  /** Cursors above 0 and below this one missed tombstones that are gone. */
  readonly pruned: number;
}

const LONGEST = 2000;

export function encodeCursor({ epoch, number, selection, began = 0 }: Cursor): string {
  return toBase64url([epoch, number, selection, ...(began > number ? [began] : [])]);
}

/** Throws BAD_CURSOR for what we never gave out, however it came to be garbage. */
export function decodeCursor(text: string): Cursor {
  const [epoch, number, selection, began = 0, ...rest] = fromBase64url(text) ?? [];
  if (
    typeof epoch !== 'string' ||
    typeof selection !== 'string' ||
    !isNumber(number) ||
    !isNumber(began) ||
    rest.length > 0
  ) {
    throw badCursor();
  }
  return { epoch, number, selection, ...(began > number && { began }) };
}

/**
 * The place to read on from. Throws BAD_CURSOR for garbage, and for a cursor of another selection; RESYNC_REQUIRED
 * for one of another store, from before what was pruned, or ahead of the log: its reader must start over.
 */
export function resumeFrom(text: string, log: Log, selection = ''): Resumed {
  const { epoch, number, began = 0, ...cursor } = decodeCursor(text);
  if (epoch !== log.epoch) throw resync('It belongs to another store.');
  if (cursor.selection !== selection) throw badCursor('It was given out for another selection.');
  if (Math.max(number, began) > log.head) throw resync('It is ahead of the log.');
  if (number === 0) return fromNothing(log);
  requireUnpruned({ number, began }, log);
  return { number, began };
}

/** The place of a reader that has nothing. */
export function fromNothing({ head }: Pick<Log, 'head'>): Resumed {
  return { number: 0, began: head };
}

/** Throws RESYNC_REQUIRED when tombstones that a reader at this place needs are gone. */
export function requireUnpruned({ number, began }: Resumed, { pruned }: Pick<Log, 'pruned'>): void {
  if (Math.max(number, began) < pruned) throw resync('Tombstones after it were pruned.');
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Any JSON array as an opaque word for an address or a query. */
export function toBase64url(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts), 'utf8').toString('base64url');
}

/** The array again, or undefined when the word is not exactly one that `toBase64url` makes. */
export function fromBase64url(text: string): readonly unknown[] | undefined {
  if (text.length === 0 || text.length > LONGEST) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    // Decoding forgives stray characters; only the very word we gave out may come back.
    return Array.isArray(parts) && toBase64url(parts) === text ? parts : undefined;
  } catch {
    return undefined;
  }
}

function badCursor(detail = ''): CodedError {
  return new CodedError('BAD_CURSOR', `This is not a cursor we gave out. ${detail}`.trimEnd());
}

function resync(detail: string): CodedError {
  return new CodedError(
    'RESYNC_REQUIRED',
    `This cursor can't be continued from. ${detail} Start over without it.`,
    {
      data: { resync: true },
    },
  );
}
