// A portal's own process: follows a gateway into a sink until it is killed. What it is to do comes as JSON, its one argument.
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { followChanges, type Options } from '../consumer/follow-changes.mjs';
import { postgresSink } from '../consumer/postgres-sink.mjs';
import { sqliteSink } from '../consumer/sqlite-sink.mjs';

export interface ConsumerTask extends Pick<Options, 'gateway' | 'select' | 'stream' | 'limit'> {
  /** Path of a SQLite file, or address of a PostgreSQL database. */
  readonly into: string;
}

const { into, ...task }: ConsumerTask = JSON.parse(process.argv[2] ?? '');
const sink = into.startsWith('postgres') ? postgresSink(openPool(into)) : sqliteSink(new DatabaseSync(into));
await followChanges({
  ...task,
  sink,
  every: 200,
  longestWait: 1000,
  timeout: 10_000,
  log: message => console.error(message),
});

function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 2 });
  pool.on('error', error => console.error(error.message));
  return pool;
}
