import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isSpecifiedScalarType,
  validateSchema,
} from 'graphql';
import { CodedError } from '../../../schemas/errors.ts';
import { OWN_KEY } from '../../../schemas/subschemas/own.ts';
import {
  described,
  ENTRY_POINT_DESCRIPTION,
  type SubschemaText,
} from '../../../schemas/subschemas/subschema.ts';
import type { RemoteSource } from './source.ts';

/** What of a remote schema the gateway offers, under names of its own. */
export interface Offer {
  readonly text: SubschemaText;
  /** `ViecLam_Article`. */
  readonly type: string;
  readonly entryPoint: string;
  readonly prefix: string;
  /** The remote root field that is asked by key, and whether it takes many. */
  readonly ask: { readonly field: string; readonly argument: GraphQLArgument; readonly many: boolean };
}

type Fields = Map<string, Map<string, GraphQLField<unknown, unknown>>>;

/** Only listed fields, nullable, prefixed. Throws CONFIG_INVALID with what the remote schema lacks. */
export function offerOf(remote: GraphQLSchema, { site, source, part, prefix, live }: RemoteSource): Offer {
  const refuse = (why: string) => new CodedError('CONFIG_INVALID', `${source}: ${why}`, { data: { source } });
  const article = remote.getType(live.type);
  if (!isObjectType(article)) throw refuse(`the site has no type ${live.type}.`);
  const key = article.getFields()[live.key];
  if (!key || !isLeafType(getNamedType(key.type))) throw refuse(`${live.type} has no key ${live.key}.`);
  const fields: Fields = new Map();
  for (const path of live.fields) collect(article, path.split('.'), article, fields, refuse);
  const roots = live.root.map(name => rootField(remote, name, fields, refuse));
  const type = prefix + live.type;
  const entryPoint = `_live${type}ByItem`;
  const sdl = writeSdl({ remote, fields, roots, type, entryPoint, prefix, site });
  requireSound(sdl, refuse);
  return {
    type,
    entryPoint,
    prefix,
    ask: askedBy(remote, live, refuse),
    text: {
      id: part,
      merges: { [type]: { field: entryPoint, key: OWN_KEY } },
      sdl,
    },
  };
}

/** What a site says of itself may be no schema at all: an enum without values would keep every other site from serving. */
function requireSound(sdl: string, refuse: (why: string) => Error): void {
  let fault: string | undefined;
  try {
    fault = validateSchema(buildSchema(sdl))[0]?.message;
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error);
  }
  if (fault !== undefined) throw refuse(`what is listed is no sound GraphQL: ${fault}`);
}

function collect(
  type: GraphQLObjectType,
  [name = '', ...rest]: readonly string[],
  article: GraphQLObjectType,
  fields: Fields,
  refuse: (why: string) => Error,
): void {
  const field = type.getFields()[name];
  if (!field) throw refuse(`${type.name} has no field ${name}.`);
  if (type === article && name === OWN_KEY) throw refuse(`${name} is the gateway's own field.`);
  const dear = field.args.find(arg => isRequiredArgument(arg) && !isLeafType(getNamedType(arg.type)));
  if (dear) throw refuse(`${type.name}.${name} needs ${dear.name}, which is an input object.`);
  const inner = getNamedType(field.type);
  const known = fields.get(type.name) ?? new Map();
  fields.set(type.name, known.set(name, field));
  if (isLeafType(inner) && rest.length === 0) return;
  if (!isObjectType(inner))
    throw refuse(`${type.name}.${name} is ${inner.name}: only objects and leaves can be offered.`);
  // Other items are reached by the gateway's own fields: only those ask the store whether they may be seen.
  if (inner === article) throw refuse(`${type.name}.${name} leads to other items; it can't be offered.`);
  if (rest.length === 0)
    throw refuse(
      `${type.name}.${name} is an object: list its fields, like ${name}.${Object.keys(inner.getFields())[0]}.`,
    );
  collect(inner, rest, article, fields, refuse);
}

function rootField(
  remote: GraphQLSchema,
  name: string,
  fields: Fields,
  refuse: (why: string) => Error,
): GraphQLField<unknown, unknown> {
  const field = remote.getQueryType()?.getFields()[name];
  if (!field) throw refuse(`the site has no root field ${name}.`);
  const type = getNamedType(field.type);
  if (!isLeafType(type) && !fields.has(type.name))
    throw refuse(`no field of ${type.name}, which ${name} gives, is listed.`);
  return field;
}

function askedBy(
  remote: GraphQLSchema,
  { entry, batch }: RemoteSource['live'],
  refuse: (why: string) => Error,
) {
  const by = batch ?? entry;
  const argument = remote
    .getQueryType()
    ?.getFields()
    [by.field]?.args.find(({ name }) => name === by.argument);
  if (!argument) throw refuse(`the site has no root field ${by.field}(${by.argument}:).`);
  return { field: by.field, argument, many: batch !== undefined };
}

interface Writing {
  readonly remote: GraphQLSchema;
  readonly fields: Fields;
  readonly roots: readonly GraphQLField<unknown, unknown>[];
  readonly type: string;
  readonly entryPoint: string;
  readonly prefix: string;
  readonly site: string;
}

function writeSdl({ remote, fields, roots, type, entryPoint, prefix, site }: Writing): string {
  const leaves = new Map<string, GraphQLNamedType>();
  const note = (found: GraphQLType) => {
    const named = getNamedType(found);
    if (isLeafType(named) && !isSpecifiedScalarType(named)) leaves.set(named.name, named);
  };
  const show = (field: GraphQLField<unknown, unknown>, name: string) => {
    note(field.type);
    const args = field.args.filter(arg => isLeafType(getNamedType(arg.type)));
    for (const arg of args) note(arg.type);
    const shown = args.map(arg => `${tell(arg.description, site)} ${arg.name}: ${argumentType(arg, prefix)}`);
    return `  ${tell(field.description, site)}\n  ${name}${shown.length > 0 ? `(${shown.join('\n')})` : ''}: ${outputName(field.type, prefix)}`;
  };
  const rootLines = roots.map(field => show(field, prefix + field.name));
  const types = [...fields].map(([name, own]) => {
    const lines = [...own].map(([field, definition]) => show(definition, field));
    const key =
      prefix + name === type ? [`  "Id of the item these fields belong to."\n  ${OWN_KEY}: ID`] : [];
    return `${tell(remote.getType(name)?.description, site)}\ntype ${prefix}${name} {\n${[...key, ...lines].join('\n')}\n}`;
  });
  return `
type Query {
  ${described(ENTRY_POINT_DESCRIPTION)}
  ${entryPoint}(
    "Item ids."
    ids: [ID!]!
  ): [${type}]!
${rootLines.join('\n')}
}
${types.join('\n')}
${[...leaves.values()].map(leaf => writeLeaf(leaf, prefix, site)).join('\n')}
`;
}

function writeLeaf(leaf: GraphQLNamedType, prefix: string, site: string): string {
  const head = tell(leaf.description, site);
  if (!isEnumType(leaf)) return `${head}\nscalar ${prefix}${leaf.name}`;
  const values = leaf.getValues().map(value => `  ${tell(value.description, site)}\n  ${value.name}`);
  return `${head}\nenum ${prefix}${leaf.name} {\n${values.join('\n')}\n}`;
}

/** One failing site must cost its own fields only: no `!` of a remote stays. */
function outputName(type: GraphQLType, prefix: string): string {
  if (isNonNullType(type)) return outputName(type.ofType, prefix);
  if (isListType(type)) return `[${outputName(type.ofType, prefix)}]`;
  return nameOf(type, prefix);
}

/** What the site has a default for may be left out, whatever its `!` says. */
function argumentType(argument: GraphQLArgument, prefix: string): string {
  const name = inputName(argument.type, prefix);
  return isRequiredArgument(argument) ? name : name.replace(/!$/, '');
}

function inputName(type: GraphQLType, prefix: string): string {
  if (isNonNullType(type)) return `${inputName(type.ofType, prefix)}!`;
  if (isListType(type)) return `[${inputName(type.ofType, prefix)}]`;
  return nameOf(type, prefix);
}

function nameOf(type: GraphQLType, prefix: string): string {
  const named = getNamedType(type);
  return isSpecifiedScalarType(named) ? named.name : prefix + named.name;
}

function tell(description: string | null | undefined, site: string): string {
  const plain = description?.replace(/\s+/g, ' ').trim().slice(0, 300).toWellFormed();
  return described(plain || `As ${site} has it, asked live; null when it doesn't answer.`);
}
