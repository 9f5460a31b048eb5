import type { Log } from '../../connectors/connector.ts';
import { toCoded } from '../../schemas/errors.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { SiteAudit } from '../../schemas/records.ts';
import type { Rule } from '../../schemas/rules/rule.ts';
import { scoreOf } from '../../schemas/score.ts';
import type { Site } from '../../schemas/site.ts';
import type { ReadingPool } from '../harvest/reading-pool.ts';
import type { Judgement } from '../store/problems.ts';
import type { Kept } from '../store/records.ts';
import type { RequestRow } from '../store/requests.ts';
import type { Store } from '../store/store.ts';
import { type CheckTools, checkSite } from './check-site.ts';
import type { CheckReport, ReportedProblem } from './report.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Requests that one look at a site may cost it: once a day, spaced by a second. */
const MOST_REQUESTS = 16;
const GAP = 1_000;
const TIME = 60_000;
/** A replica that died in the middle leaves the site to others after this long. */
const CLAIM = 5 * MINUTE;
const AFTER_FAILURE = 6 * HOUR;

export interface AuditTools extends Pick<CheckTools, 'gap' | 'resolve' | 'ca'> {
  readonly store: Store;
  readonly federation: Federation;
  readonly rules: readonly Rule[];
  readonly pool: ReadingPool;
  readonly log: Log;
  readonly onRequest?: (row: RequestRow) => void;
  /** Ends the look: the gateway is stopping. */
  readonly signal?: AbortSignal;
}

/**
 * Looks at one site that is due, as a whole: its pages, feeds, certificate and records, once a day. Gives its id; undefined
 * when none is due. Ticked by the scheduler of every replica.
 */
export async function auditDue(tools: AuditTools): Promise<string | undefined> {
  const { store, federation } = tools;
  const site = await claim(store, federation.sites);
  if (!site) return undefined;
  const audit = await auditSite(site, tools).catch((thrown): Looked => {
    const { code, message } = toCoded(thrown);
    return { audit: { requests: 0, milliseconds: 0, failure: { code, message } } };
  });
  // Half a look says nothing of the site: it falls due again in a few minutes.
  if (tools.signal?.aborted) return site.id;
  await store.transaction(async tx => {
    const now = await store.now();
    const due = now + (audit.audit.failure ? AFTER_FAILURE : DAY);
    const before = await tx.records.get('audit', site.id);
    // A look that could not see the certificate says nothing of it.
    const known = before?.document.certificateUntil;
    const document = { ...(known !== undefined && { certificateUntil: known }), ...audit.audit };
    await tx.records.put({ kind: 'audit', id: site.id, site: site.id, at: now, due, document });
    if (!audit.judgement) return;
    await tx.problems.save([audit.judgement]);
    const { problems, score } = audit.judgement;
    tx.ledger.append({
      type: 'site.checked',
      actor: 'gateway',
      site: site.id,
      details: { pack: audit.judgement.pack, problems: problems.length, ...score },
    });
  });
  return site.id;
}

interface Looked {
  readonly audit: SiteAudit;
  readonly judgement?: Judgement;
}

async function claim(store: Store, sites: readonly Site[]): Promise<Site | undefined> {
  const known = new Map(
    (
      await store.records.byIds(
        'audit',
        sites.map(({ id }) => id),
      )
    ).map(one => [one.id, one]),
  );
  const now = await store.now();
  const site = sites.find(({ id }) => (known.get(id)?.due ?? 0) <= now);
  if (!site) return undefined;
  return store.transaction(async tx => {
    const kept = await tx.records.get('audit', site.id);
    if ((kept?.due ?? 0) > now) return undefined;
    const claimed: Kept<'audit'> = {
      kind: 'audit',
      id: site.id,
      site: site.id,
      at: kept?.at ?? now,
      due: now + CLAIM,
      document: kept?.document ?? { requests: 0, milliseconds: 0 },
    };
    await tx.records.put(claimed);
    return site;
  });
}

async function auditSite(site: Site, tools: AuditTools): Promise<Looked> {
  const { federation, rules, pool, log, store, onRequest, gap = GAP, resolve, ca } = tools;
  // What the operator lets us harvest may be looked at too.
  const own = {
    ...federation,
    check: { ...federation.check, allowNetworks: federation.fetch.allowNetworks },
  };
  const report = await checkSite(
    { address: new URL(site.homepage), kind: site.kind, withRecord: true },
    {
      federation: own,
      rules,
      pool,
      log,
      now: Date.now,
      sandbox: false,
      gap,
      time: TIME,
      most: MOST_REQUESTS,
      source: `${site.id}/audit`,
      ...(onRequest && { onRequest }),
      ...(resolve && { resolve }),
      ...(ca !== undefined && { ca }),
    },
    tools.signal,
  );
  const { requests, milliseconds, failure } = report;
  const audit: SiteAudit = {
    requests,
    milliseconds,
    ...(failure && { failure: { code: failure.code, message: failure.message.vi } }),
    ...(report.certificateUntil !== undefined && { certificateUntil: Date.parse(report.certificateUntil) }),
  };
  return { audit, judgement: judgementOf(site, report, rules, await store.now()) };
}

/** Of the report only what is of the site: its items are judged one by one as they come in. */
function judgementOf(site: Site, report: CheckReport, rules: readonly Rule[], at: Instant): Judgement {
  const ofSite = new Set(
    rules
      .filter(({ scope, needs }) => scope === 'site' || scope === 'feed' || needs.includes('page'))
      .map(({ id }) => id),
  );
  const met = report.met.filter(({ rule }) => ofSite.has(rule));
  const unknown = report.unknown.filter(({ rule }) => ofSite.has(rule));
  const unmet = report.problems.filter(({ rule }) => ofSite.has(rule));
  const outcomes = [
    ...met.map(({ severity }) => ({ severity, outcome: 'met' as const })),
    ...unknown.map(({ severity }) => ({ severity, outcome: 'unknown' as const })),
    ...[...new Map(unmet.map(one => [one.rule, one])).values()].map(({ severity }) => ({
      severity,
      outcome: 'unmet' as const,
    })),
  ];
  return {
    subject: 'site',
    id: site.id,
    site: site.id,
    at,
    pack: 'audit',
    score: scoreOf(outcomes),
    met: met.map(({ rule }) => rule),
    unknown: unknown.map(({ rule }) => rule),
    problems: unmet.map(problemOf),
  };
}

function problemOf({
  rule,
  severity,
  message,
  count,
  places,
}: ReportedProblem): Judgement['problems'][number] {
  const [first] = places;
  const path = [first?.document, first?.path].filter(Boolean).join(' ') || rule;
  return { rule, severity, consequence: 'score', path: path.slice(0, 500), message, data: { count } };
}
