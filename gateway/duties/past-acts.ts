import type { Instant } from '../../schemas/instant.ts';
import type { LedgerEvent, LedgerType } from '../../schemas/ledger.ts';
import { applyRule, type ResolvedRule, type Verdict } from '../../schemas/rules/apply-rule.ts';
import type { Correction, Removal } from '../../schemas/rules/republication-facts.ts';
import type { RepublicationSubject } from '../../schemas/rules/subject.ts';
import type { Site } from '../../schemas/site.ts';
import type { Store } from '../store/store.ts';

const DAY = 24 * 60 * 60_000;
/** Acts of this long ago are judged again at each look; older ones stand in the month's table. */
const LOOKED_BACK = DAY;
const MOST = 500;

type Told = LedgerEvent & { readonly at: Instant };
interface Judged {
  readonly rule: ResolvedRule;
  readonly verdict: Verdict;
}

/** Whether yesterday's and today's removals and corrections were in time, from the ledger alone: rules 53 and 55. */
export async function judgePastActs(
  store: Store,
  rules: readonly ResolvedRule[],
  sites: readonly Site[],
  now: Instant,
): Promise<Judged[]> {
  const [removed, corrected] = await Promise.all([
    read(store, 'item.removed', now),
    read(store, 'item.corrected', now),
  ]);
  const corrections = await Promise.all(corrected.map(row => correctionOf(store, row)));
  return rules.flatMap(rule => {
    if (rule.rule.id === 'republish-takedown')
      return removed.flatMap(row => judge(rule, row, sites, now, { removal: removalOf(row) }));
    if (rule.rule.id === 'republish-correction')
      return corrected.flatMap((row, index) => {
        const correction = corrections[index];
        return correction ? judge(rule, row, sites, now, { correction }) : [];
      });
    return [];
  });
}

async function read(store: Store, type: LedgerType, now: Instant): Promise<Told[]> {
  const span = { types: [type], from: now - LOOKED_BACK, to: now + DAY, after: 0, limit: MOST };
  return (await store.ledger.ofTypes(span)).map(({ text }) => JSON.parse(text) as Told);
}

function judge(
  rule: ResolvedRule,
  row: Told,
  sites: readonly Site[],
  now: Instant,
  facts: { readonly removal: Removal | undefined } | { readonly correction: Correction },
): Judged[] {
  const site = sites.find(({ id }) => id === row.site);
  if (!site || ('removal' in facts && facts.removal === undefined)) return [];
  const subject: RepublicationSubject = { site };
  const verdict = applyRule(rule, subject, { now, ...(facts as { readonly correction: Correction }) });
  const problems = verdict.problems.map(problem => ({
    ...problem,
    path: `${problem.path} ${row.item ?? ''}`,
  }));
  return [{ rule, verdict: { ...verdict, problems } }];
}

/** Only removals that followed the source say when it was last seen there. */
function removalOf({ details = {}, at }: Told): Removal | undefined {
  if (typeof details.lastSeen !== 'number') return undefined;
  // Our channels are derived from one commit: what left one left all.
  return { verdict: 'removed', lastSeen: details.lastSeen, fullText: true, removedAt: { all: at } };
}

async function correctionOf(store: Store, { details = {}, item, at }: Told): Promise<Correction | undefined> {
  if (typeof details.correctedBy !== 'string') return undefined;
  const [right] = await store.items.byIds([details.correctedBy]);
  const isOut = right?.visibility === 'RELEASED';
  return {
    detectedAt: at,
    ...(item !== undefined && { replaces: item }),
    falseWithdrawnAt: at,
    ...(right?.released !== undefined && { releasedAt: Math.max(right.released, at) }),
    reachBefore: ['all'],
    reachNow: isOut ? ['all'] : [],
  };
}
