import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { badDeprecations, unexplained } from './schema-changes.ts';

const BEFORE = buildSchema(`
  enum Mood { GOOD BAD }
  type Item { id: ID! title: String note(long: Boolean): String mood: Mood }
  type Query { item(id: ID): Item items(first: Int): [Item!]! }
`);
const changed = (from: string, to: string) =>
  buildSchema(
    `enum Mood { GOOD BAD } type Item { id: ID! title: String note(long: Boolean): String mood: Mood }
     type Query { item(id: ID): Item items(first: Int): [Item!]! }`.replace(from, to),
  );

describe('a change of the API', () => {
  it.each([
    ['a field', 'title: String ', '', 'Item.title was removed.'],
    ['a value', 'GOOD BAD', 'GOOD', 'BAD was removed from enum type Mood.'],
    ['an argument', 'note(long: Boolean)', 'note', 'Item.note arg long was removed.'],
    ['a type of a field', 'id: ID!', 'id: ID', 'Item.id changed type from ID! to ID.'],
    ['a demand', 'item(id: ID)', 'item(id: ID!)', 'Query.item arg id has changed type from ID to ID!.'],
  ])('that takes %s away needs a record that names it', (_what, from, to, words) => {
    const after = changed(from, to);
    expect(unexplained(BEFORE, after, 'A record about something else.')).toEqual([words]);
    expect(unexplained(BEFORE, after, `# Why\n\n- \`${words}\` because …`)).toEqual([]);
  });

  it.each([
    ['a field', 'title: String', 'title: String more: Int'],
    ['an argument', 'item(id: ID)', 'item(id: ID, link: String)'],
    ['a promise', 'title: String', 'title: String!'],
  ])('that adds %s needs none', (_what, from, to) => {
    expect(unexplained(BEFORE, changed(from, to), '')).toEqual([]);
  });
});

describe('what is deprecated', () => {
  const withReason = (reason: string) =>
    buildSchema(`
      type Item { id: ID! old: String @deprecated(reason: ${JSON.stringify(reason)}) title: String }
      type Query { item: Item }
    `);

  it.each([
    '2026-11-27: use `title`. Goes after 2027-05-27.',
    '2026-11-27: use `Item.title`. It was never filled. Goes after 2027-06-01.',
  ])('says since when, what instead and until when: %s', reason => {
    expect(badDeprecations(withReason(reason))).toEqual([]);
  });

  it.each([
    ['No longer supported', /is written like/],
    ['2026-11-27: use title. Goes after 2027-05-27.', /is written like/],
    ['2026-11-27: use `nothing`. Goes after 2027-05-27.', /no nothing to use/],
    ['2026-11-27: use `title`. Goes after 2027-05-01.', /180 days/],
  ])('is refused with a reason like: %s', (reason, words) => {
    expect(badDeprecations(withReason(reason))).toEqual([expect.stringMatching(words)]);
  });

  it('is looked for in arguments, values and input fields too', () => {
    const schema = buildSchema(`
      enum E { A @deprecated B }
      input I { a: Int @deprecated b: Int }
      type Query { f(a: Int @deprecated, b: Int, i: I): E }
    `);
    expect(badDeprecations(schema).map(text => text.replace(/: .*/s, ''))).toEqual([
      'E.A',
      'I.a',
      'Query.f(a)',
    ]);
  });
});
