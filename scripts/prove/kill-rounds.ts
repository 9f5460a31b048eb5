import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import {
  freePort,
  type Gateway,
  pause,
  removeFolder,
  runGateway,
  temporaryFolder,
  until,
} from '../../gateway/e2e/run-gateway.ts';
import { createLog } from '../../gateway/log.ts';
import { openStore } from '../../gateway/store/open-store.ts';
import { decodeCursor } from '../../schemas/cursor.ts';
import { type Chance, startChance } from './chance.ts';
import { type ChangingSites, startChangingSites } from './changing-sites.ts';
import { Portal } from './portals.ts';
import type { WriterTask } from './writer-process.ts';

const WRITER = fileURLToPath(new URL('./writer-process.ts', import.meta.url));

export interface KillRounds {
  readonly rounds: number;
  readonly seed: number;
  /** The gateway's store; absent: the embedded one. */
  readonly databaseUrl?: string;
  /** Where one of the portals keeps its items; absent: all in SQLite files. */
  readonly portalUrl?: string;
  readonly say?: (line: string) => void;
}

/** What was done, so that a run that tried nothing can't pass. */
export interface KillReport {
  readonly rounds: number;
  gatewayKills: number;
  consumerKills: number;
  resyncs: number;
  prunes: number;
  restores: number;
  acts: number;
  changes: number;
  items: number;
}

/** How long a round may take to come to rest: a dead gateway's leases on its sources last 20 s. */
const SETTLES_WITHIN = 90_000;
const PRUNES = 0.08;
const RESTORES = 0.04;

/**
 * Gateway and portals are killed at random while sites write, correct and take back and an operator hides, releases
 * and takes down; each round ends with every portal holding exactly what `items` answers for its selection. Now and
 * then tombstones are pruned before a portal has read them, or the store comes back as another one. Throws with what
 * differs.
 */
export async function runKillRounds(options: KillRounds): Promise<KillReport> {
  const chance = startChance(options.seed);
  const sites = await startChangingSites(chance);
  const world = new World(options, chance, sites, await freePort());
  try {
    await world.startGateway();
    await world.untilFilled();
    for (let round = 1; round <= options.rounds; round += 1) await world.round(round);
    return await world.report();
  } finally {
    await world.close();
    await sites.stop();
  }
}

class World {
  readonly #options: KillRounds;
  readonly #chance: Chance;
  readonly #sites: ChangingSites;
  readonly #port: number;
  readonly #dataDir = temporaryFolder();
  readonly #sinks = temporaryFolder();
  readonly #portals: readonly Portal[];
  readonly #done: KillReport;
  #gateway: Gateway | undefined;
  #writer: ChildProcess | undefined;

  constructor(options: KillRounds, chance: Chance, sites: ChangingSites, port: number) {
    this.#options = options;
    this.#chance = chance;
    this.#sites = sites;
    this.#port = port;
    const gateway = `http://127.0.0.1:${port}`;
    const into = (name: string) => join(this.#sinks, `${name}.db`);
    this.#portals = [
      new Portal('all, asked', { gateway, limit: 20, stream: false, into: into('all') }),
      new Portal('topic, streamed', {
        gateway,
        limit: 20,
        stream: true,
        into: options.portalUrl ?? into('topic'),
        select: { topics: ['viec-lam'] },
      }),
      new Portal('units, streamed', {
        gateway,
        limit: 50,
        stream: true,
        into: into('units'),
        select: { kinds: ['unit'] },
      }),
    ];
    this.#done = {
      rounds: options.rounds,
      gatewayKills: 0,
      consumerKills: 0,
      resyncs: 0,
      prunes: 0,
      restores: 0,
      acts: 0,
      changes: 0,
      items: 0,
    };
  }

  async startGateway(): Promise<void> {
    const { databaseUrl } = this.#options;
    this.#gateway = await runGateway({
      config: this.#sites.federation,
      dataDir: this.#dataDir,
      port: this.#port,
      patience: 300_000,
      env: { LOG_LEVEL: 'warn', ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }) },
    });
  }

  /** What nobody has published yet can't be lost. */
  async untilFilled(): Promise<void> {
    const all = this.#portals[0];
    await until('every site’s first items', async () => all && (await this.#shown(all)).size >= 60, 120_000);
  }

  async round(round: number): Promise<void> {
    for (const portal of this.#portals) portal.start();
    this.#startWriter(round);
    const violence = this.#violence();
    for (let left = 5 + this.#chance.below(15); left > 0; left -= 1) {
      this.#sites.change();
      if (this.#chance.comes(0.6)) await this.#operate();
      await pause(50 + this.#chance.below(100));
    }
    await violence;
    await this.#killWriter();
    await this.#comeToRest(round);
  }

  /** Another replica's harvests, so to say: edits and withdrawals go on while this gateway is dead. */
  #startWriter(round: number): void {
    const { databaseUrl, seed } = this.#options;
    const task: WriterTask = {
      dataDir: this.#dataDir,
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      writer: `w${round}`,
      seed: seed + round,
      batch: 4,
      connections: databaseUrl === undefined ? 1 : 3,
      delay: 100,
      creates: 0.3,
      most: 8,
    };
    const flags = ['--disable-warning=ExperimentalWarning'];
    this.#writer = spawn(process.execPath, [...flags, WRITER, JSON.stringify(task)], { stdio: 'ignore' });
  }

  async #killWriter(): Promise<void> {
    const writer = this.#writer;
    if (!writer || writer.exitCode !== null || writer.signalCode !== null) return;
    const ended = once(writer, 'exit');
    writer.kill('SIGKILL');
    await ended;
  }

  /** Kills whoever it likes, some twice, and starts them again; at times something worse happens meanwhile. */
  async #violence(): Promise<void> {
    const chance = this.#chance;
    const portals = this.#portals.map(async portal => {
      for (let times = chance.below(3); times > 0; times -= 1) {
        await pause(chance.below(1200));
        await portal.kill();
        if (chance.comes(0.7)) portal.start();
      }
    });
    if (chance.comes(0.75)) {
      await pause(chance.below(1500));
      await this.#gateway?.kill('SIGKILL');
      this.#done.gatewayKills += 1;
      if (chance.comes(PRUNES)) await this.#prune();
      if (chance.comes(RESTORES)) {
        await this.#killWriter();
        await this.#restore();
      }
      await this.startGateway();
    }
    await Promise.all(portals);
    for (const portal of this.#portals) portal.start();
  }

  async #operate(): Promise<void> {
    const { items } = await this.#ask<{ items: { nodes: { id: string }[] } }>(
      '{ items(first: 100) { nodes { id } } }',
    ).catch(() => ({ items: { nodes: [] } }));
    if (items.nodes.length === 0) return;
    const { id } = this.#chance.one(items.nodes);
    const act = this.#chance.one(['hold', 'takeDown', 'hold and release', 'takeDown and restore'] as const);
    const single = (name: string) => `mutation { ${name}(item: "${id}", reason: "thử") { id } }`;
    const [first, second] = {
      hold: [single('hold')],
      takeDown: [`mutation { takeDown(input: { items: ["${id}"], reason: "thử" }) { id } }`],
      'hold and release': [single('hold'), single('release')],
      'takeDown and restore': [
        `mutation { takeDown(input: { items: ["${id}"], reason: "thử" }) { id } }`,
        single('restore'),
      ],
    }[act];
    // Killed in the middle, or something else happened to the item meanwhile: that is the point.
    const done = await this.#ask(first ?? '').then(
      () => true,
      () => false,
    );
    if (done) this.#done.acts += 1;
    if (done && second) await this.#ask(second).catch(() => undefined);
  }

  async #ask<T>(query: string): Promise<T> {
    if (!this.#gateway) throw new Error('no gateway');
    return this.#gateway.ask<T>(query);
  }

  /** Withdrawals that some portal may not have read are forgotten. */
  async #prune(): Promise<void> {
    const { databaseUrl } = this.#options;
    const store = await openStore({
      dataDir: this.#dataDir,
      log: createLog('silent', 'prove'),
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
    });
    await store.transaction(tx => tx.changes.prune(Date.now() + 1e9));
    await store.close();
    this.#done.prunes += 1;
  }

  /** The store of another epoch; the embedded one also of an earlier time. */
  async #restore(): Promise<void> {
    const { databaseUrl } = this.#options;
    const epoch = `restored ${this.#done.restores}`;
    if (databaseUrl !== undefined) {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      await client.query(`UPDATE meta SET value = $1 WHERE name = 'epoch'`, [epoch]);
      await client.end();
    } else this.#restoreFile(epoch);
    this.#done.restores += 1;
  }

  /** Every second time the back-up is taken, else it is put back. */
  #restoreFile(epoch: string): void {
    const saved = join(this.#sinks, 'saved');
    const file = join(this.#dataDir, 'lienthong.db');
    if (this.#done.restores % 2 === 0) {
      rmSync(saved, { recursive: true, force: true });
      cpSync(this.#dataDir, saved, { recursive: true });
    } else {
      for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
      cpSync(saved, this.#dataDir, { recursive: true });
    }
    const db = new DatabaseSync(file);
    db.prepare(`UPDATE meta SET value = ? WHERE name = 'epoch'`).run(epoch);
    db.close();
  }

  /** Until every portal holds exactly what the gateway shows, the same before and after looking. */
  async #comeToRest(round: number): Promise<void> {
    let differing = '';
    for (const deadline = Date.now() + SETTLES_WITHIN; Date.now() < deadline; await pause(250)) {
      const found = await Promise.all(this.#portals.map(portal => this.#difference(portal)));
      differing = found.filter(text => text !== '').join('\n');
      if (differing === '') {
        this.#options.say?.(`round ${round}: ${await this.#counts()}`);
        return;
      }
    }
    const said = this.#portals.map(({ name, said: words }) => `${name} said:\n${words}`).join('\n');
    throw new Error(
      `Round ${round} did not end with what \`items\` answers:\n${differing}\n${said}\n${this.#gateway?.output().slice(-4000)}`,
    );
  }

  async #difference(portal: Portal): Promise<string> {
    const before = await this.#shown(portal);
    const held = await portal.held();
    const after = await this.#shown(portal);
    if (!sameEntries(before, after)) return `${portal.name}: still moving`;
    const missing = [...after].filter(([id, text]) => held.get(id) !== text).map(([id]) => id);
    const extra = [...held.keys()].filter(id => !after.has(id));
    if (missing.length + extra.length === 0) return '';
    return `${portal.name}: missing or old ${missing.join(' ') || 'none'}; kept ${extra.join(' ') || 'none'}`;
  }

  /** All that `items` answers for the portal's selection. */
  async #shown({ task: { select = {} } }: Portal): Promise<ReadonlyMap<string, string>> {
    const shown = new Map<string, string>();
    const kinds = select.kinds?.map(kind => kind.toUpperCase()) ?? [];
    const filter = `{ topics: ${JSON.stringify(select.topics ?? [])}, kinds: [${kinds}] }`;
    for (let after: string | null = null; ; ) {
      const { items }: ItemsAnswer = await this.#ask(
        `{ items(filter: ${filter}, first: 100, after: ${JSON.stringify(after)}) { nodes { id title content } pageInfo { hasNextPage endCursor } } }`,
      );
      for (const { id, title, content } of items.nodes) shown.set(id, `${title}\n${content ?? ''}`);
      if (!items.pageInfo.hasNextPage) return shown;
      after = items.pageInfo.endCursor;
    }
  }

  async #counts(): Promise<string> {
    const { changes, items, resyncs, consumerKills } = await this.report();
    return `${items} items, ${changes} changes, ${this.#done.gatewayKills} + ${consumerKills} kills, ${resyncs} read again`;
  }

  async report(): Promise<KillReport> {
    const { cursor } = (await (await fetch(`http://127.0.0.1:${this.#port}/changes?since=now`)).json()) as {
      cursor: string;
    };
    const held = await this.#portals[0]?.held();
    const sum = (of: (portal: Portal) => number) => this.#portals.map(of).reduce((a, b) => a + b, 0);
    return {
      ...this.#done,
      consumerKills: sum(({ kills }) => kills),
      resyncs: sum(({ resyncs }) => resyncs),
      changes: decodeCursor(cursor).number,
      items: held?.size ?? 0,
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#portals.map(portal => portal.kill()));
    await this.#killWriter();
    await this.#gateway?.kill('SIGKILL');
    removeFolder(this.#dataDir);
    removeFolder(this.#sinks);
  }
}

interface ItemsAnswer {
  readonly items: {
    readonly nodes: readonly {
      readonly id: string;
      readonly title: string;
      readonly content: string | null;
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

function sameEntries(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([id, text]) => b.get(id) === text);
}
