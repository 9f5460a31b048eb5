import { rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type Gateway, pause, removeFolder, runGateway } from '../../gateway/e2e/run-gateway.ts';
import { run } from '../readers/run.ts';
import { type Latency, sampleLatency } from './latency.ts';
import { type Running, startScript } from './processes.ts';
import { ms, type Row } from './table.ts';

const FEEDS = 200;
const ITEMS = 20;

/** First and second harvest of 200 feeds against newsboat, and what readers notice of a first harvest. */
export async function benchHarvesting(
  folder: string,
): Promise<{ readonly rows: readonly Row[]; readonly gateway: Gateway; readonly farm: Running }> {
  const farm = await startScript('feed-farm.ts', FEEDS, ITEMS);
  const theirs = await reloadTwice(folder, farm.port);
  const alone = await harvestAlone(farm.port, theirs);
  const gateway = await runGateway({ config: federationOf(farm.port) });
  const busy = await latencyWhile(gateway, () => untilBooked(gateway, STORED, FEEDS * ITEMS));
  const stall = await longestStall(gateway);
  await pause(3_000);
  const idle = await latencyWhile(gateway, () => pause(5_000));
  const rows = [
    ...alone,
    ...READ.map((path, i) => latencyRow(path, busy[i], idle[i])),
    { what: "longest stall of the answering thread's loop", ours: stall, against: '', budget: '≤ 100 ms' },
  ];
  return { rows, gateway, farm };
}

const READ = ['/healthz', '/feeds/all.atom'];
const STORED = 'SELECT sum(harvested) AS n FROM work';

async function harvestAlone(
  port: number,
  theirs: { readonly first: number; readonly second: number },
): Promise<readonly Row[]> {
  const started = performance.now();
  const gateway = await runGateway({ config: federationOf(port) });
  const ready = performance.now();
  await untilBooked(gateway, STORED, FEEDS * ITEMS);
  const first = performance.now() - ready;
  const again = await harvestAgain(gateway);
  await gateway.kill('SIGTERM');
  removeFolder(gateway.dataDir);
  const compare = (what: string, ours: number, other: number): Row => ({
    what,
    ours: ms(ours),
    against: `newsboat ${ms(other)}`,
    ratio: ours / other,
    budget: '≤ 1',
  });
  return [
    compare(`first harvest of ${FEEDS} × ${ITEMS}`, first, theirs.first),
    compare('… its start included', first + ready - started, theirs.first),
    compare('the same, nothing changed', again, theirs.second),
  ];
}

/** Of each path in READ, at 20 requests a second. */
async function latencyWhile({ url }: Gateway, work: () => Promise<unknown>): Promise<readonly Latency[]> {
  const samplers = READ.map(path => sampleLatency(url + path, 50));
  await work();
  return Promise.all(samplers.map(sampler => sampler.stop()));
}

function latencyRow(path: string, busy: Latency | undefined, idle: Latency | undefined): Row {
  if (!busy || !idle) throw new Error(`${path} was not read`);
  const tell = ({ p50, p99, max }: Latency) => `p50 ${ms(p50)}, p99 ${ms(p99)}, max ${ms(max)}`;
  return {
    what: `${path} while harvesting`,
    ours: tell(busy),
    against: `idle ${tell(idle)}`,
    ratio: busy.p99 / idle.p99,
    budget: '≤ 2',
  };
}

/** Milliseconds of `newsboat -x reload`, first and again. */
async function reloadTwice(folder: string, port: number): Promise<{ first: number; second: number }> {
  const files = ['urls', 'cache', 'config'].map(name => `${folder}/bench-newsboat-${name}`);
  const [urls = '', cache = '', settings = ''] = files;
  for (const file of files) rmSync(file, { force: true });
  writeFileSync(
    urls,
    Array.from({ length: FEEDS }, (_, n) => `http://127.0.0.1:${port}/${n}.xml\n`).join(''),
  );
  writeFileSync(settings, '');
  const reload = () => run('newsboat', ['-q', '-u', urls, '-c', cache, '-C', settings, '-x', 'reload']);
  return { first: await measured(reload), second: await measured(reload) };
}

async function measured(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Looked up beside the gateway, in its database: asking the gateway itself would be load. */
async function untilBooked(
  { dataDir, output }: Gateway,
  sql: string,
  enough: number,
  ...values: readonly number[]
): Promise<void> {
  const database = new DatabaseSync(`${dataDir}/lienthong.db`, { readOnly: true });
  try {
    const look = database.prepare(sql);
    for (const start = performance.now(); performance.now() - start < 120_000; await pause(20)) {
      if (Number(look.get(...values)?.n) >= enough) return;
    }
    throw new Error(`not harvested in two minutes:\n${output().slice(-2000)}`);
  } finally {
    database.close();
  }
}

/** Asks for all sources once more and waits until each was read. */
async function harvestAgain(gateway: Gateway): Promise<number> {
  const start = Date.now();
  for (let at = 0; at < FEEDS; at += 10) {
    const names = Array.from(
      { length: 10 },
      (_, i) => `h${i}: harvest(source: "s${at + i}/tin") { requested }`,
    );
    await gateway.ask(`mutation { ${names.join('\n')} }`);
  }
  const asked = 'SELECT count(*) AS n FROM work WHERE last_started >= ? AND last_succeeded >= last_started';
  await untilBooked(gateway, asked, FEEDS, start);
  return Date.now() - start;
}

/** By the program's own metrics: the longest since they were last read. */
async function longestStall({ url }: Gateway): Promise<string> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const seconds = /^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1];
  return seconds === undefined ? 'not told' : ms(Number(seconds) * 1000);
}

function federationOf(port: number): string {
  const sites = Array.from(
    { length: FEEDS },
    (_, n) =>
      `  - { id: s${n}, name: Trang ${n}, kind: ${['portal', 'unit', 'press'][n % 3]}, homepage: "http://127.0.0.1:${20_000 + n}/", sources: [{ id: tin, connector: feed, every: { min: 1h, max: 1h }, since: 3650d, options: { url: "http://127.0.0.1:${port}/${n}.xml" } }] }`,
  );
  return `gateway: { title: Đo }
fetch: { allowNetworks: ["127.0.0.1/32"], perHost: { concurrency: 32 } }
sites:
${sites.join('\n')}
`;
}
