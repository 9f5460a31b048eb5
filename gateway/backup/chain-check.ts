import { GENESIS, linkHash } from '../../schemas/ledger-chain.ts';
import type { Cells, TableShape } from '../store/copying.ts';

/** Verifies the ledger's chain while its rows pass, in the order of their numbers. */
export class ChainCheck {
  /** The newest row so far. */
  head: { readonly seq: number; readonly hash: string } = { seq: 0, hash: GENESIS };
  rows = 0;
  /** The first row that doesn't hold; undefined: all do. */
  broken: number | undefined;
  /** Number and hash of the last row of each closed segment, as rows tell. */
  readonly #removed = new Map<number, string>();
  #first: { readonly seq: number; readonly previous: string } | undefined;

  add({ columns }: TableShape, rows: readonly Cells[]): void {
    const at = (name: string) => columns.indexOf(name);
    const [seqAt, textAt, previousAt, hashAt] = ['seq', 'text', 'previous', 'hash'].map(at);
    for (const row of rows) {
      const seq = Number(row[seqAt ?? 0]);
      const [text, previous, hash] = [textAt, previousAt, hashAt].map(i => String(row[i ?? 0])) as [
        string,
        string,
        string,
      ];
      this.#first ??= { seq, previous };
      const follows = this.rows === 0 || (seq === this.head.seq + 1 && previous === this.head.hash);
      if (!follows || linkHash(previous, seq, text) !== hash) this.broken ??= seq;
      if (text.includes('"segment.closed"')) this.#noteClosed(text);
      this.head = { seq, hash };
      this.rows += 1;
    }
  }

  /** After the last row: a ledger begins with row 1, or where a row of it tells that those before were closed. */
  end(): void {
    if (!this.#first) return;
    const { seq, previous } = this.#first;
    const begins = seq === 1 ? previous === GENESIS : this.#removed.get(seq - 1) === previous;
    if (!begins) this.broken = seq;
  }

  #noteClosed(text: string): void {
    const { type, details } = JSON.parse(text) as {
      type?: string;
      details?: { to?: number; head?: string };
    };
    if (type === 'segment.closed' && details?.to !== undefined && details.head !== undefined)
      this.#removed.set(details.to, details.head);
  }
}
