import type { Log } from '../../connectors/connector.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { Format } from '../../schemas/formats/format.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import { linkHash } from '../../schemas/ledger-chain.ts';
import { applyRule, type ResolvedRule, type Verdict } from '../../schemas/rules/apply-rule.ts';
import type { Facts } from '../../schemas/rules/facts.ts';
import type { Output, RepublicationFacts } from '../../schemas/rules/republication-facts.ts';
import type { Rule } from '../../schemas/rules/rule.ts';
import type { RepublicationSubject } from '../../schemas/rules/subject.ts';
import { scoreOf } from '../../schemas/score.ts';
import type { Site } from '../../schemas/site.ts';
import { gather } from '../judge/judge-items.ts';
import { rulesInForce } from '../judge/rules-in-force.ts';
import type { Judgement } from '../store/problems.ts';
import type { Store } from '../store/store.ts';
import { type Ask, readOutputs } from './own-outputs.ts';
import { judgePastActs } from './past-acts.ts';

const DAY = 24 * 60 * 60_000;
const SAMPLE = 20;
const GONE = 50;
const NEWEST_ROWS = 1_000;

export interface DutyTools {
  readonly store: Store;
  readonly federation: Federation;
  readonly rules: readonly Rule[];
  readonly formats: readonly Format[];
  readonly sealing: boolean;
  readonly log: Log;
  readonly ask: Ask;
}

/**
 * Looks at ourselves as an inspector would: what our channels show of a sample of items, what they must no longer show, what
 * is kept, whether the complaint form answers. A duty of ours that is not met is an alarm, and stands under `gateway`.
 */
export async function checkOwnDuties(tools: DutyTools): Promise<Judgement> {
  const { store, federation, rules, log } = tools;
  const now = await store.now();
  const gateway: Site = {
    id: 'gateway',
    name: federation.gateway.title,
    kind: 'portal',
    homepage: `${federation.gateway.publicUrl}/`,
    hosts: [],
    registry: {},
  };
  const inForce = rulesInForce(federation, rules, '', now).rules.filter(
    ({ rule }) => rule.scope === 'republication',
  );
  const items = await sampled(tools);
  const outputs = await readOutputs(tools.ask, items, tools.formats);
  const whole: Partial<Facts> = {
    now,
    ...(await factsOfWhole(tools, now)),
    outputs: [...outputs.values()].flat().filter(({ channel }) => channel !== 'graphql'),
  };
  const verdicts = inForce.flatMap(resolved => [
    ...(OF_ITEMS.has(resolved.rule.id)
      ? items.map(item => ofItem(resolved, item, outputs.get(item.id) ?? [], federation, now))
      : []),
    ...(OF_WHOLE.has(resolved.rule.id)
      ? [{ rule: resolved, verdict: applyRule(resolved, { site: gateway, gateway: true }, whole) }]
      : []),
  ]);
  verdicts.push(...(await judgePastActs(store, inForce, federation.sites, now)));
  const judged = gather(verdicts.filter(({ verdict }) => verdict.outcome !== 'not-applicable'));
  for (const { rule, path, message, data } of judged.problems)
    log.error({ rule, path, ...data }, `Bổn phận của chính cổng chưa đạt (${rule}): ${message.vi}`);
  const judgement: Judgement = {
    subject: 'gateway',
    id: 'gateway',
    site: 'gateway',
    at: now,
    pack: 'own-duties',
    score: scoreOf(judged.outcomes),
    met: [...new Set(judged.met)].filter(id => !judged.problems.some(({ rule }) => rule === id)),
    unknown: [...new Set(judged.unknown)],
    problems: judged.problems,
  };
  await store.transaction(tx => tx.problems.save([judgement]));
  return judgement;
}

/** Asked of each sampled item, and asked of ourselves as a whole. */
const OF_ITEMS: ReadonlySet<string> = new Set([
  'republish-attribution',
  'republish-backlink',
  'republish-no-comments',
]);
const OF_WHOLE: ReadonlySet<string> = new Set([
  'republish-no-withdrawn',
  'republish-retention',
  'republish-complaint-channel',
  'republish-downstream',
  'republish-authority-takedown',
]);

function ofItem(
  rule: ResolvedRule,
  item: Item,
  outputs: readonly Output[],
  { sites }: Federation,
  now: Instant,
): { rule: ResolvedRule; verdict: Verdict } {
  const site = sites.find(({ id }) => id === item.site);
  if (!site)
    return { rule, verdict: { rule: rule.rule.id, outcome: 'not-applicable', problems: [], missing: [] } };
  // Channels give times to the second.
  const published =
    item.published === undefined ? {} : { published: Math.floor(item.published / 1000) * 1000 };
  const subject: RepublicationSubject = { site, item: { ...item, ...published } };
  const verdict = applyRule(rule, subject, { now, outputs });
  const problems = verdict.problems.map(problem => ({ ...problem, path: `${problem.path} ${item.id}` }));
  return { rule, verdict: { ...verdict, problems } };
}

async function sampled({ ask, store }: DutyTools): Promise<readonly Item[]> {
  const { body } = await ask(`/feeds/all.json?limit=${SAMPLE}`);
  const { items } = JSON.parse(body) as { items: readonly { id: string }[] };
  // What left view between the two reads is nobody's fault.
  const found = await store.items.byIds(items.map(({ id }) => id));
  return found.filter(({ visibility }) => visibility === 'RELEASED');
}

async function factsOfWhole(tools: DutyTools, now: Instant): Promise<Partial<RepublicationFacts>> {
  const { ask, store } = tools;
  const form = await ask('/feedback');
  const tickets = await store.records.find('complaint', { first: 100 });
  const downstream = await readDownstream(tools, now);
  const [order] = (await store.records.find('takedown', { first: 50 })).filter(
    ({ document }) => document.sender !== undefined,
  );
  return {
    servedIds: await stillServed(tools),
    retention: await readRetention(tools, now),
    complaints: {
      formStatus: form.status,
      testTicketAccepted: form.status === 200 && form.body.includes('name="text"'),
      tickets: tickets.map(({ document: { receivedAt, decision, decidedAt } }) => ({
        receivedAt,
        ...(decision !== undefined && { decision }),
        ...(decidedAt !== undefined && { decidedAt }),
      })),
    },
    ...(downstream && { downstream }),
    ...(order && {
      order: {
        ...order.document,
        ...(order.document.reference !== undefined && { legalReference: order.document.reference }),
        scope: order.document.items.join(', '),
        removedAt: { all: order.document.removedAt },
        // The removal's own row, and each consumer's.
        receipts:
          1 + (order.document.consumers ?? []).filter(({ receipt }) => receipt === 'confirmed').length,
        cameBack: (await store.items.byIds(order.document.items)).some(
          ({ visibility }) => visibility === 'RELEASED',
        ),
      },
    }),
  };
}

/** Withdrawn and hidden items that some channel still shows. */
async function stillServed({ ask, store }: DutyTools): Promise<RepublicationFacts['servedIds']> {
  const gone = (await store.changes.tombstones(GONE)).map(({ item }) => item);
  if (gone.length === 0) return [];
  const feeds = await Promise.all(
    ['atom', 'rss', 'json'].map(async ending => ({
      channel: ending,
      body: (await ask(`/feeds/all.${ending}?limit=500`)).body,
    })),
  );
  const served = feeds.flatMap(({ channel, body }) =>
    gone.filter(id => shows(body, channel, id)).map(item => ({ channel, item, why: 'in the feed' })),
  );
  for (const item of gone.slice(0, 20)) {
    const { status } = await ask(`/items/${item}`);
    if (status < 400) served.push({ channel: 'html', item, why: `answers ${status}` });
  }
  // What came back meanwhile is no fault.
  const back = new Set(
    (await store.items.byIds(gone)).filter(({ visibility }) => visibility === 'RELEASED').map(({ id }) => id),
  );
  return served.filter(({ item }) => !back.has(item));
}

function shows(body: string, channel: string, id: string): boolean {
  if (channel === 'json')
    return (JSON.parse(body) as { items: { id: string }[] }).items.some(item => item.id === id);
  return body.includes(channel === 'atom' ? `<id>${id}</id>` : `>${id}</guid>`);
}

async function readRetention(
  { store, federation, sealing }: DutyTools,
  now: Instant,
): Promise<RepublicationFacts['retention']> {
  const [first] = await store.ledger.since(0, 1);
  const runningDays = first ? Math.floor((now - first.at) / DAY) : 0;
  return {
    contentDays: federation.evidenceDays ?? 90,
    processingLogDays: runningDays,
    // Kept by whoever runs us (journal, container log): nothing here says that it is too short.
    systemLogDays: runningDays,
    runningDays,
    chainVerified: await isChained(store),
    sealedCopies: sealing,
    // Until a restore is recorded, the time to try one runs from the first row.
    lastRestoreTest: (await lastRestore(store, now)) ?? first?.at ?? now,
  };
}

/** When an archive was last restored, in earnest or as a test. */
async function lastRestore(store: Store, now: Instant): Promise<Instant | undefined> {
  const types = ['restore.tested', 'store.restored'] as const;
  let last: Instant | undefined;
  for (let after = 0; ; ) {
    const page = await store.ledger.ofTypes({ types, from: 0, to: now + 1, after, limit: 500 });
    const end = page.at(-1);
    if (!end) return last;
    last = end.at;
    after = end.seq;
  }
}

/** The newest rows, each against the one before; the whole is verified by `ledger check`. */
async function isChained(store: Store): Promise<boolean> {
  const head = (await store.ledger.head())?.seq ?? 0;
  const rows = await store.ledger.since(Math.max(0, head - NEWEST_ROWS), NEWEST_ROWS);
  return rows.every(({ seq, text, previous, hash }, index) => {
    const before = rows[index - 1];
    return (
      linkHash(previous, seq, text) === hash &&
      (!before || (before.hash === previous && before.seq + 1 === seq))
    );
  });
}

/** Whom the last take-down of the item concerned, and when each confirmed. */
async function consumersOf(store: Store, item: string) {
  const takedowns = await store.records.find('takedown', { first: 50 });
  const own = takedowns.find(({ document }) => document.items.includes(item));
  return (own?.document.consumers ?? []).map(({ subscription, receipt, at }) => ({
    id: subscription,
    ...(receipt === 'confirmed' && { acknowledgedAt: at ?? own?.document.removedAt ?? 0 }),
  }));
}

async function readDownstream({ ask, store, federation }: DutyTools, now: Instant) {
  const [last] = await store.changes.tombstones(1);
  if (!last) return undefined;
  const [item, atom] = await Promise.all([ask(`/items/${last.item}`), ask('/feeds/all.atom')]);
  return {
    at: last.at,
    ...(atom.body.includes(last.item) && { entryInFeedsAt: Math.min(last.at, now) }),
    entryKeptDays: federation.tombstoneDays,
    itemStatus: item.status,
    cachesPurgedAt: last.at,
    subscribers: await consumersOf(store, last.item),
  };
}
