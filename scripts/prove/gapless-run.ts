import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import {
  type Gateway,
  pause,
  removeFolder,
  runGateway,
  temporaryFolder,
} from '../../gateway/e2e/run-gateway.ts';
import { decodeCursor } from '../../schemas/cursor.ts';
import { ChangeReader, readPages, readStream } from './change-readers.ts';
import type { WriterTask } from './writer-process.ts';

const WRITER = fileURLToPath(new URL('./writer-process.ts', import.meta.url));

export interface GaplessRun {
  readonly databaseUrl: string;
  /** How many in all. */
  readonly changes: number;
  /** Processes. */
  readonly writers: number;
  /** Transactions at one time, each. */
  readonly connections: number;
  readonly batch: number;
  /** The longest a transaction waits before its last statement, milliseconds. */
  readonly delay: number;
  /** Milliseconds between two connections that are cut. */
  readonly cutEvery: number;
  readonly say?: (line: string) => void;
}

export interface GaplessReport {
  readonly changes: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly cuts: number;
  readonly items: number;
  readonly readers: readonly { readonly name: string; readonly seen: number; readonly refused: number }[];
  /** Empty, or the invariant is broken. */
  readonly faults: readonly string[];
}

/** Sites without sources: only the writers of this proof fill them. */
const FEDERATION = `gateway: { title: Tin thử }
topics: [ { id: viec-lam, title: Việc làm, keywords: [] , categories: [Việc làm] } ]
sites:
  - { id: cong, name: Cổng, kind: portal, homepage: "https://cong.example.vn/", sources: [] }
  - { id: viec-lam, name: Cục, kind: unit, homepage: "https://viec-lam.example.vn/", sources: [] }
  - { id: bao-hiem, name: Bảo hiểm, kind: unit, homepage: "https://bao-hiem.example.vn/", sources: [] }
`;

/** After its number is given, a commit takes its time now and then: the moment at which a sequence would be overtaken. */
const SLOW_COMMITS = `
  CREATE FUNCTION prove_slow_commit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF random() < 0.0005 THEN PERFORM pg_sleep(random() * 0.05); END IF; RETURN NULL; END $$;
  CREATE CONSTRAINT TRIGGER prove_slow_commit AFTER INSERT OR UPDATE ON change
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION prove_slow_commit();`;

/**
 * Many write, in transactions that take their time and are cut; readers ask and stream, all of it and selections, of two
 * replicas. Whatever was read is compared with what `items` answers at the end.
 */
export async function runGapless(run: GaplessRun): Promise<GaplessReport> {
  const folders = [temporaryFolder(), temporaryFolder()];
  const env = { DATABASE_URL: run.databaseUrl, LOG_LEVEL: 'fatal' };
  const gateways: Gateway[] = [];
  for (const dataDir of folders) gateways.push(await startGateway(dataDir, env, gateways));
  const admin = new pg.Client({ connectionString: run.databaseUrl });
  await admin.connect();
  await admin.query(SLOW_COMMITS);
  const stop = new AbortController();
  const urls = gateways.map(({ url }) => url);
  const readers = makeReaders();
  const reading = readers.map(({ reader, read }) => read(reader, urls, stop.signal));
  const began = performance.now();
  const cutting = startCutting(admin, run.cutEvery);
  try {
    const changes = await write(run, count =>
      run.say?.(
        `${count} changes in ${seconds(began)} s; ${readers.map(({ reader }) => reader.number).join(' ')}`,
      ),
    );
    const cuts = await cutting.stop();
    const took = seconds(began);
    run.say?.(`written: ${changes} in ${took} s, ${cuts} connections cut; readers come to the head`);
    const head = await headOf(urls[0] ?? '');
    await untilRead(
      readers.map(({ reader }) => reader),
      head,
    );
    stop.abort();
    await Promise.all(reading);
    const again = new ChangeReader('replay from zero', '');
    const once = new AbortController();
    const replaying = readPages(again, urls, once.signal);
    await untilRead([again], head);
    once.abort();
    await replaying;
    const all = [...readers.map(({ reader }) => reader), again];
    const faults = await compare(all, gateways[0]);
    return {
      changes: head,
      seconds: took,
      perSecond: Math.round(changes / took),
      cuts,
      items: again.held.size,
      readers: all.map(({ name, seen, refused }) => ({ name, seen, refused })),
      faults: [...all.flatMap(reader => reader.faults), ...faults],
    };
  } finally {
    stop.abort();
    await cutting.stop();
    await admin.end();
    for (const gateway of gateways) await gateway.kill('SIGKILL');
    for (const folder of folders) removeFolder(folder);
  }
}

/** A busy machine takes its time; whoever was started before is not left behind. */
async function startGateway(
  dataDir: string,
  env: Readonly<Record<string, string>>,
  others: readonly Gateway[],
): Promise<Gateway> {
  try {
    return await runGateway({ config: FEDERATION, dataDir, env, patience: 300_000 });
  } catch (error) {
    for (const other of others) await other.kill('SIGKILL');
    throw error;
  }
}

function makeReaders() {
  return [
    { reader: new ChangeReader('asks for all', ''), read: readPages },
    { reader: new ChangeReader('asks for a topic', '&topics=viec-lam'), read: readPages },
    { reader: new ChangeReader('streams all', ''), read: readStream },
    { reader: new ChangeReader('streams units', '&kinds=unit'), read: readStream },
    {
      reader: new ChangeReader('streams a topic of a site', '&topics=viec-lam&sites=cong'),
      read: readStream,
    },
  ] as const;
}

/** Runs the writers to their end; tells now and then how many changes are committed. */
async function write(run: GaplessRun, tell: (count: number) => void): Promise<number> {
  let count = 0;
  let told = 0;
  const children = Array.from({ length: run.writers }, (_, index) => {
    const child = startWriter(run, index);
    child.stdout?.on('data', (chunk: Buffer) => {
      for (const line of String(chunk).split('\n')) count += Number(line);
      if (count - told >= run.changes / 20) {
        told = count;
        tell(count);
      }
    });
    return child;
  });
  await Promise.all(children.map(child => once(child, 'close')));
  const failed = children.find(({ exitCode }) => exitCode !== 0);
  if (failed) throw new Error('A writer ended before its time.');
  return count;
}

function startWriter(run: GaplessRun, index: number): ChildProcess {
  const { databaseUrl, writers, connections, batch, delay, changes } = run;
  const task: WriterTask = {
    dataDir: '',
    databaseUrl,
    writer: `w${index}`,
    seed: index + 1,
    batch,
    connections,
    delay,
    changes: Math.ceil(changes / writers),
    creates: 0.5,
  };
  const flags = ['--disable-warning=ExperimentalWarning'];
  return spawn(process.execPath, [...flags, WRITER, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Ends some connection to this database every so often, whosever it is. */
function startCutting(admin: pg.Client, every: number) {
  let cuts = 0;
  let going = true;
  const cutting = (async () => {
    while (going) {
      await pause(every * (0.5 + Math.random()));
      const { rowCount } = await admin.query(
        `SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE datname = current_database()
           AND pid <> pg_backend_pid() AND backend_type = 'client backend' ORDER BY random() LIMIT 1) AS one`,
      );
      cuts += rowCount ?? 0;
    }
  })();
  return {
    async stop() {
      going = false;
      await cutting;
      return cuts;
    },
  };
}

async function headOf(gateway: string): Promise<number> {
  const { cursor } = (await (await fetch(`${gateway}/changes?since=now`)).json()) as { cursor: string };
  return decodeCursor(cursor).number;
}

/** Until every reader is at the head; throws when one stands still. */
async function untilRead(readers: readonly ChangeReader[], head: number): Promise<void> {
  let moved = Date.now();
  for (let before = -1; readers.some(({ number }) => number < head); await pause(100)) {
    const sum = readers.reduce((all, { number }) => all + number, 0);
    if (sum !== before) moved = Date.now();
    before = sum;
    if (Date.now() - moved > 60_000)
      throw new Error(
        `Readers stand still before ${head}: ${readers.map(({ name, number }) => `${name} ${number}`)}`,
      );
  }
}

/** What each reader holds against what `items` answers for its selection. */
async function compare(readers: readonly ChangeReader[], gateway: Gateway | undefined): Promise<string[]> {
  const faults: string[] = [];
  const shown = new Map<string, ReadonlyMap<string, number>>();
  for (const { name, query, held } of readers) {
    const items = shown.get(query) ?? (await itemsOf(query, gateway));
    shown.set(query, items);
    const missing = [...items].filter(([id, version]) => held.get(id) !== version);
    const extra = [...held.keys()].filter(id => !items.has(id));
    if (missing.length + extra.length > 0)
      faults.push(
        `${name}: ${missing.length} missing or old (${missing[0]}), ${extra.length} kept (${extra[0]})`,
      );
  }
  return faults;
}

async function itemsOf(query: string, gateway: Gateway | undefined): Promise<ReadonlyMap<string, number>> {
  const params = new URLSearchParams(query);
  const list = (name: string) => params.get(name)?.split(',') ?? [];
  const filter = `{ sites: ${JSON.stringify(list('sites'))}, topics: ${JSON.stringify(list('topics'))}, kinds: [${list('kinds').join().toUpperCase()}] }`;
  const found = new Map<string, number>();
  for (let after: string | null = null; ; ) {
    const answer: ItemsAnswer | undefined = await gateway?.ask(
      `{ items(filter: ${filter}, first: 100, after: ${JSON.stringify(after)}) { nodes { id title } pageInfo { hasNextPage endCursor } } }`,
    );
    for (const { id, title } of answer?.items.nodes ?? []) found.set(id, Number(title.split('#')[1]));
    if (!answer?.items.pageInfo.hasNextPage) return found;
    after = answer.items.pageInfo.endCursor;
  }
}

interface ItemsAnswer {
  readonly items: {
    readonly nodes: readonly { readonly id: string; readonly title: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 100) / 10;
}
