import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { idOf } from '../e2e/seed.ts';
import { OPERATOR, type SeededGraph } from '../e2e/seeded-graph.ts';

const TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e%_*"\'\\',
  '"',
  '""',
  'AND OR NOT NEAR( * ^',
  'x'.repeat(5000),
  '__proto__',
  'W10', // base64url of []
  idOf('cong', 'bai-0'),
];
const SCALARS: Readonly<Record<string, readonly unknown[]>> = {
  Int: [0, -1, -2147483648, 2147483647],
  Float: [0, -1, Number.MAX_VALUE],
  Boolean: [true, false],
  String: TEXTS,
  ID: [...TEXTS, 7],
  URL: ['http://x', `https://[::1]:1/${'%'.repeat(50)}`, 'https://xn--.vn/\u0000', 'HTTP://A.B/..//\\?#'],
  DateTime: ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999999999+14:00', '2026-02-30T25:61:61Z'],
};

/** Values of the type that its author may not have thought of; a few for each, none more than two levels deep. */
function oddValues(type: GraphQLInputType, deep = 0): readonly unknown[] {
  if (isNonNullType(type)) return oddValues(type.ofType, deep).filter(value => value !== null);
  if (isListType(type)) {
    const inner = oddValues(type.ofType, deep + 1).filter(value => value !== null);
    return [null, [], ...inner.map(value => [value]), [inner[0], inner[0]]];
  }
  if (isEnumType(type)) return [null, ...type.getValues().map(({ name }) => name)];
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const base = Object.fromEntries(
      fields
        .filter(({ type: own }) => isNonNullType(own))
        .map(field => [field.name, oddValues(field.type, deep + 1)[0]]),
    );
    const odd = fields.flatMap(field =>
      deep > 1 ? [] : oddValues(field.type, deep + 1).map(value => ({ ...base, [field.name]: value })),
    );
    return [null, base, ...odd];
  }
  return [null, ...(SCALARS[getNamedType(type).name] ?? [])];
}

/** As little as its type lets one ask: leaves without arguments, or the type's name. */
function selection({ type }: GraphQLField<unknown, unknown>): string {
  return isLeafType(getNamedType(type)) ? '' : '{ __typename }';
}

interface Odd {
  readonly source: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

function oddOperations(root: 'query' | 'mutation', field: GraphQLField<unknown, unknown>): readonly Odd[] {
  const usual = Object.fromEntries(
    field.args
      .filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined)
      .map(({ name, type }) => [name, oddValues(type).at(-1)]),
  );
  return field.args.flatMap(({ name, type }) =>
    oddValues(type).map(value => {
      const variables = { ...usual, [name]: value };
      const given = field.args.filter(argument => argument.name in variables);
      const head = given.map(argument => `$${argument.name}: ${argument.type}`).join(', ');
      const call = given.map(argument => `${argument.name}: $${argument.name}`).join(', ');
      return { source: `${root}(${head}) { ${field.name}(${call}) ${selection(field)} }`, variables };
    }),
  );
}

/** Whatever a value of its type is, no argument makes our fault of an asker's: on either engine. */
export function oddArgumentsConform(open: () => Promise<SeededGraph>): void {
  let seeded: SeededGraph;
  beforeAll(async () => {
    seeded = await open();
  });
  afterAll(() => seeded.close());

  it.each(['query', 'mutation'] as const)('no argument of a %s makes it our fault', async root => {
    const { graph, world } = seeded;
    const type = root === 'query' ? graph.schema.getQueryType() : graph.schema.getMutationType();
    const fields = Object.values(type?.getFields() ?? {}).filter(({ args }) => args.length > 0);
    const operations = fields.flatMap(field => oddOperations(root, field));
    expect(operations.length).toBeGreaterThan(100);
    const faults: string[] = [];
    for (const { source, variables } of operations) {
      const { result } = await graph.answer({ source, variables, rights: OPERATOR, mayWrite: true });
      for (const { message, extensions } of result.errors ?? []) {
        if (extensions?.code === 'INTERNAL' || extensions?.code === undefined)
          faults.push(`${source} ${JSON.stringify(variables).slice(0, 200)}: ${message}`);
      }
    }
    const why = world.told
      .filter(({ level }) => level === 'error')
      .map(({ data }) => String(Object.values(data)[0]));
    expect([...new Set(faults)].slice(0, 20)).toEqual([]);
    expect(why).toEqual([]);
  });

  it('a field within takes them too', async () => {
    for (const days of [0, -1, 401, 2147483647]) {
      const { errors } = await seeded.ask(`{ sites { compliance { history(days: ${days}) { day } } } }`, {
        rights: OPERATOR,
      });
      expect(errors[0].extensions).toMatchObject({ code: 'BAD_INPUT', allowed: [1, 400] });
    }
  });
}
