import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** An operation that nobody thought of. */
export interface RandomOperation {
  readonly source: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface Making {
  readonly schema: GraphQLSchema;
  readonly random: () => number;
  /** Values worth asking for, by the name of their type. */
  readonly values: Readonly<Record<string, readonly unknown[]>>;
  /** `$name: Type` → what is given. */
  readonly variables: Map<string, unknown>;
  readonly fragments: string[];
  /** With `@skip` and `@include`, which half of the operations have. */
  readonly conditional: boolean;
  aliases: number;
}

/** Levels of fields. */
const DEEPEST = 5;

/** A valid query of the schema's own fields, with aliases, variables, fragments, `@skip` and `@include`. */
export function randomOperation(
  schema: GraphQLSchema,
  random: () => number,
  values: Making['values'],
): RandomOperation {
  const making: Making = {
    schema,
    random,
    values,
    variables: new Map(),
    fragments: [],
    conditional: random() < 0.5,
    aliases: 0,
  };
  const query = schema.getQueryType();
  if (!query) throw new Error('A schema without Query.');
  const body = selectionOf(making, query, 0);
  const declared = [...making.variables.keys()];
  const head = declared.length > 0 ? `query (${declared.join(', ')}) ` : 'query ';
  return {
    source: [head + body, ...making.fragments].join('\n'),
    variables: Object.fromEntries(
      [...making.variables].map(([declaration, value]) => [/\w+/.exec(declaration)?.[0] ?? '', value]),
    ),
  };
}

function selectionOf(making: Making, type: GraphQLObjectType, depth: number): string {
  const fields = Object.values(type.getFields()).filter(
    field => depth < DEEPEST || !isCompositeType(getNamedType(field.type)),
  );
  if (fields.length === 0) return '{ __typename }';
  const chosen = Array.from({ length: 1 + below(making, depth === 0 ? 2 : 4) }, () =>
    fieldOf(making, pick(making, fields), depth),
  );
  if (below(making, 6) === 0) chosen.push('__typename');
  return `{ ${spread(making, type.name, chosen).join(' ')} }`;
}

/** Sometimes a part of what is asked stands in a fragment, inline or named. */
function spread(making: Making, type: string, chosen: readonly string[]): readonly string[] {
  const [first = '__typename', ...others] = chosen;
  const how = below(making, 8);
  if (how === 0) return [`... on ${type}${directive(making)} { ${first} }`, ...others];
  if (how > 1) return chosen;
  const name = `F${making.fragments.length}`;
  making.fragments.push(`fragment ${name} on ${type} { ${first} }`);
  return [...others, `...${name}${directive(making)}`];
}

function fieldOf(making: Making, field: GraphQLField<unknown, unknown>, depth: number): string {
  const type = getNamedType(field.type);
  const args = argumentsOf(making, field);
  // Without, the same field may stand twice, and what is asked below it is put together.
  const named = args === '' && below(making, 2) === 0;
  making.aliases += 1;
  const head = `${named ? '' : `a${making.aliases}: `}${field.name}${args}${directive(making)}`;
  if (isObjectType(type)) return `${head} ${selectionOf(making, type, depth + 1)}`;
  if (!isAbstractType(type)) return head;
  const inside = making.schema
    .getPossibleTypes(type)
    .map(each => `... on ${each.name} ${selectionOf(making, each, depth + 1)}`);
  return `${head} { __typename ${inside.join(' ')} }`;
}

function argumentsOf(making: Making, { args }: GraphQLField<unknown, unknown>): string {
  const given = args.filter(each => isNonNullType(each.type) || below(making, 3) === 0);
  if (given.length === 0) return '';
  return `(${given.map(each => `${each.name}: ${givenFor(making, each.type)}`).join(', ')})`;
}

function givenFor(making: Making, type: GraphQLInputType): string {
  const value = someValue(making, type, 0);
  if (below(making, 2) === 0) return literal(value, type);
  const name = `v${making.variables.size}`;
  making.variables.set(`$${name}: ${type}`, value);
  return `$${name}`;
}

function someValue(making: Making, type: GraphQLInputType, depth: number): unknown {
  if (!isNonNullType(type) && below(making, 10) === 0) return null;
  const bare = getNullableType(type);
  if (isListType(bare))
    return Array.from({ length: below(making, 3) }, () => someValue(making, bare.ofType, depth));
  if (isEnumType(bare)) return pick(making, bare.getValues()).name;
  if (!isInputObjectType(bare)) return pick(making, making.values[bare.name] ?? ['x']);
  const fields = Object.values(bare.getFields()).filter(
    field => isNonNullType(field.type) || (depth < 2 && below(making, 3) === 0),
  );
  return Object.fromEntries(fields.map(field => [field.name, someValue(making, field.type, depth + 1)]));
}

function literal(value: unknown, type: GraphQLInputType): string {
  const bare = getNullableType(type);
  if (value === null || value === undefined) return 'null';
  if (isListType(bare)) return `[${(value as unknown[]).map(each => literal(each, bare.ofType)).join(', ')}]`;
  if (isEnumType(bare)) return String(value);
  if (!isInputObjectType(bare)) return JSON.stringify(value);
  const fields = bare.getFields();
  const inside = Object.entries(value).flatMap(([name, each]) => {
    const field = fields[name];
    return field ? [`${name}: ${literal(each, field.type)}`] : [];
  });
  return `{ ${inside.join(', ')} }`;
}

function directive(making: Making): string {
  const which = below(making, 16);
  if (!making.conditional || which > 3) return '';
  const name = which % 2 === 0 ? 'skip' : 'include';
  if (which < 2) return ` @${name}(if: ${below(making, 2) === 0})`;
  const variable = `v${making.variables.size}`;
  making.variables.set(`$${variable}: Boolean!`, below(making, 2) === 0);
  return ` @${name}(if: $${variable})`;
}

function below(making: Making, most: number): number {
  return Math.floor(making.random() * most);
}

function pick<T>(making: Making, list: readonly T[]): T {
  const found = list[below(making, list.length)];
  if (found === undefined) throw new Error('Nothing to choose from.');
  return found;
}
