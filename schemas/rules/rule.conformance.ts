import { describe, expect, it } from '@jest/globals';
import { applyRule, asWritten } from './apply-rule.ts';
import type { Facts, Need } from './facts.ts';
import { garbageFacts, garbageSubjects, PLANTED } from './garbage.example.ts';
import type { Finding, ParameterValue, Rule } from './rule.ts';
import type { Scope, Subjects } from './subject.ts';

/** What a finding's path may begin with, by scope. */
const PLACES: Readonly<Record<Scope, RegExp>> = {
  site: /^(?:homepage|pages\[\d+\]|portalPages|host|dns|tls|registry|endpoints|performance|outages\[\d+\]|latestPages|pressReposts)(?:[.[]|$)/,
  feed: /^(?:document|feed|url|entries\[\d+\]|homepageNews\[\d+\]|goneItems\[\d+\])(?:[.[]|$)/,
  item: /^(?:title|summary|content|link|authors|published|updated|attribution|origin|canonicalLink|page|media\[\d+\]|attachments\[\d+\])(?:[.[]|$)/,
  media: /^(?:media\[\d+\]|picture|content\.img\[\d+\])(?:\.|$)/,
  republication:
    /^(?:publication|agreement|wording|outputs|removal|order|correction|servedIds\[\d+\]|limits|retention|complaints|downstream)(?:[.[]|$)/,
};

type Row<S extends Scope> = readonly [name: string, subject: Subjects[S], given: Partial<Facts>];
export interface Table<S extends Scope> {
  readonly accept: readonly Row<S>[];
  /** The last column: path of every finding, in order; with ` → hold` where the rule is split. */
  readonly reject: readonly (readonly [...Row<S>, readonly string[]])[];
  readonly unknown?: readonly Row<S>[];
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
}

/** A rule's own table, and what every rule must pass. */
export function describeRule<S extends Scope, N extends Need, U extends Need>(
  rule: Rule<S, N, U>,
  { accept, reject, unknown = [], parameters = {} }: Table<S>,
): void {
  const known: Rule = rule;
  const resolved = { ...asWritten(known), parameters: { ...asWritten(known).parameters, ...parameters } };
  const judge = (subject: Subjects[S], given: Partial<Facts>) =>
    applyRule(resolved, frozen(subject), frozen(given));

  describe(rule.id, () => {
    it.each(accept)('accepts %s', (_name, subject, given) => {
      expect(judge(subject, given)).toEqual({ rule: rule.id, outcome: 'met', problems: [], missing: [] });
    });
    it.each(reject)('rejects %s', (_name, subject, given, paths) => {
      const { problems } = judge(subject, given);
      expect(problems.map(problem => shown(problem, rule))).toEqual(paths);
      for (const problem of problems) expectTold(problem, rule.scope);
    });
    if (unknown.length > 0) {
      it.each(unknown)('cannot tell of %s', (_name, subject, given) => {
        expect(judge(subject, given).outcome).toBe('unknown');
      });
    }
    conformance(rule, [
      ...accept.map(([, subject, given]) => [subject, given] as const),
      ...reject.map(([, subject, given]) => [subject, given] as const),
    ]);
  });
}

function conformance<S extends Scope, N extends Need, U extends Need>(
  rule: Rule<S, N, U>,
  rows: readonly (readonly [Subjects[S], Partial<Facts>])[],
): void {
  const resolved = asWritten(rule);
  it('has rows that accept and reject', () => expect(rows.length).toBeGreaterThanOrEqual(2));

  it('is unknown without any one of its needs', () => {
    const [subject, given] = rows[0] ?? [];
    for (const need of rule.needs) {
      if (subject === undefined) throw new Error('no row');
      const verdict = applyRule(resolved, subject, { ...given, [need]: undefined });
      expect(verdict).toMatchObject({ outcome: 'unknown', missing: [need] });
    }
  });

  it('is pure: frozen subjects, the same answer twice', () => {
    for (const [subject, given] of rows) {
      const [one, two] = [
        applyRule(resolved, frozen(subject), frozen(given)),
        applyRule(resolved, frozen(subject), frozen(given)),
      ];
      expect(one).toEqual(two);
    }
  });

  it('is total on garbage, and repeats no personal data', () => {
    for (const subject of garbageSubjects(rule.scope)) {
      for (const facts of garbageFacts()) {
        const given = Object.fromEntries([...rule.needs, ...rule.uses].map(need => [need, facts[need]]));
        const checked = rule.check(frozen(subject), frozen(given) as Facts, asWritten(rule).parameters);
        if (checked === 'unknown') continue;
        for (const finding of checked) expectTold(finding, rule.scope);
      }
    }
  });
}

function shown(problem: Finding, rule: { readonly consequence: string }): string {
  return problem.consequence === rule.consequence ? problem.path : `${problem.path} → ${problem.consequence}`;
}

function expectTold(finding: Finding, scope: Scope): void {
  expect(finding.path).toMatch(PLACES[scope]);
  expect(finding.message.vi.trim()).not.toBe('');
  expect(finding.message.en.trim()).not.toBe('');
  const said = JSON.stringify([finding.message, finding.data, finding.path]);
  for (const secret of PLANTED) expect(said).not.toContain(secret);
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
