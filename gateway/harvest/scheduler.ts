import cron from 'node-cron';
import type { Federation } from '../../schemas/federation.ts';
import type { HubLinks } from '../../schemas/hub-links.ts';
import { auditDue } from '../check/audit.ts';
import { compareDue } from '../completeness/compare-due.ts';
import { keepScores } from '../judge/score-history.ts';
import { destroyEvidence } from '../ledger/evidence.ts';
import { signRoots } from '../ledger/roots.ts';
import type { Store } from '../store/store.ts';
import type { Lease } from '../store/work.ts';
import { joinAll } from '../stories/join-stories.ts';
import { heard } from '../subscribe/heard.ts';
import { endForgotten, tendSubscriptions } from '../subscribe/tend.ts';
import { openBooks, report } from './books.ts';
import { cleanAgain } from './clean-again.ts';
import { type Harvest, type HarvestTools, harvestSource } from './harvest-source.ts';
import { type JudgedBy, judgeAgain } from './judge-again.ts';
import { tendLeftSources } from './left-sources.ts';
import { mapAgain } from './map-again.ts';
import { probeDue } from './probe.ts';
import { releaseDue } from './release-due.ts';
import { treatRePosts } from './treat-re-posts.ts';

/** Milliseconds a lease lasts without renewal: how long a dead replica keeps a source to itself. */
export const LEASE = 20_000;
/** Milliseconds between two looks at what left the federation and what is to be cleaned again. */
const TENDING = 60_000;
/** Milliseconds between two looks at whether rules, exceptions or agreements have changed. */
const JUDGING = 3_000;
const DAY = 24 * 60 * 60 * 1000;
/** Milliseconds after the start when whole sites are looked at: harvests come first. */
const AUDIT_AFTER = 60_000;
/** The same for what sites say they have published. */
const COMPARE_AFTER = 90_000;
/** How long a site can look up what we asked of it. */
const REQUEST_LOG_DAYS = 30;

export interface Scheduler {
  /** Something has been asked for: takes it now, not at the next tick. */
  wake(): void;
  /** Begins nothing more; lets running harvests end for `grace` milliseconds, then gives their leases back. Again: sooner. */
  stop(grace?: number): Promise<void>;
}

/**
 * Ticks every second: takes due sources from the store, as many as there are free places, and runs them. What is
 * due, leased, failed and next is in the store; nothing here survives a restart, and nothing needs to.
 */
export function startScheduler(tools: HarvestTools, places: number): Scheduler {
  const { store, federation, log } = tools;
  const running = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  const books = openBooks(tools);
  let pruned = 0;
  let tended = 0;
  let judged = 0;
  const judgedBy: JudgedBy = new Map();
  let stopped = false;

  let filling = false;
  let alongside = 0;
  const started = Date.now();

  async function tick(): Promise<void> {
    try {
      await releaseDue(store);
      await fill();
      void look();
      void audit();
      void compare();
      void join();
      void subscribe();
      if (Date.now() - pruned > DAY) pruned = await prune(store, federation);
      if (Date.now() - judged > JUDGING) judged = (await judgeAgain(tools, judgedBy)) > 0 ? 0 : Date.now();
      if (Date.now() - tended > TENDING) tended = await tend();
    } catch (thrown) {
      log.error({ err: thrown }, 'The scheduler could not tick; it tries again in a second.');
    }
  }

  /** Runs beside everything else, one at a time: a slow site delays no tick. */
  function beside(act: () => Promise<unknown>, failure: string, after = 0): () => Promise<void> {
    let running = false;
    return async () => {
      if (running || stopped || Date.now() - started < after) return;
      running = true;
      alongside += 1;
      try {
        await act();
      } catch (thrown) {
        log.error({ err: thrown }, failure);
      } finally {
        running = false;
        alongside -= 1;
      }
    };
  }
  const look = beside(
    () => probeDue(tools, stopping.signal),
    'Pages could not be looked at; it is tried again in a second.',
  );
  // Whole sites, one after the other, once the first harvests are through.
  const audit = beside(
    () => auditDue({ ...tools, signal: stopping.signal }),
    'A site could not be looked at as a whole; it is tried again.',
    AUDIT_AFTER,
  );
  const compare = beside(
    () => compareDue(tools, stopping.signal),
    'What a site says it has published could not be compared; it is tried again.',
    COMPARE_AFTER,
  );

  // Joins to stories what was stored since, the newest first, and then what was there before there were stories.
  const join = beside(
    () =>
      joinAll(store, {
        heed: found => treatRePosts(found, tools),
        goesOn: () => !stopped,
        isBusy: () => running.size > 0,
      }),
    'Stories could not be joined; it is tried again in a second.',
  );

  const subscribe = beside(
    () => tendSubscriptions(tools, stopping.signal),
    'Hubs could not be asked; it is tried again in a second.',
  );
  /** What a harvest heard of its source's hub. */
  async function follow(source: string, harvest: Harvest, hub: HubLinks): Promise<void> {
    const changed = harvest.created + harvest.updated + harvest.withdrawn > 0;
    await heard({ source, hub, changed }, tools)
      .then(subscribe)
      .catch(thrown =>
        log.error({ err: thrown, source }, 'What a source says of its hub could not be followed.'),
      );
  }

  /** What keeps a federation right over time; slow, rare, and never in the way of what is due. */
  async function tend(): Promise<number> {
    const named = federation.sources.map(({ name }) => name);
    await tendLeftSources(store, named);
    await endForgotten(tools);
    // As long as there is something to clean, the next tick goes on with it.
    await keepScores(store);
    await destroyEvidence(store);
    await forgetPushes(store);
    if (tools.signer) await signRoots(store, tools.signer);
    const mapped = await mapAgain(store, federation.topics);
    return mapped + (await cleanAgain(store, tools.pool)) > 0 ? 0 : Date.now();
  }

  /** Takes what is due for the free places; also when harvests end, so that many due sources don't wait for ticks. */
  async function fill(): Promise<void> {
    if (filling || stopped || running.size >= places) return;
    filling = true;
    try {
      const leases = await store.work.lease(places - running.size, LEASE);
      for (const lease of leases) running.set(lease.source, run(lease));
    } finally {
      filling = false;
    }
  }

  async function run(lease: Lease): Promise<void> {
    try {
      const harvest = await runLeased(lease, stopping.signal, tools);
      // Its place is free from here on; outcomes are stored together, a moment later.
      if (harvest) void books.book(lease, harvest).catch(unbooked(lease));
      if (harvest?.hub && !harvest.error) void follow(lease.source, harvest, harvest.hub);
    } catch (thrown) {
      unbooked(lease)(thrown);
    } finally {
      running.delete(lease.source);
      if (running.size <= places / 2) void fill().catch(() => undefined);
    }
  }

  const unbooked = (lease: Lease) => (thrown: unknown) =>
    log.error(
      { err: thrown, source: lease.source },
      'A harvest could not be booked; its lease will run out.',
    );

  async function end(): Promise<void> {
    await task.destroy();
    while (running.size > 0) await Promise.allSettled(running.values());
    // Looks are worth no wait: what is interrupted falls due again.
    stopping.abort();
    while (alongside > 0) await new Promise(resolve => setTimeout(resolve, 20));
    await books.close();
  }

  let ended: Promise<void> | undefined;
  const task = cron.schedule('* * * * * *', tick, { noOverlap: true });
  void tick();
  return {
    wake: () => void fill().catch(() => undefined),
    async stop(grace = 5_000) {
      stopped = true;
      const late = setTimeout(() => stopping.abort(), grace);
      ended ??= end();
      await ended;
      clearTimeout(late);
    },
  };
}

/** One harvest under a lease that is renewed while it runs; undefined when it was given back or lost: nothing to book. */
export async function runLeased(
  lease: Lease,
  signal: AbortSignal,
  tools: HarvestTools,
): Promise<Harvest | undefined> {
  const { store, log } = tools;
  const lost = new AbortController();
  const renewal = setInterval(async () => {
    const kept = await store.work.renew(lease, LEASE).catch(() => true);
    if (!kept) lost.abort();
  }, LEASE / 3);
  try {
    const harvest = await harvestSource(lease, AbortSignal.any([signal, lost.signal]), tools);
    report(lease.source, harvest, log);
    if (signal.aborted) await store.work.giveBack(lease);
    return signal.aborted || lost.signal.aborted ? undefined : harvest;
  } finally {
    clearInterval(renewal);
  }
}

/** Ids of pushes whose signature has long been too old to be taken again. */
async function forgetPushes(store: Store): Promise<void> {
  const over = await store.records.due('push', await store.now(), 5_000);
  const ids = over.map(({ id }) => id);
  if (ids.length > 0) await store.transaction(tx => tx.records.remove('push', ids));
}

async function prune(store: Store, federation: Federation): Promise<number> {
  const now = await store.now();
  await store.requests.prune(now - REQUEST_LOG_DAYS * DAY);
  await store.transaction(tx => tx.changes.prune(now - federation.tombstoneDays * DAY));
  return Date.now();
}
