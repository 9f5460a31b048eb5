import { createHash } from 'node:crypto';
import type { Log } from '../../../connectors/connector.ts';
import type { Instant } from '../../../schemas/instant.ts';
import type { Cache } from '../../harvest/cache.ts';
import type { Store } from '../../store/store.ts';

export type Row = Readonly<Record<string, unknown>>;

/** What a site was asked of some items at once: a row by the site's own key. Throws what `ask` throws. */
export interface Asked {
  readonly rows: ReadonlyMap<string, Row>;
  /** False where the site had errors beside its data: such rows are given, never kept. */
  readonly whole: boolean;
}

export interface Given extends Asked {
  /** Milliseconds since the oldest row was asked; absent when all were asked now. */
  readonly age?: number;
  /** Why some rows are missing. */
  readonly failed?: unknown;
}

/** An item, and what its site calls it. */
export interface Wanted {
  readonly item: string;
  readonly key: string;
}

export interface KeptRows {
  /**
   * What was asked lately is given at once, and asked anew in the background when it is no longer fresh. One asking for
   * all who want the same of an item at the same time. Who calls has asked the store whether the items may be shown.
   */
  rows(
    source: string,
    selection: string,
    wanted: readonly Wanted[],
    ask: (keys: readonly string[]) => Promise<Asked>,
  ): Promise<Given>;
  /** Nothing of these items is kept any more, nor will be of what is being asked now. */
  forget(items: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds that a row is given without asking again, and that it is given while it is. */
const FRESH = 10_000;
const STALE = 5 * 60_000;
/** Bytes of what is kept of one item, over all that was ever asked of it. */
const LARGEST = 64 * 1024;
/** Changes that are read at once. */
const PAGE = 500;

interface Kept {
  readonly at: Instant;
  /** Null: the site knows no such thing. */
  readonly row: Row | null;
}
type Entry = Readonly<Record<string, Kept>>;

/** Rows of remote sites in the cache, shared with the other replicas where it is; an item that changes loses its own. */
export function openKeptRows({
  cache,
  store,
  now,
  log,
}: {
  readonly cache: Cache;
  readonly store: Store;
  readonly now: () => Instant;
  readonly log: Log;
}): KeptRows {
  const running = new Map<string, Promise<Kept | undefined>>();
  /** How often an item was forgotten while something of it was being asked. */
  const forgotten = new Map<string, number>();

  async function askNow(
    what: string,
    wanted: readonly Wanted[],
    entries: ReadonlyMap<string, Entry>,
    ask: (keys: readonly string[]) => Promise<Asked>,
  ): Promise<Given> {
    const asking = ask([...new Set(wanted.map(({ key }) => key))]);
    const at = now();
    const keeping = wanted.map(({ item, key }) => {
      const place = `${item} ${what}`;
      const times = forgotten.get(item) ?? 0;
      const done = asking.then(
        async ({ rows, whole }) => {
          const kept: Kept = { at, row: rows.get(key) ?? null };
          if (whole && (forgotten.get(item) ?? 0) === times) await keep(item, what, kept, entries.get(item));
          return kept;
        },
        () => undefined,
      );
      running.set(place, done);
      return done.finally(() => running.get(place) === done && running.delete(place));
    });
    const [asked] = await Promise.all([asking, ...keeping]);
    return asked;
  }

  async function keep(item: string, what: string, kept: Kept, before: Entry = {}): Promise<void> {
    const young = Object.entries(before).filter(([, each]) => now() - each.at < STALE);
    const entry = Object.fromEntries([...young, [what, kept]]);
    const size = JSON.stringify(entry).length;
    const small = size <= LARGEST ? entry : { [what]: kept };
    if (size > LARGEST && JSON.stringify(small).length > LARGEST) return;
    await cache.set(keyOf(item), small, STALE);
  }

  const follower = follow(store, log, items => forget(items));

  async function forget(items: readonly string[]): Promise<void> {
    const busy = new Set([...running.keys()].map(place => place.slice(0, place.lastIndexOf(' '))));
    for (const item of forgotten.keys()) if (!busy.has(item)) forgotten.delete(item);
    for (const item of items) if (busy.has(item)) forgotten.set(item, (forgotten.get(item) ?? 0) + 1);
    await cache.forget(items.map(keyOf));
  }

  return {
    async rows(source, selection, wanted, ask) {
      const what = createHash('sha1').update(`${source}\n${selection}`).digest('base64url').slice(0, 16);
      const held = await cache.getMany(wanted.map(({ item }) => keyOf(item)));
      const entries = new Map(wanted.map(({ item }, i) => [item, (held[i] ?? {}) as Entry]));
      const keptOf = ({ item }: Wanted) => usable(entries.get(item)?.[what], now());
      const old = wanted.filter(one => now() - (keptOf(one)?.at ?? now()) >= FRESH);
      const missing = wanted.filter(one => !keptOf(one));
      const isRunning = ({ item }: Wanted) => running.has(`${item} ${what}`);
      const anew = old.filter(one => !isRunning(one));
      // Told to nobody: whoever asks next is told what it brought, or how old the last one is.
      if (anew.length > 0) void askNow(what, anew, entries, ask).catch(() => undefined);
      const [mine, others] = [missing.filter(one => !isRunning(one)), missing.filter(isRunning)];
      const joined = others.map(one => running.get(`${one.item} ${what}`));
      const asked = await settled(mine.length > 0 ? askNow(what, mine, entries, ask) : undefined);
      const given = await withJoined(asked, others, joined, ask);
      const rows = new Map(given.rows);
      for (const one of wanted) {
        const row = keptOf(one)?.row;
        if (row) rows.set(one.key, row);
      }
      const ages = wanted.flatMap(one => keptOf(one)?.at ?? []);
      return { ...given, rows, ...(ages.length > 0 && { age: now() - Math.min(...ages) }) };
    },
    forget,
    close: follower.close,
  };
}

/** A failure is a result: what is kept is given all the same. */
async function settled(asking: Promise<Asked> | undefined): Promise<Given> {
  try {
    return (await asking) ?? NOTHING;
  } catch (failed) {
    return { ...NOTHING, failed };
  }
}

const NOTHING: Given = { rows: new Map(), whole: true };

/** With what others were asking already. Where they failed this asker is told so by asking itself. */
async function withJoined(
  asked: Given,
  others: readonly Wanted[],
  joined: readonly (Promise<Kept | undefined> | undefined)[],
  ask: (keys: readonly string[]) => Promise<Asked>,
): Promise<Given> {
  const rows = new Map(asked.rows);
  const lost: string[] = [];
  for (const [i, { key }] of others.entries()) {
    const kept = await joined[i];
    if (kept?.row) rows.set(key, kept.row);
    if (!kept) lost.push(key);
  }
  if (lost.length === 0 || asked.failed !== undefined) return { ...asked, rows };
  const again = await settled(ask(lost));
  for (const [key, row] of again.rows) rows.set(key, row);
  return { ...asked, ...again, rows, whole: asked.whole && again.whole };
}

function keyOf(item: string): string {
  return `live:${item}`;
}

function usable(kept: Kept | undefined, now: Instant): Kept | undefined {
  return kept && now - kept.at < STALE && now >= kept.at ? kept : undefined;
}

/**
 * Each change of an item, by whichever process, forgets what is kept of it. By the log's own numbers: the revision counts
 * stories that moved as well, and would lead past as many changes.
 */
function follow(store: Store, log: Log, forget: (items: readonly string[]) => Promise<void>) {
  let after: number | undefined;
  let turn: Promise<void> = store.changes.bounds().then(
    ({ head }) => {
      after = head;
    },
    () => undefined,
  );
  const look = async () => {
    for (;;) {
      after ??= (await store.changes.bounds()).head;
      const changes = await store.changes.since(after, PAGE);
      if (changes.length === 0) return;
      await forget(changes.map(({ item }) => item));
      after = changes.at(-1)?.number ?? after;
    }
  };
  const stop = store.onChange(() => {
    turn = turn
      .then(look)
      .catch((err: unknown) =>
        log.warn({ err }, 'What is kept of remote sites was not gone through; tried again.'),
      );
  });
  return {
    close: async () => {
      stop();
      await turn;
    },
  };
}
