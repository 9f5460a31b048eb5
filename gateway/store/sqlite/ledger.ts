import type { LedgerEvent } from '../../../schemas/ledger.ts';
import { chain, GENESIS } from '../../../schemas/ledger-chain.ts';
import type { LedgerReader, LedgerWriter } from '../ledger.ts';
import { toLedgerRow } from '../rows.ts';
import type { Connection } from './database.ts';

export function readLedger(db: Connection): LedgerReader {
  return {
    since: async (after, limit) =>
      db.all('SELECT * FROM ledger WHERE seq > ? ORDER BY seq LIMIT ?', after, limit).map(toLedgerRow),
    async head() {
      const row = db.get('SELECT * FROM ledger ORDER BY seq DESC LIMIT 1');
      return row && toLedgerRow(row);
    },
    written: async () => Number(db.get('SELECT seq FROM ledger_head')?.seq ?? 0),
    async lastBefore(at) {
      const row = db.get('SELECT * FROM ledger WHERE at < ? ORDER BY seq DESC LIMIT 1', at);
      return row && toLedgerRow(row);
    },
    ofItem: async (item, limit) =>
      db.all('SELECT * FROM ledger WHERE item = ? ORDER BY seq LIMIT ?', item, limit).map(toLedgerRow),
    ofTypes: async ({ types, from, to, after, limit }) =>
      db
        .all(
          `SELECT * FROM ledger WHERE seq > ? AND at >= ? AND at < ?
           AND type IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ?`,
          after,
          from,
          to,
          JSON.stringify(types),
          limit,
        )
        .map(toLedgerRow),
  };
}

/** Events wait in memory; `flush` numbers and chains them near the transaction's end. */
export function writeLedger(db: Connection, now: () => number): LedgerWriter & { flush(): void } {
  const waiting: LedgerEvent[] = [];
  return {
    append(...events) {
      waiting.push(...events);
    },
    async removeBefore(segment, event) {
      // Up to the first row of a segment that is kept: a clock set back makes no hole in the chain.
      const kept = db.get('SELECT min(seq) AS seq FROM ledger WHERE segment >= ?', segment)?.seq;
      if (kept === null || kept === undefined) return undefined;
      const found = db.get(
        'SELECT count(*) AS n, min(seq) AS first, max(seq) AS last FROM ledger WHERE seq < ?',
        Number(kept),
      );
      if (!found || Number(found.n) === 0) return undefined;
      const [rows, from, to] = [Number(found.n), Number(found.first), Number(found.last)];
      const head = String(db.get('SELECT hash FROM ledger WHERE seq = ?', to)?.hash);
      db.run('UPDATE ledger_head SET kept_from = ?', segment);
      db.run('DELETE FROM ledger WHERE seq <= ?', to);
      const removed = { rows, from, to, head };
      waiting.push({ ...event, type: 'segment.closed', details: { ...event.details, ...removed } });
      return removed;
    },
    flush() {
      if (waiting.length === 0) return;
      const last = db.get('SELECT seq, hash FROM ledger_head');
      const head = { seq: Number(last?.seq ?? 0), hash: String(last?.hash ?? GENESIS) };
      const links = chain(head, waiting, now());
      links.forEach(({ seq, segment, at, text, previous, hash }, index) => {
        const { type, item, site } = waiting[index] as LedgerEvent;
        db.run(
          'INSERT INTO ledger (seq, segment, at, type, item, site, text, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
          seq,
          segment,
          at,
          type,
          item ?? null,
          site ?? null,
          text,
          previous,
          hash,
        );
      });
      const end = links.at(-1);
      if (end) db.run('UPDATE ledger_head SET seq = ?, hash = ?', end.seq, end.hash);
    },
  };
}
