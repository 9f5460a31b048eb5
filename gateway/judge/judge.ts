import type { Instant } from '../../schemas/instant.ts';
import type { Draft, Item } from '../../schemas/item.ts';
import type { FullText } from '../../schemas/records.ts';
import type { Republication } from '../../schemas/republication.ts';
import { applyRule } from '../../schemas/rules/apply-rule.ts';
import type { FoundProblem, Judged } from '../../schemas/rules/judged.ts';
import type { RepublicationFacts } from '../../schemas/rules/republication-facts.ts';
import type { RepublicationSubject } from '../../schemas/rules/subject.ts';
import { scoreOf } from '../../schemas/score.ts';
import type { Site } from '../../schemas/site.ts';
import type { Judgement } from '../store/problems.ts';
import { gather } from './judge-items.ts';
import { type PressContext, pressTerms } from './press-terms.ts';
import { type Alike, type RePost, rePostOf } from './re-post.ts';
import type { InForce } from './rules-in-force.ts';
import { trim } from './trim.ts';

/** What judging says of a draft's way out. */
export interface Verdict {
  readonly visibility: 'RELEASED' | 'HELD' | 'WITHDRAWN';
  readonly reason?: string;
  /** For HELD that ends by time. Absent: a person decides. */
  readonly releaseAt?: Instant;
}

/** The whole of a judgement: the draft as the public may see it, and everything that is stored beside it. */
export interface Ruling {
  readonly verdict: Verdict;
  readonly draft: Draft;
  readonly full?: FullText;
  readonly republication?: Republication;
  readonly judgement: Omit<Judgement, 'id'>;
}

export interface JudgeContext extends PressContext {
  readonly site: Site;
  readonly inForce: InForce;
  /** The federation's press sites. */
  readonly papers?: readonly Site[];
  /** The nearest earlier press item, of a new item that no paper wrote. */
  readonly alike?: Alike;
}

const NOT_JUDGED: Judged = { met: [], unknown: [], problems: [], outcomes: [] };
/** Rules of which any problem makes an item the paper's, whose text it is. */
const RE_POST = 'article-source-attribution';
const TO_HEADLINE: readonly string[] = [RE_POST, 'republish-agreement', 'republish-verbatim'];

/**
 * Judges one draft against what is in force: terms of the press, then the consequences of the rules. Pure. The
 * publisher's own word comes first: withheld waits for the publisher, canceled is taken back.
 */
export function judge(draft: Draft, item: Item | undefined, context: JudgeContext): Ruling {
  const judged = draft.judged ?? NOT_JUDGED;
  const rePost =
    draft.siteKind === 'press'
      ? undefined
      : rePostOf(draft, judged.problems, context.papers ?? [], context.alike ?? alikeBefore(item));
  const because = draft.siteKind === 'press' ? 'press' : rePost && 're-post';
  const terms =
    because &&
    withLikeness(pressTerms(draft, item, because, context), rePost, context.alike ?? alikeBefore(item));
  const trimmed = trim(draft, {
    // What only the portal may read is not the public's, and lies beside the item.
    mode: terms === undefined ? 'full-text' : terms.audience === 'portal' ? 'headline-link' : terms.mode,
    forPortal: terms?.audience === 'portal',
    media: mediaToDrop(draft, judged, terms),
  });
  const due = dueAt(terms, item, context);
  const verdict = verdictOf(draft, item, judged, due, context.now);
  const published = judgePublication(draft, trimmed.draft, terms, due, item, context);
  const all = merge(judged, published);
  return {
    verdict,
    draft: rePost ? namingPaper(trimmed.draft, rePost) : trimmed.draft,
    ...(trimmed.full && { full: trimmed.full }),
    ...(terms && { republication: terms }),
    judgement: {
      subject: 'item',
      site: draft.site,
      source: draft.source,
      at: context.now,
      pack: context.inForce.fingerprint,
      score: scoreOf(all.outcomes),
      met: all.met,
      unknown: all.unknown,
      problems: all.problems,
    },
  };
}

/** What was found like a paper's item on arrival is looked for once and stays so. */
function alikeBefore(item: Item | undefined): Alike | undefined {
  const score = item?.republication?.alike;
  if (!item || score === undefined) return undefined;
  const { agency, link } = item.attribution;
  return { score, kind: 'press', agency, link };
}

function withLikeness(
  terms: Republication,
  rePost: RePost | undefined,
  alike: Alike | undefined,
): Republication {
  return rePost?.byLikeness && alike ? { ...terms, alike: alike.score } : terms;
}

/** The paper is named, and the way leads to its page where it is known. */
function namingPaper(draft: Draft, { agency, link }: RePost): Draft {
  const { attribution } = draft;
  const named =
    agency === undefined || attribution.text.includes(agency)
      ? attribution.text
      : `${agency}, ${attribution.text}`;
  return {
    ...draft,
    attribution: {
      ...attribution,
      text: named,
      ...(agency !== undefined && { agency }),
      ...(link !== undefined && { link }),
    },
  };
}

/** Media that a rule trims; of a press item all of them unless the agreement covers media. */
function mediaToDrop(draft: Draft, { problems }: Judged, terms: Republication | undefined): string[] {
  const trimmed = problems.filter(
    ({ consequence, rule }) => consequence === 'trim' && !TO_HEADLINE.includes(rule),
  );
  const places = trimmed.flatMap(
    ({ path }) => /^(?:media\[\d+\]|picture|content\.img\[\d+\])/.exec(path)?.[0] ?? [],
  );
  if (terms === undefined || terms.media) return places;
  const images = (draft.content.match(/<img\b/g) ?? []).map((_, index) => `content.img[${index}]`);
  return [...places, 'picture', ...draft.media.map((_, index) => `media[${index}]`), ...images];
}

/** The minute before which a press item may not go out; what is out already stays out. */
function dueAt(
  terms: Republication | undefined,
  item: Item | undefined,
  { agreement }: PressContext,
): Instant | undefined {
  if (terms === undefined) return undefined;
  const isCorrection = item?.own?.fields.correction !== undefined && agreement?.correctionsAtOnce === true;
  return isCorrection ? undefined : terms.sourceReleased + terms.delay;
}

function verdictOf(
  draft: Draft,
  item: Item | undefined,
  { problems }: Judged,
  due: Instant | undefined,
  now: Instant,
): Verdict {
  if (draft.pubStatus === 'canceled') return { visibility: 'WITHDRAWN', reason: 'withdrawn' };
  if (draft.pubStatus === 'withheld') return { visibility: 'HELD', reason: 'withheld' };
  const removed = problems.find(({ consequence }) => consequence === 'remove' || consequence === 'refuse');
  if (removed) return { visibility: 'WITHDRAWN', reason: 'withdrawn' };
  const held = holding(problems, item);
  if (held !== undefined) return { visibility: 'HELD', reason: `rule:${held}` };
  if (due !== undefined && due > now) return { visibility: 'HELD', reason: 'press-delay', releaseAt: due };
  return { visibility: 'RELEASED' };
}

/** The first rule that keeps the item for a person; one that a person let pass does so again only for more of it. */
function holding(problems: readonly FoundProblem[], item: Item | undefined): string | undefined {
  const counts = holdingCounts(problems);
  return [...counts].find(([rule, count]) => count > (item?.approved?.[rule] ?? 0))?.[0];
}

/** How much each rule that holds has found: what a person lets pass is this much and no more. */
export function holdingCounts(problems: readonly FoundProblem[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, consequence, data } of problems) {
    const found = typeof data?.count === 'number' ? data.count : 1;
    if (consequence === 'hold') counts.set(rule, (counts.get(rule) ?? 0) + found);
  }
  return counts;
}

/** Rules about what the gateway itself does with the item, on what it is about to do. */
function judgePublication(
  source: Draft,
  shown: Draft,
  terms: Republication | undefined,
  due: Instant | undefined,
  item: Item | undefined,
  { site, inForce, now, agreement, lastAbsent }: JudgeContext,
): Judged {
  if (terms === undefined) return NOT_JUDGED;
  const facts: Partial<RepublicationFacts> & { readonly now: Instant } = {
    now,
    publication: {
      releasedAt: Math.max(now, due ?? 0),
      mode: terms.mode,
      media: shown.media.length + (shown.picture ? 1 : 0),
    },
    agreement: agreement
      ? { ...agreement, ...(agreement.delay !== undefined && { delayMinutes: agreement.delay / 60_000 }) }
      : null,
    sourceTime: {
      ...(source.published !== undefined && { declared: source.published }),
      ...(source.judged?.dateOnly && { dateOnly: true }),
      declaredBefore: [],
      firstSeen: item?.firstSeen ?? now,
      ...(!item && lastAbsent !== undefined && { lastAbsent }),
    },
    wording: {
      source: { title: source.title, text: source.contentText },
      released: { title: shown.title, text: shown.contentText },
    },
  };
  const subject: RepublicationSubject = { site, item: shown };
  const asked = inForce.rules.filter(
    ({ rule }) => rule.scope === 'republication' && rule.needs.every(need => need in facts),
  );
  return gather(asked.map(rule => ({ rule, verdict: applyRule(rule, subject, facts) })));
}

function merge(one: Judged, other: Judged): Judged {
  return {
    met: [...one.met, ...other.met],
    unknown: [...one.unknown, ...other.unknown],
    problems: [...one.problems, ...other.problems],
    outcomes: [...one.outcomes, ...other.outcomes],
  };
}
