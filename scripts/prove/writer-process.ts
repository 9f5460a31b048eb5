// Another process that writes to a gateway's store: it releases, edits, hides, shows and withdraws items of its own, in
// transactions that take their time. What it is to do comes as JSON, its one argument; each commit is a line.
import { type NewItem, newItem } from '../../gateway/e2e/seed.ts';
import { createLog } from '../../gateway/log.ts';
import { keysOf } from '../../gateway/normalise/identity.ts';
import { openStore } from '../../gateway/store/open-store.ts';
import type { Store } from '../../gateway/store/store.ts';
import type { NewChange } from '../../schemas/change.ts';
import { type Chance, startChance } from './chance.ts';

export interface WriterTask {
  readonly dataDir: string;
  readonly databaseUrl?: string;
  /** Names its items: no two writers share one. */
  readonly writer: string;
  readonly seed: number;
  /** Changes in one transaction. */
  readonly batch: number;
  /** Transactions at one time. */
  readonly connections: number;
  /** The longest a transaction waits before its commit, milliseconds. */
  readonly delay: number;
  /** Ends after so many changes; absent: never. */
  readonly changes?: number;
  /** Of the changes, how many are new items, while fewer than `most` live. */
  readonly creates: number;
  readonly most?: number;
}

/** Sites of `seededFederation`. */
const SITES = ['cong', 'viec-lam', 'bao-hiem'];

interface Own {
  readonly site: string;
  readonly key: string;
  version: number;
  hidden: boolean;
}

interface Act {
  readonly item: NewItem;
  readonly change: NewChange;
  readonly isNew: boolean;
  readonly erases: boolean;
}

class Writer {
  readonly #task: WriterTask;
  readonly #store: Store;
  readonly #chance: Chance;
  readonly #own: Own[] = [];
  #count = 0;
  #written = 0;

  constructor(task: WriterTask, store: Store) {
    this.#task = task;
    this.#store = store;
    this.#chance = startChance(task.seed);
  }

  async run(): Promise<void> {
    const { changes = Number.POSITIVE_INFINITY } = this.#task;
    while (this.#written < changes) {
      const batch = this.#takeBatch();
      // A cut connection leaves open whether it was committed: the next act on these items goes a version further.
      const done = await this.#commit(batch.acts).then(
        () => true,
        () => false,
      );
      this.#own.push(...batch.back);
      if (done) {
        this.#written += batch.acts.length;
        process.stdout.write(`${batch.acts.length}\n`);
      } else await pause(100);
    }
  }

  /** Items that are being written stand in no list meanwhile, so that the versions of one never cross. */
  #takeBatch(): { readonly acts: readonly Act[]; readonly back: readonly Own[] } {
    const { creates, most = Number.POSITIVE_INFINITY, batch } = this.#task;
    const back: Own[] = [];
    const acts = Array.from({ length: batch }, () => {
      const isNew = this.#own.length === 0 || (this.#own.length < most && this.#chance.comes(creates));
      const own = isNew ? this.#create() : this.#takeOne();
      const kind = isNew ? 'put' : this.#chance.one(['put', 'put', 'put', 'hide', 'withdraw'] as const);
      if (kind !== 'withdraw') back.push(own);
      return this.#act(own, kind, isNew);
    });
    return { acts, back };
  }

  #create(): Own {
    this.#count += 1;
    return {
      site: this.#chance.one(SITES),
      key: `${this.#task.writer}-${this.#count}`,
      version: 0,
      hidden: false,
    };
  }

  #takeOne(): Own {
    const place = this.#chance.below(this.#own.length);
    const [taken] = this.#own.splice(place, 1, ...this.#own.slice(-1));
    this.#own.pop();
    if (!taken) throw new Error('nothing to take');
    return taken;
  }

  #act(own: Own, kind: 'put' | 'hide' | 'withdraw', isNew: boolean): Act {
    own.version += 1;
    const now = Date.now();
    const shown = newItem(own.site, own.key, {
      title: `${own.key} #${own.version}`,
      topics: this.#chance.comes(0.2) ? ['viec-lam'] : [],
      published: now,
      firstSeen: now,
      listed: now,
      released: now,
    });
    const { id } = shown;
    if (kind === 'put')
      return { item: shown, change: { kind: 'put', item: id, backfill: false }, isNew, erases: false };
    const erases = kind === 'withdraw';
    const reason = erases ? 'withdrawn' : 'hidden';
    const item: NewItem = {
      ...shown,
      visibility: erases ? 'WITHDRAWN' : 'HIDDEN',
      visibilityReason: reason,
    };
    return { item, change: { kind: 'tombstone', item: id, reason }, isNew, erases };
  }

  #commit(acts: readonly Act[]): Promise<void> {
    return this.#store.transaction(async tx => {
      const known = acts.filter(({ isNew }) => !isNew).map(({ item }) => item.id);
      if (known.length > 0) await tx.items.current(known);
      await tx.items.save(acts.map(({ item }) => item));
      for (const site of SITES) {
        const made = acts.filter(({ item, isNew }) => isNew && item.site === site);
        await tx.items.addKeys(
          site,
          made.flatMap(({ item }) =>
            keysOf(item, { name: item.source }).map(key => ({ item: item.id, key })),
          ),
        );
      }
      const erased = acts.filter(({ erases }) => erases).map(({ item }) => item.id);
      if (erased.length > 0) await tx.items.erase(erased);
      tx.changes.append(acts.map(({ change }) => change));
      await pause(this.#chance.below(this.#task.delay));
    });
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}

const task: WriterTask = JSON.parse(process.argv[2] ?? '');
const { dataDir, databaseUrl } = task;
const store = await openStore({
  dataDir,
  log: createLog('silent', 'writer'),
  ...(databaseUrl === undefined ? {} : { databaseUrl }),
});
const writer = new Writer(task, store);
await Promise.all(Array.from({ length: task.connections }, () => writer.run()));
await store.close();
