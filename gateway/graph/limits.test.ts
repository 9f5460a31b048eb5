import { describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery, parse } from 'graphql';
import { LIMITS, newBudget, requireModest, requireModestVariables, requirePageSize } from './limits.ts';

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nested = (depth: number) => `${'{ a '.repeat(depth)}${'}'.repeat(depth)}`;
/** Each fragment names the one before twice: 2^n fields in n lines. */
const bomb = (levels: number) =>
  `{ ...F${levels} } fragment F0 on T { a } ${times(levels, n => `fragment F${n + 1} on T { b { ...F${n} } c { ...F${n} } }`)}`;

describe('an operation', () => {
  it.each([
    ['aliases', `{ ${times(LIMITS.aliases + 1, n => `a${n}: a`)} }`],
    ['rootFields', `{ ${times(LIMITS.rootFields + 1, n => `f${n}`)} }`],
    ['depth', nested(LIMITS.depth + 1)],
    ['depth', `{ ...F } fragment F on T ${nested(LIMITS.depth + 1)}`],
    ['fields', bomb(11)],
    ['fields', `{ a { ${times(LIMITS.fields, n => `f${n}`)} } }`],
  ])('is refused beyond its %s', (limit, source) => {
    expect(() => requireModest(parse(source))).toThrow(
      expect.objectContaining({
        code: 'LIMIT_EXCEEDED',
        data: { limit, asked: expect.any(Number), allowed: LIMITS[limit as keyof typeof LIMITS] },
      }),
    );
  });

  it.each([
    ['at the bound of depth', nested(LIMITS.depth)],
    ['at the bound of aliases', `{ r { ${times(LIMITS.aliases, n => `a${n}: a`)} } }`],
    [
      'with a cycle of fragments, which validation refuses',
      '{ ...A } fragment A on T { a { ...B } } fragment B on T { ...A }',
    ],
    ['that introspects everything', getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true })],
  ])('passes %s', (_name, source) => {
    expect(() => requireModest(parse(source))).not.toThrow();
  });

  it('is measured once a fragment, however they multiply', () => {
    // Expanded, these would be 2^100 fields: the test would not come back.
    expect(() => requireModest(parse(bomb(100)))).toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED' }),
    );
  });
});

describe('variables', () => {
  const many = (count: number) => Array.from({ length: count }, () => 'x');
  it.each([
    ['a list', { list: many(LIMITS.variableValues) }],
    ['lists in lists', { list: JSON.parse(`${'['.repeat(9000)}${']'.repeat(9000)}`) }],
    ['many variables', Object.fromEntries(many(LIMITS.variableValues + 1).map((x, i) => [`v${i}`, x]))],
  ])('are refused beyond what is allowed: %s', (_name, variables) => {
    expect(() => requireModestVariables(variables)).toThrow(
      expect.objectContaining({
        code: 'LIMIT_EXCEEDED',
        data: { limit: 'variableValues', asked: expect.any(Number), allowed: LIMITS.variableValues },
      }),
    );
  });

  it.each([{ a: '\0' }, { a: { b: ['x\0y'] } }])('with U+0000 are refused: %j', variables => {
    expect(() => requireModestVariables(variables)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
    const source = `{ a(b: ${JSON.stringify(variables.a).replaceAll('"b"', 'b')}) }`;
    expect(() => requireModest(parse(source))).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });

  it('pass at the bound', () => {
    expect(() => requireModestVariables({ list: many(LIMITS.variableValues - 1) })).not.toThrow();
    expect(() => requireModestVariables({})).not.toThrow();
  });
});

describe('a page size', () => {
  it.each([0, -1, 101])('of %i is refused with what is allowed', first => {
    expect(() => requirePageSize(first)).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', data: { argument: 'first', allowed: [1, 100] } }),
    );
  });

  it.each([
    [1, 1],
    [100, 100],
    [null, 20],
    [undefined, 20],
  ])('of %p is %i', (first, size) => {
    expect(requirePageSize(first)).toBe(size);
  });
});

describe('a budget', () => {
  it('is spent by all lists of an operation together, and by no other operation', () => {
    const budget = newBudget();
    for (let page = 0; page < LIMITS.items / 100; page++) budget.spend(100);
    expect(() => budget.spend(1)).toThrow(
      expect.objectContaining({
        code: 'LIMIT_EXCEEDED',
        data: { limit: 'items', asked: LIMITS.items + 1, allowed: LIMITS.items },
      }),
    );
    expect(() => newBudget().spend(LIMITS.items)).not.toThrow();
  });
});
