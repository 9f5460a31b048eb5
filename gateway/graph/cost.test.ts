import { describe, expect, it } from '@jest/globals';
import { type DocumentNode, getIntrospectionQuery, getOperationAST, parse } from 'graphql';
import { MOST_EXPENSIVE } from '../../schemas/prices.ts';
import { costOf } from './cost.ts';

function priceOf(source: string, variables = {}) {
  const document: DocumentNode = parse(source);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('There is no operation.');
  return costOf(document, operation, variables);
}

describe('the price of', () => {
  it.each([
    ['{ items { nodes { id } } }', 10 + 20, 20],
    ['{ items(first: 5) { nodes { id title } pageInfo { endCursor } } }', 10 + 5 + 1, 5],
    ['{ items(first: 5) { edges { node { site { name } } } } }', 10 + 5 * 3, 5],
    ['{ items(first: 5) { nodes { own { __typename } } } }', 10 + 5 * 6, 5],
    ['{ items(first: 5, filter: { text: "x" }) { nodes { id } } }', 10 + 20 + 5, 5],
    ['query($f: ItemFilter) { items(first: 5, filter: $f) { nodes { id } } }', 10 + 5, 5],
    [
      '{ search(query: "x", first: 2) { facets { sites { id } } edges { highlight { title } } } }',
      30 + 51 + 4,
      2,
    ],
    ['{ changes { changes { item { id } } } }', 10 + 200, 100],
    ['{ changes(first: 1000) { cursor } }', 10, 1000],
    ['{ sites { freshness { checkedAt } } }', 10 + 20, 0],
    ['{ site(id: "x") { name } }', 10, 0],
    ['{ __typename }', 0, 0],
    ['{ __schema { types { fields { name } } } }', 10 + 100 * 2, 0],
    ['{ __type(name: "Item") { fields { name } } }', 10 + 20, 0],
    ['{ problems { nodes { path } } }', 10 + 20, 20],
    ['{ items(first: 5) { nodes { problems { path } } } }', 10 + 5 * 21, 5],
    ['{ sites { compliance { history { day } } } }', 10 + 20 * 21, 0],
    ['{ a: items(first: 3) { nodes { id } } b: items(first: 4) { nodes { id } } }', 13 + 14, 7],
    [
      '{ ...R } fragment R on Query { items(first: 3) { ...P } } fragment P on ItemConnection { nodes { id } }',
      13,
      3,
    ],
    ['{ items(first: 3) { nodes { ... on Item { site { name } } } } }', 10 + 6, 3],
    ['{ items(first: -5) { nodes { id } } }', 10, 0],
    ['{ items(first: 100000) { nodes { id } } }', 10 + 100, 100],
    ['mutation { pause(source: "x/y") { name } }', 10, 0],
  ])('%s', (source, price, items) => {
    expect(priceOf(source)).toEqual({ price, items });
  });

  it.each([
    [{}, 7],
    [{ n: 50 }, 50],
    [{ n: null }, 20],
    [{ n: 1e9 }, 100],
    [{ n: 'x' }, 20],
    [{ n: Number.NaN }, 20],
    [{ constructor: 3 }, 7],
  ])('a page whose size is a variable: %j', (variables, size) => {
    expect(priceOf('query($n: Int = 7) { items(first: $n) { nodes { id } } }', variables)).toEqual({
      price: 10 + size,
      items: size,
    });
  });

  it('the whole schema: affordable once, not twice', () => {
    const whole = getIntrospectionQuery({
      inputValueDeprecation: true,
      oneOf: true,
      schemaDescription: true,
    });
    const { price } = priceOf(whole);
    expect(price).toBeLessThan(MOST_EXPENSIVE);
    expect(2 * price).toBeGreaterThan(MOST_EXPENSIVE);
  });

  it('a filter in a variable, with and without words', () => {
    const source = 'query($f: ItemFilter) { items(first: 1, filter: $f) { nodes { id } } }';
    expect([
      priceOf(source, { f: { text: 'x' } }).price,
      priceOf(source, { f: { sites: [] } }).price,
    ]).toEqual([31, 11]);
  });
});
