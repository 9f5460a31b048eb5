import { describe, expect, it } from '@jest/globals';
import type { ContentSchema } from '../../schemas/federation.ts';
import { seededFederation, UNIT_DOCUMENT } from '../e2e/seed.ts';
import { localSubschemas } from './local-subschemas.ts';
import { refuseConflicts } from './refuse-conflicts.ts';
import { localSubschema } from './subschema.ts';

const federation = seededFederation();
const withContent = (...contentSchemas: ContentSchema[]) =>
  localSubschemas({ federation, connectors: [], contentSchemas });
const content = (type: string, fields: Record<string, string> = { a: 'String' }, name = type) => ({
  name,
  type,
  fields,
});

describe('subschemas that can’t be joined', () => {
  it('refuses two that define one root field, with both names', () => {
    const remote = localSubschema({ id: 'viec-lam', sdl: 'type Query { sites: [String] }', merges: {} }, [], {
      Query: { sites: () => [] },
    });
    expect(() => refuseConflicts([...withContent(UNIT_DOCUMENT), remote])).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        data: { name: 'Query.sites', subschemas: ['items', 'viec-lam'] },
      }),
    );
  });

  it.each(['Site', 'Item', 'Query', 'PageInfo', 'DublinCore', 'PressFields', 'DateTime', 'Own'])(
    'refuses a content schema that calls itself %s',
    type => {
      expect(() => refuseConflicts(withContent(content(type)))).toThrow(
        expect.objectContaining({ code: 'CONFIG_INVALID' }),
      );
    },
  );

  it('refuses two content schemas of one type that differ, and takes one that comes twice', () => {
    expect(() => refuseConflicts(withContent(UNIT_DOCUMENT, content('UnitDocument')))).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    );
    expect(() =>
      refuseConflicts(withContent(UNIT_DOCUMENT, { ...UNIT_DOCUMENT, name: 'again' })),
    ).not.toThrow();
  });

  it.each([
    ['no fields', content('Doc', {})],
    ['the key’s name', content('Doc', { itemId: 'String' })],
    ['a name of GraphQL’s own', content('Doc', { __x: 'String' })],
    ['a type we don’t have', content('Doc', { a: 'Date' })],
    ['a list of lists', content('Doc', { a: '[[String]]' })],
    ['a type’s name that breaks out', content('Doc { x: Int } type Evil')],
    ['a field’s name that breaks out', content('Doc', { 'a: Int } type Evil { b': 'Int' })],
  ])('refuses a content schema with %s', (_name, schema) => {
    expect(() => withContent(schema)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });

  it('joins without any content schema', () => {
    expect(() => refuseConflicts(withContent())).not.toThrow();
  });
});
