import type { Finding } from './rule.ts';

type Split = Pick<Finding, 'severity' | 'consequence' | 'data'>;

/** A finding in a line: where, what in Vietnamese, what in English, and what is special of it. */
export function found(path: string, vi: string, en: string, split: Split = {}): Finding {
  return { path, message: { vi, en }, ...split };
}

/** No more findings of one rule on one subject than people read; the last one tells how many were left out. */
export function capped(findings: readonly Finding[], most = 50): readonly Finding[] {
  const first = findings[most - 1];
  if (first === undefined || findings.length <= most) return findings;
  const folded = findings.length - most + 1;
  const data = { ...first.data, folded };
  return [...findings.slice(0, most - 1), { ...first, data }];
}
