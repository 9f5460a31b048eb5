import { CodedError } from '../../schemas/errors.ts';
import type { Item } from '../../schemas/item.ts';
import { type Row, toItem } from './rows.ts';

/** Characters of text that all kept items have together. */
const KEPT = 16_000_000;
/** A longer one would push hundreds of others out. */
const LONGEST = 200_000;
/** Milliseconds: so long at most does the text of an item that was erased stand in this process' memory. */
const FORGOTTEN_AFTER = 10 * 60_000;
/** An item would have to change between two statements so often. */
const TRIES = 8;

interface Known {
  readonly item: Item;
  readonly revision: number;
  readonly size: number;
}

export interface KnownItems {
  /**
   * The items of what `rows` gives: `n` and `revision` of each, in order. A document is read only when its row has moved
   * since it was read last; decoding one costs more than all else that a page does.
   */
  read(rows: () => readonly Row[] | Promise<readonly Row[]>): Promise<Item[]>;
}

/** `documents`: n, revision and document of these numbers. */
export function knownItems(
  documents: (numbers: readonly number[]) => readonly Row[] | Promise<readonly Row[]>,
  forgottenAfter = FORGOTTEN_AFTER,
): KnownItems {
  const kept = new Map<number, Known>();
  let size = 0;
  let willForget = false;

  function keep(row: Row): Known {
    const item = toItem(row);
    const known = { item, revision: Number(row.revision), size: sizeOf(item) };
    forget(item.n);
    if (known.size > LONGEST) return known;
    kept.set(item.n, known);
    size += known.size;
    // By itself, for perhaps nobody reads any more.
    if (!willForget) setTimeout(forgetAll, forgottenAfter).unref();
    willForget = true;
    for (const oldest of kept.keys()) {
      if (size <= KEPT) break;
      forget(oldest);
    }
    return known;
  }

  function forget(n: number): void {
    size -= kept.get(n)?.size ?? 0;
    kept.delete(n);
  }

  function forgetAll(): void {
    kept.clear();
    size = 0;
    willForget = false;
  }

  /** Nothing when a document has moved on since the rows were read. */
  async function itemsOf(rows: readonly Row[]): Promise<Item[] | undefined> {
    const found = new Map<number, Known>();
    const missing: number[] = [];
    for (const { n, revision } of rows) {
      const known = kept.get(Number(n));
      if (known?.revision === Number(revision)) found.set(Number(n), known);
      else missing.push(Number(n));
    }
    if (missing.length > 0) for (const row of await documents(missing)) found.set(Number(row.n), keep(row));
    const items: Item[] = [];
    for (const { n, revision } of rows) {
      const known = found.get(Number(n));
      if (known?.revision !== Number(revision)) return undefined;
      items.push(known.item);
    }
    return items;
  }

  return {
    async read(rows) {
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        const items = await itemsOf(await rows());
        if (items) return items;
      }
      throw new CodedError(
        'UNAVAILABLE',
        'What was asked for changes faster than it can be read; ask again.',
      );
    },
  };
}

/** Characters; the rest of an item is short. */
function sizeOf({ content, contentText, summary }: Item): number {
  return content.length + contentText.length + summary.length + 2_000;
}
