import { describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery, parse } from 'graphql';
import { LIMITS, newBudget, requireModest, requirePageSize } from './limits.ts';

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

  it('is measured in no time, however its fragments multiply', () => {
    const started = performance.now();
    expect(() => requireModest(parse(bomb(100)))).toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED' }),
    );
    expect(performance.now() - started).toBeLessThan(200);
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
