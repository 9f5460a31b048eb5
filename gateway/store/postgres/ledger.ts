import type { LedgerEvent } from '../../../schemas/ledger.ts';
import { chain } from '../../../schemas/ledger-chain.ts';
import type { LedgerReader, LedgerWriter } from '../ledger.ts';
import { toLedgerRow } from '../rows.ts';
import type { Queryable } from './query.ts';

export function readLedger(db: Queryable): LedgerReader {
  const rows = async (sql: string, values: readonly unknown[]) =>
    (await db.query(sql, values)).rows.map(toLedgerRow);
  return {
    since: (after, limit) =>
      rows('SELECT * FROM ledger WHERE seq > $1 ORDER BY seq LIMIT $2', [after, limit]),
    async head() {
      return (await rows('SELECT * FROM ledger ORDER BY seq DESC LIMIT 1', []))[0];
    },
    async lastBefore(at) {
      return (await rows('SELECT * FROM ledger WHERE at < $1 ORDER BY seq DESC LIMIT 1', [at]))[0];
    },
    ofItem: (item, limit) =>
      rows('SELECT * FROM ledger WHERE item = $1 ORDER BY seq LIMIT $2', [item, limit]),
    ofTypes: ({ types, from, to, after, limit }) =>
      rows(
        'SELECT * FROM ledger WHERE seq > $1 AND at >= $2 AND at < $3 AND type = ANY($4) ORDER BY seq LIMIT $5',
        [after, from, to, types, limit],
      ),
  };
}

/**
 * Events wait in memory; `flush` numbers and chains them near the transaction's end, behind the lock on the head. The
 * change rows come after: every transaction takes the two locks in this order.
 */
export function writeLedger(
  db: Queryable,
  now: () => Promise<number>,
): LedgerWriter & { flush(): Promise<void> } {
  const waiting: LedgerEvent[] = [];
  return {
    append(...events) {
      waiting.push(...events);
    },
    async flush() {
      if (waiting.length === 0) return;
      const { rows } = await db.query('SELECT seq, hash FROM ledger_head FOR UPDATE');
      const head = { seq: Number(rows[0]?.seq), hash: String(rows[0]?.hash) };
      const links = chain(head, waiting, await now());
      const written = links.map((link, index) => {
        const { type, item, site } = waiting[index] as LedgerEvent;
        return { ...link, type, item, site };
      });
      const columns = 'seq, segment, at, type, item, site, text, previous, hash';
      await db.query(
        `INSERT INTO ledger (${columns}) SELECT ${columns} FROM json_to_recordset($1) AS x (seq bigint, segment bigint,
           at bigint, type text, item text, site text, text text, previous text, hash text)`,
        [JSON.stringify(written)],
      );
      const end = links.at(-1);
      if (end) await db.query('UPDATE ledger_head SET seq = $1, hash = $2', [end.seq, end.hash]);
    },
  };
}
