import { CodedError } from '../../../schemas/errors.ts';
import type { LedgerEvent } from '../../../schemas/ledger.ts';
import { chain } from '../../../schemas/ledger-chain.ts';
import type { LedgerReader, LedgerWriter, RemovedRows } from '../ledger.ts';
import { toLedgerRow } from '../rows.ts';
import type { Queryable } from './query.ts';

/** SQLSTATE 42501. */
const INSUFFICIENT_PRIVILEGE = '42501';

export function readLedger(db: Queryable): LedgerReader {
  const rows = async (sql: string, values: readonly unknown[]) =>
    (await db.query(sql, values)).rows.map(toLedgerRow);
  return {
    since: (after, limit) =>
      rows('SELECT * FROM ledger WHERE seq > $1 ORDER BY seq LIMIT $2', [after, limit]),
    async head() {
      return (await rows('SELECT * FROM ledger ORDER BY seq DESC LIMIT 1', []))[0];
    },
    async written() {
      const { rows: heads } = await db.query('SELECT seq FROM ledger_head');
      return Number(heads[0]?.seq ?? 0);
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
    async removeBefore(segment, event) {
      const removed = await remove(db, segment);
      if (removed)
        waiting.push({ ...event, type: 'segment.closed', details: { ...event.details, ...removed } });
      return removed;
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

async function remove(db: Queryable, segment: number): Promise<RemovedRows | undefined> {
  await db.query('SELECT seq FROM ledger_head FOR UPDATE');
  // Up to the first row of a segment that is kept: a clock set back makes no hole in the chain.
  const { rows } = await db.query(
    `SELECT count(*) AS rows, min(seq) AS "from", max(seq) AS "to" FROM ledger
     WHERE seq < (SELECT min(seq) FROM ledger WHERE segment >= $1)`,
    [segment],
  );
  const [found] = rows;
  if (!found || Number(found.rows) === 0) return undefined;
  const to = Number(found.to);
  const last = await db.query('SELECT hash FROM ledger WHERE seq = $1', [to]);
  try {
    await db.query('UPDATE ledger_head SET kept_from = $1', [segment]);
    await db.query('DELETE FROM ledger WHERE seq <= $1', [to]);
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== INSUFFICIENT_PRIVILEGE) throw cause;
    throw new CodedError('FORBIDDEN', 'Only the role of DATABASE_MIGRATE_URL may remove closed segments.', {
      cause,
    });
  }
  return { rows: Number(found.rows), from: Number(found.from), to, head: String(last.rows[0]?.hash) };
}
