import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { rules } from '../schemas/rules/index.ts';
import { checkOverrides, readPack, resolveRules } from './guidelines.ts';

const NOW = Date.parse('2026-11-22T09:00:00+07:00');
const packText = (name: string) =>
  readFileSync(new URL(`./guidelines/${name}.yaml`, import.meta.url), 'utf8');
const pack = (name: string) => readPack(packText(name), `${name}.yaml`, rules);
const small = (lines: string) => `id: x\ntitle: { vi: X, en: X }\nasOf: 2026-07-01\nrules:\n${lines}\n`;
const only = (
  id: string,
  ...more: Parameters<typeof resolveRules> extends [infer A, ...unknown[]] ? [A] : never
) => resolveRules(...more, rules, 'a', NOW).find(({ rule }) => rule.id === id);

describe('the packs of the program', () => {
  it('vn has all sixty as they are written', () => {
    const resolved = resolveRules({ pack: pack('vn') }, rules, 'a', NOW);
    expect(resolved).toHaveLength(60);
    expect(
      resolved.every(({ rule, severity, clauses }) => severity === rule.severity && clauses === rule.clauses),
    ).toBe(true);
  });
  it('vn-2024 cites nothing younger than the decision', () => {
    expect(packText('vn-2024').match(/\/(?:2025|2026)\//g)).toBeNull();
    expect(resolveRules({ pack: pack('vn-2024') }, rules, 'a', NOW).length).toBeGreaterThan(25);
  });
  it('international rests on international practice alone', () => {
    const bases = resolveRules({ pack: pack('international') }, rules, 'a', NOW).flatMap(({ clauses }) =>
      clauses.map(({ basis }) => basis),
    );
    expect(new Set(bases)).toEqual(new Set(['I']));
  });
});

describe('readPack', () => {
  it.each([
    [
      'an unknown rule, with the one meant',
      '  site-htps: {}',
      /x\.yaml:5:3 rules\.site-htps: .*"site-https"/,
    ],
    [
      'an unknown parameter',
      '  site-https: { parameters: { warnDay: 3 } }',
      /x\.yaml:5:\d+ rules\.site-https\.parameters\.warnDay: .*"warnDays"/,
    ],
    [
      'a press delay below sixty',
      '  republish-min-delay: { parameters: { pressMinDelayMinutes: 59 } }',
      /không được dưới 60/,
    ],
    [
      'a severity that is none',
      '  site-https: { severity: strong }',
      /x\.yaml:5:\d+ rules\.site-https\.severity/,
    ],
  ])('refuses %s', (_name, lines, message) => {
    expect(() => readPack(small(lines), 'x.yaml', rules)).toThrow(message);
  });
});

describe('resolveRules', () => {
  it('lets overrides win over the pack, and a rule be switched off or on', () => {
    const overrides = {
      'article-personal-data': { consequence: 'score' as const },
      'site-https': { enabled: false },
      'media-alt': { enabled: true },
    };
    const given = {
      pack: readPack(small('  article-personal-data: {}\n  site-https: {}'), 'x.yaml', rules),
      overrides,
    };
    expect(resolveRules(given, rules, 'a', NOW).map(({ rule }) => rule.id)).toEqual([
      'article-personal-data',
      'media-alt',
    ]);
    expect(only('article-personal-data', given)).toMatchObject({
      consequence: 'score',
      regraded: { consequence: true, severity: false },
    });
  });
  it('shows an exception of this site until it ends', () => {
    const exception = {
      rule: 'site-https',
      site: 'a',
      reason: 'đang chuyển',
      author: 'trực ban',
      until: NOW + 1,
    };
    const given = {
      pack: pack('vn'),
      exceptions: [
        exception,
        { ...exception, rule: 'site-ipv6', until: NOW },
        { ...exception, rule: 'media-alt', site: 'b' },
      ],
    };
    expect([
      only('site-https', given)?.exception,
      only('site-ipv6', given)?.exception,
      only('media-alt', given)?.exception,
    ]).toEqual([exception, undefined, undefined]);
  });
});

it('tells what is wrong with overrides by their path', () => {
  expect(
    checkOverrides({ 'site-https': { severity: 'strong' } }, rules, ['guidelines', 'overrides'])[0]?.at,
  ).toEqual(['guidelines', 'overrides', 'site-https', 'severity']);
  expect(
    checkOverrides({ 'republish-min-delay': { parameters: { pressMinDelayMinutes: 30 } } }, rules),
  ).toHaveLength(1);
});
