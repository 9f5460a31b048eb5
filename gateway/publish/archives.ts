import { CodedError } from '../../schemas/errors.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import type { After, ItemFilter, ItemReader } from '../store/items.ts';
import type { Store } from '../store/store.ts';
import type { Tombstone } from './tombstones.ts';

/** Items of one archive: what the usual window shows, so that window and archives leave no gap. */
export const ARCHIVE_SIZE = 50;
/** Milliseconds after which no transaction that released something before is still unfinished. */
const SETTLED = 30_000;
const MARKS_AT_ONCE = 200;
/** Selections whose marks are remembered. */
const SELECTIONS = 30;

export interface ClosedArchives {
  /** How many are closed; the newest has this number. */
  readonly closed: number;
  /** When one more will be, if nothing else moves. */
  readonly validUntil?: Instant;
}

export interface Archive {
  /** Those the public can see, newest first. */
  readonly items: readonly Item[];
  /** What became of the others. */
  readonly tombstones: readonly Tombstone[];
}

/**
 * RFC 5005, section 4: blocks of 50 items in the order they were first released. That order, the sites and the kinds
 * of an item never change, and what left view still counts; so a closed archive never gains an entry and never
 * reorders. Topics do change, so a selection by topic has no archives.
 */
export class Archives {
  readonly #store: Pick<Store, 'items' | 'changes'>;
  readonly #now: () => Instant;
  readonly #marks = new Map<string, readonly After[]>();

  constructor(store: Pick<Store, 'items' | 'changes'>, now: () => Instant) {
    this.#store = store;
    this.#now = now;
  }

  /** Undefined when this selection has no archives. */
  async closed(filter: ItemFilter): Promise<ClosedArchives | undefined> {
    const marks = await this.#readMarks(filter);
    if (!marks) return undefined;
    const closed = settledCount(marks, this.#now());
    const next = marks[closed];
    return { closed, ...(next ? { validUntil: next.at + SETTLED } : {}) };
  }

  /** Throws NOT_FOUND for an archive that is not closed yet. */
  async read(filter: ItemFilter, number: number): Promise<Archive> {
    const marks = (await this.#readMarks(filter)) ?? [];
    const mark = marks[number - 1];
    if (!mark || number > settledCount(marks, this.#now())) {
      throw new CodedError('NOT_FOUND', `There is no archive ${number} of this feed.`);
    }
    const block = await this.#store.items.page({
      filter: { ...filter, visibility: ['RELEASED', 'HIDDEN', 'WITHDRAWN'] },
      order: 'RELEASED',
      first: ARCHIVE_SIZE,
      after: { at: mark.at, n: mark.n + 1 },
    });
    const gone = block.filter(({ visibility }) => visibility !== 'RELEASED').map(({ id }) => id);
    const changes = gone.length > 0 ? await this.#store.changes.ofItems(gone) : [];
    return {
      items: block.filter(({ visibility }) => visibility === 'RELEASED'),
      tombstones: changes.filter(change => change.kind === 'tombstone'),
    };
  }

  async #readMarks(filter: ItemFilter): Promise<readonly After[] | undefined> {
    const { items } = this.#store;
    if (!items.releaseMarks || filter.topics?.length) return undefined;
    const key = JSON.stringify([filter.sites ?? [], filter.kinds ?? []]);
    const known = this.#marks.get(key) ?? [];
    const marks = await readOn(items.releaseMarks.bind(items), filter, known);
    this.#remember(key, marks);
    return marks;
  }

  #remember(key: string, marks: readonly After[]): void {
    this.#marks.delete(key);
    this.#marks.set(key, marks.slice(0, settledCount(marks, this.#now())));
    const [oldest] = this.#marks.keys();
    if (this.#marks.size > SELECTIONS && oldest !== undefined) this.#marks.delete(oldest);
  }
}

async function readOn(
  releaseMarks: NonNullable<ItemReader['releaseMarks']>,
  { sites = [], kinds = [] }: ItemFilter,
  known: readonly After[],
): Promise<readonly After[]> {
  const marks = [...known];
  for (;;) {
    const after = marks.at(-1);
    const more = await releaseMarks({
      filter: { sites, kinds },
      size: ARCHIVE_SIZE,
      limit: MARKS_AT_ONCE,
      ...(after ? { after } : {}),
    });
    marks.push(...more);
    if (more.length < MARKS_AT_ONCE) return marks;
  }
}

/** Only marks that can't move any more are kept. */
function settledCount(marks: readonly After[], now: Instant): number {
  return marks.findLastIndex(({ at }) => at <= now - SETTLED) + 1;
}
