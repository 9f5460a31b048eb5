import type { Request, RequestHandler } from 'express';
import express from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { ALARM_KINDS } from '../../schemas/alarms.ts';
import type { SourceState } from '../../schemas/source.ts';
import { openAlarms } from '../alert/look.ts';
import type { Answers } from '../publish/answers.ts';
import type { SubscriptionCount } from '../store/deliveries.ts';
import { readOnly } from './read-only.ts';
import type { Services } from './services.ts';
import type { Usage } from './usage.ts';

/** Milliseconds that what the store says is good for, however often it is scraped. */
const KEPT = 10_000;

export interface Metrics {
  /** Counts every request that passes it. */
  readonly count: RequestHandler;
  /** Counts one that was answered before it could pass. `began`: `performance.now()` of its arrival. */
  counted(route: string, method: string, status: number, began: number): void;
  /** `/metrics`, in Prometheus' text format. */
  readonly routes: express.Router;
  /** After a reload others answer and count usage: what is scraped is theirs from now on. */
  follow(parts: Measured): void;
}

/** What is read when somebody scrapes. */
export interface Measured {
  readonly answers: Answers;
  readonly usage: Usage;
  readonly kept: { readonly size: Answers['size'] };
}

/** Labels are routes, statuses, sites and sources: nothing that a reader sends or owns. */
export function createMetrics(services: Pick<Services, 'store' | 'now' | 'log'>): Metrics {
  let measured: Measured | undefined;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counted = requestCounter(registry);
  countUsage(registry, () => measured?.usage);
  const bytes = () => (measured ? measured.answers.size.bytes + measured.kept.size.bytes : 0);
  const gauges = storeGauges(registry, services, bytes);
  const routes = express.Router();
  readOnly(routes, '/metrics', async (_req, res) => {
    await gauges();
    res.set({ 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' });
    res.send(await registry.metrics());
  });
  return {
    count: countPassing(counted),
    counted,
    routes,
    follow(parts) {
      measured = parts;
    },
  };
}

/** Read when scraped. By scope: a key's id is its owner's. */
function countUsage(registry: Registry, usage: () => Usage | undefined): void {
  const counter = (
    name: string,
    help: string,
    label: string,
    read: () => ReadonlyMap<string, number> | undefined,
  ) =>
    new Counter({
      name: `lienthong_${name}`,
      help,
      labelNames: [label],
      registers: [registry],
      collect() {
        this.reset();
        for (const [value, count] of read() ?? []) this.inc({ [label]: value }, count);
      },
    });
  counter(
    'key_requests_total',
    'Requests with a key, by its scopes.',
    'scope',
    () => usage()?.counts().scopes,
  );
  counter(
    'limited_requests_total',
    'Requests refused because too many came.',
    'by',
    () => usage()?.counts().refused,
  );
}

function requestCounter(registry: Registry): Metrics['counted'] {
  const labels = { labelNames: ['route', 'method', 'status'], registers: [registry] };
  const requests = new Counter({
    ...labels,
    name: 'lienthong_http_requests_total',
    help: 'Requests answered.',
  });
  const seconds = new Histogram({
    name: 'lienthong_http_request_seconds',
    help: 'Seconds from a request to the end of its answer.',
    labelNames: ['route'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  });
  // Looking a series up by its labels is what counting costs; of routes, methods and statuses there are few.
  const counters = new Map<string, { inc(): void }>();
  const histograms = new Map<string, { observe(value: number): void }>();
  return (route, method, status, began) => {
    const name = `${route} ${methodOf(method)} ${status}`;
    const counter = counters.get(name) ?? requests.labels(route, methodOf(method), String(status));
    const histogram = histograms.get(route) ?? seconds.labels(route);
    counters.set(name, counter);
    histograms.set(route, histogram);
    counter.inc();
    histogram.observe((performance.now() - began) / 1000);
  };
}

function countPassing(counted: Metrics['counted']): RequestHandler {
  return (req, res, next) => {
    const began = performance.now();
    res.on('finish', () => counted(routeOf(req), req.method, res.statusCode, began));
    next();
  };
}

/** The route's pattern, never the address: `/items/:id`. */
function routeOf(req: Request): string {
  const path: unknown = req.route?.path;
  return typeof path === 'string' ? `${req.baseUrl}${path}` : 'other';
}

function methodOf(method: string): string {
  return ['GET', 'HEAD', 'POST', 'OPTIONS'].includes(method) ? method : 'other';
}

/** Gauges of the store, filled at most every ten seconds. */
function storeGauges(
  registry: Registry,
  { store, now, log }: Pick<Services, 'store' | 'now' | 'log'>,
  bytes: () => number,
): () => Promise<void> {
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `lienthong_${name}`, help, labelNames, registers: [registry] });
  const up = gauge('store_up', '1 when the store answers.');
  const revision = gauge('revision', 'Number of the newest committed change.');
  const items = gauge('items', 'Items that the public can see.', 'site');
  const kept = gauge('answers_bytes', 'Bytes of ready answers in memory.');
  const sources = sourceGauges(gauge);
  const subscribers = subscriberGauges(gauge);
  const alarms = alarmGauge(gauge);
  let filled = Number.NEGATIVE_INFINITY;
  const fill = async () => {
    revision.set(await store.revision());
    for (const [site, count] of await store.items.counts()) items.set({ site }, count);
    sources(await store.work.states(), now());
    subscribers(await store.deliveries.counts());
    alarms(await openAlarms(store));
  };
  return async () => {
    kept.set(bytes());
    if (now() - filled < KEPT) return;
    filled = now();
    try {
      await fill();
      up.set(1);
    } catch (err) {
      up.set(0);
      log.warn({ err }, 'Metrics: the store does not answer.');
    }
  };
}

/** Of disabled ones an operator should hear: each was given up. By kind and state: callbacks are their owners'. */
function subscriberGauges(gauge: (name: string, help: string, ...labelNames: string[]) => Gauge) {
  const labels = ['kind', 'state'] as const;
  const subscriptions = gauge('subscriptions', 'WebSub subscriptions and webhooks.', ...labels);
  const behind = gauge('subscriptions_behind', 'Changes before the one furthest behind.', ...labels);
  return (counts: readonly SubscriptionCount[]) => {
    for (const one of [subscriptions, behind]) one.reset();
    for (const { kind, state, count, behind: most } of counts) {
      subscriptions.set({ kind, state }, count);
      behind.set({ kind, state }, most);
    }
  };
}

/** Every kind has its line, so that a rule over it can tell none from unknown. */
function alarmGauge(gauge: (name: string, help: string, ...labelNames: string[]) => Gauge) {
  const alarms = gauge('alarms', 'Alarms that stand open.', 'kind');
  return (open: Awaited<ReturnType<typeof openAlarms>>) => {
    for (const { id } of ALARM_KINDS)
      alarms.set({ kind: id }, open.filter(({ document }) => document.kind === id).length);
  };
}

function sourceGauges(gauge: (name: string, help: string, ...labelNames: string[]) => Gauge) {
  const failures = gauge('source_failures', 'Failed harvests in a row.', 'source');
  const succeeded = gauge('source_last_success_seconds', 'Unix time of the last good harvest.', 'source');
  const interval = gauge('source_interval_seconds', 'Present wait between harvests.', 'source');
  const late = gauge('source_late_seconds', 'How long the source is due already.', 'source');
  const paused = gauge('source_paused', '1 when the source is paused.', 'source');
  const harvested = gauge('source_harvested', 'New and changed items stored so far.', 'source');
  const all = [failures, succeeded, interval, late, paused, harvested];
  return (states: readonly SourceState[], now: number) => {
    for (const one of all) one.reset();
    for (const state of states) {
      const { source } = state;
      failures.set({ source }, state.failures);
      if (state.lastSucceeded !== undefined) succeeded.set({ source }, state.lastSucceeded / 1000);
      interval.set({ source }, state.interval / 1000);
      late.set({ source }, state.paused ? 0 : Math.max(0, now - state.due) / 1000);
      paused.set({ source }, state.paused ? 1 : 0);
      harvested.set({ source }, state.harvested);
    }
  };
}
