import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { ConsumerTask } from './consumer-process.ts';

const PROCESS = fileURLToPath(new URL('./consumer-process.ts', import.meta.url));

/** One portal: a process that can be killed and started again, and the store it fills. */
export class Portal {
  readonly name: string;
  readonly task: ConsumerTask;
  kills = 0;
  /** Read again from the beginning. */
  resyncs = 0;
  #process: ChildProcess | undefined;
  #said = '';

  constructor(name: string, task: ConsumerTask) {
    this.name = name;
    this.task = task;
  }

  start(): void {
    if (this.#process?.exitCode === null && this.#process.signalCode === null) return;
    const flags = ['--disable-warning=ExperimentalWarning'];
    const child = spawn(process.execPath, [...flags, PROCESS, JSON.stringify(this.task)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', (chunk: Buffer) => {
      this.#said = (this.#said + chunk).slice(-4000);
      this.resyncs += String(chunk).split('reading everything again').length - 1;
    });
    this.#process = child;
  }

  async kill(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    this.kills += 1;
  }

  get said(): string {
    return this.#said;
  }

  /** Id → title and content, as the portal's readers see them. */
  async held(): Promise<ReadonlyMap<string, string>> {
    const rows = this.task.into.startsWith('postgres')
      ? await readPostgres(this.task.into)
      : readSqlite(this.task.into);
    return new Map(rows.map(({ id, item }) => [id, `${item.title}\n${item.content_html}`]));
  }
}

interface Row {
  readonly id: string;
  readonly item: { readonly title: string; readonly content_html: string };
}

function readSqlite(file: string): readonly Row[] {
  const db = new DatabaseSync(file);
  try {
    db.exec('PRAGMA busy_timeout = 5000');
    return db
      .prepare('SELECT id, item FROM item')
      .all()
      .map(({ id, item }) => ({ id: String(id), item: JSON.parse(String(item)) }));
  } catch {
    // Not made yet.
    return [];
  } finally {
    db.close();
  }
}

async function readPostgres(connectionString: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Row>('SELECT id, item FROM item')).rows;
  } catch {
    return [];
  } finally {
    await client.end();
  }
}
