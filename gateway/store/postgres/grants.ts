import type { Client } from 'pg';
import pg from 'pg';

/** Any number that no other program on this database uses. */
const LOCK = 7_140_227;

/**
 * Gives the serving role what serving needs, where another role owns the tables: of the ledger, reading and appending, and of
 * its head, the number and the hash. It can then neither change nor remove a row, nor take the triggers away.
 */
export async function grantServing(client: Client, servingUrl: string): Promise<void> {
  const { rows } = await client.query<{ own: string }>('SELECT current_user AS own');
  const serving = decodeURIComponent(new URL(servingUrl).username);
  if (serving === '' || serving === rows[0]?.own) return;
  const role = pg.escapeIdentifier(serving);
  // Replicas that start together must not grant at the same moment.
  await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
  try {
    await client.query(`
GRANT USAGE ON SCHEMA public TO ${role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${role};
REVOKE UPDATE, DELETE, TRUNCATE ON ledger FROM ${role};
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ledger_head FROM ${role};
GRANT UPDATE (seq, hash) ON ledger_head TO ${role};
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON meta FROM ${role};
`);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK]);
  }
}
