import type { ResolvedRule } from '../../schemas/rules/apply-rule.ts';
import type { Need } from '../../schemas/rules/facts.ts';
import { CONFIDENCES } from '../../schemas/rules/words.ts';
import { scoreOf } from '../../schemas/score.ts';
import type { Bilingual } from '../../schemas/text.ts';
import { type Folded, joinFolded, joinOutcomes, type Outcome } from './fold.ts';
import type { CheckReport, NamedRule, ReportedProblem, UnknownRule } from './report.ts';

type Judged = Pick<CheckReport, 'problems' | 'folded' | 'score' | 'unknown' | 'met'>;

/**
 * Judgements of the site, its feeds and pages as one: each rule counts once, unmet as soon as one subject doesn't meet
 * it. Rules that nothing was judged by are unknown; those that don't apply to this kind of site are left out.
 */
export function buildReport(
  judgements: readonly { readonly folded: readonly Folded[]; readonly outcomes: readonly Outcome[] }[],
  rules: readonly ResolvedRule[],
): Judged {
  const outcomes = new Map(
    joinOutcomes(judgements.map(({ outcomes: some }) => some)).map(one => [one.rule, one]),
  );
  const folded = joinFolded(judgements.map(({ folded: some }) => some));
  const byId = new Map(rules.map(resolved => [resolved.rule.id, resolved]));
  const problems = folded.flatMap(one => {
    const resolved = byId.get(one.rule);
    return resolved ? [reported(one, resolved)] : [];
  });
  const hasItems = rules.some(({ rule }) => rule.scope === 'item' && outcomes.has(rule.id));
  const judged = rules
    .map(resolved => ({ resolved, outcome: outcomes.get(resolved.rule.id) }))
    // Items without a single picture, film or sound: nothing is asked of media.
    .filter(({ resolved, outcome }) => outcome !== undefined || !hasItems || resolved.rule.scope !== 'media');
  return {
    problems: problems.toSorted(bySeverity),
    folded: problems.reduce((sum, { count, places }) => sum + Math.max(0, count - places.length), 0),
    score: scoreOf(
      judged.map(({ resolved, outcome }) => ({
        severity: severityOf(resolved, problems),
        outcome: outcome?.outcome ?? 'unknown',
      })),
    ),
    unknown: judged
      .filter(({ outcome }) => outcome === undefined || outcome.outcome === 'unknown')
      .map(({ resolved, outcome }) => unknownOf(resolved, outcome)),
    met: judged.filter(({ outcome }) => outcome?.outcome === 'met').map(({ resolved }) => named(resolved)),
  };
}

/** A rule of which only lighter findings were made weighs as these. */
function severityOf({ rule, severity }: ResolvedRule, problems: readonly ReportedProblem[]) {
  const own = problems.filter(problem => problem.rule === rule.id);
  return own.length > 0 && own.every(problem => problem.severity === 'should') ? 'should' : severity;
}

function bySeverity(a: ReportedProblem, b: ReportedProblem): number {
  const weight = ({ severity, consequence }: ReportedProblem) =>
    (severity === 'must' ? 0 : 2) + (consequence === 'score' ? 1 : 0);
  return weight(a) - weight(b) || b.count - a.count;
}

function named({ rule, severity }: ResolvedRule): NamedRule {
  return { rule: rule.id, title: rule.title, severity };
}

function reported(folded: Folded, resolved: ResolvedRule): ReportedProblem {
  const { rule, clauses } = resolved;
  return {
    rule: rule.id,
    title: rule.title,
    severity: folded.severity,
    consequence: folded.consequence,
    message: folded.message,
    count: folded.count,
    places: folded.places,
    clauses: clauses.map(clause => ({ ...clause, confidenceWords: CONFIDENCES[clause.confidence] })),
    remedy: rule.remedy,
    ...(rule.example !== undefined && { example: rule.example }),
    ...(rule.caveat && { caveat: rule.caveat }),
  };
}

function unknownOf(resolved: ResolvedRule, outcome: Outcome | undefined): UnknownRule {
  const missing = outcome?.missing ?? [];
  const words = missing.flatMap(need => WHY[need] ?? []);
  return { ...named(resolved), missing, why: words[0] ?? OTHERWISE };
}

const OTHERWISE: Bilingual = {
  vi: 'Lần kiểm tra này không có đủ dữ kiện.',
  en: 'This check did not have what is needed to tell.',
};

const WHY: Partial<Record<Need, Bilingual>> = {
  homepage: { vi: 'Không đọc được trang chủ.', en: 'The home page could not be read.' },
  page: { vi: 'Không đọc được trang bài nào.', en: 'No article page could be read.' },
  previousPage: {
    vi: 'Cần xem trang hai lần, cách nhau một thời gian.',
    en: 'The page has to be seen twice, some time apart.',
  },
  latestPages: { vi: 'Không đọc được trang bài nào.', en: 'No article page could be read.' },
  portalHost: {
    vi: 'Không biết Cổng của Bộ mà trang này thuộc về.',
    en: 'The portal this site belongs to is not known.',
  },
  portalPages: {
    vi: 'Chưa xem hết các trang của Cổng trong phạm vi hai lần bấm.',
    en: 'Not all pages of the portal within two clicks were seen.',
  },
  registry: {
    vi: 'Cần hồ sơ của trang trong tệp liên thông.',
    en: "Needs the site's record in the federation file.",
  },
  dns: { vi: 'Không hỏi được bản ghi DNS.', en: 'DNS could not be asked.' },
  tls: { vi: 'Không thử được kết nối https.', en: 'An https connection could not be tried.' },
  performance: { vi: 'Cần công cụ đo tải trang.', en: 'Needs a tool that measures page loads.' },
  outages: { vi: 'Cần nhật ký dừng hệ thống.', en: 'Needs the record of outages.' },
  pressReposts: { vi: 'Cần tin của 30 ngày.', en: 'Needs 30 days of items.' },
  goneItems: {
    vi: 'Cần theo dõi những tin đã gỡ.',
    en: 'Needs items that were removed, followed over time.',
  },
  longestPollGap: { vi: 'Cần lịch thu tin của trang này.', en: "Needs this site's harvests." },
  linkSights: {
    vi: 'Cần thử các liên kết hai lần, cách nhau 24 giờ.',
    en: 'Links have to be tried twice, 24 hours apart.',
  },
  document: { vi: 'Không đọc được luồng tin.', en: 'No feed could be read.' },
};
