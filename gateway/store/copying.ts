import { hash } from 'node:crypto';

/** A column's value as JSON carries it on either engine; bytes as base64, integers beyond 2^53 as text. */
export type Cell = string | number | null | { readonly bytes: string } | { readonly integer: string };
export type Cells = readonly Cell[];

/** One table as both engines have it. A table without a key of its own has `place`, the order of its rows. */
export interface TableShape {
  readonly table: string;
  readonly columns: readonly string[];
  /** The highest number its counter has ever given out, where it has one: numbers are not given out again. */
  readonly last?: number;
}

/** Everything the store keeps, as it was at one moment, while others write. What is derived (search) is left out. */
export interface Snapshot {
  readonly engine: 'sqlite' | 'postgres';
  /** Newest step that its tables were brought to. */
  readonly version: number;
  readonly epoch: string;
  /** Number of the newest change. */
  readonly head: number;
  /** A table stands after those that it refers to. */
  readonly tables: readonly TableShape[];
  /** All rows, some hundreds at a time. */
  rows(table: TableShape): AsyncIterable<readonly Cells[]>;
  about(): Promise<StoreAbout>;
  close(): Promise<void>;
}

/** What a doctor asks of a database. */
export interface StoreAbout {
  readonly product: string;
  readonly bytes: number;
  /** What is acknowledged survives a power cut. */
  readonly durable: boolean;
  /** It clears away old rows and keeps its statistics by itself. */
  readonly tended: boolean;
  /** The database's own clock, where it has one. */
  readonly now?: number;
}

/** An empty store that is being filled: nobody sees anything of it before `finish`, and nothing remains after `abandon`. */
export interface Intake {
  /** Throws BAD_INPUT for a table or column that this version of the store doesn't have. */
  begin(shape: TableShape): Promise<void>;
  add(shape: TableShape, rows: readonly Cells[]): Promise<void>;
  /** What has been taken in, read back. */
  rows(shape: TableShape): AsyncIterable<readonly Cells[]>;
  /** Makes what is derived, brings the tables to this program's version, and opens it to everybody. */
  finish(epoch: string): Promise<void>;
  abandon(): Promise<void>;
}

/** Rows come as they lie, those of the ledger in the order of their chain. */
export function inOrderOf(table: string): string {
  return table === 'ledger' ? ' ORDER BY seq' : '';
}

/** A sum over rows that doesn't depend on their order: each engine reads them in its own. */
export class RowSum {
  readonly #lanes = new BigUint64Array(4);
  count = 0;

  add(cells: Cells): void {
    const digest = hash('sha256', JSON.stringify(cells), 'buffer');
    for (let lane = 0; lane < 4; lane += 1)
      this.#lanes[lane] = (this.#lanes[lane] ?? 0n) + digest.readBigUInt64BE(lane * 8);
    this.count += 1;
  }

  get hex(): string {
    return [...this.#lanes].map(lane => lane.toString(16).padStart(16, '0')).join('');
  }
}

/** Tables so that each stands after those it refers to. */
export function inOrder<T extends { readonly table: string; readonly refersTo: readonly string[] }>(
  tables: readonly T[],
): T[] {
  const placed: T[] = [];
  const has = (name: string) => placed.some(({ table }) => table === name);
  let left = [...tables].sort((a, b) => (a.table < b.table ? -1 : 1));
  while (left.length > 0) {
    const ready = left.filter(({ table, refersTo }) =>
      refersTo.every(name => name === table || has(name) || !left.some(one => one.table === name)),
    );
    // Tables that refer to one another in a circle can't be helped by any order.
    const next = ready.length > 0 ? ready : left;
    placed.push(...next);
    left = left.filter(one => !next.includes(one));
  }
  return placed;
}
