import { makeExecutableSchema } from '@graphql-tools/schema';
import {
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  print,
} from 'graphql';
import { toCoded } from '../../../schemas/errors.ts';
import type { Item } from '../../../schemas/item.ts';
import { OWN_KEY } from '../../../schemas/subschemas/own.ts';
import { requireScope } from '../../http/access.ts';
import type { GraphContext } from '../context.ts';
import type { Subschema } from '../subschema.ts';
import type { RemoteAnswer, RemoteAsker } from './ask-remote.ts';
import { cleanLeaf } from './clean-remote.ts';
import { argumentsOf, KEY_ALIAS, remoteSelection } from './document.ts';
import type { Offer } from './offer.ts';
import type { RemoteSource } from './source.ts';

/** Keys in one request. */
const MOST_KEYS = 100;
const MOST_LISTED = 1_000;

type Row = Readonly<Record<string, unknown>>;

/** A site that speaks GraphQL as one more part of the graph. What it says of an item obeys the store. */
export function remoteSubschema(
  source: RemoteSource,
  offer: Offer,
  asker: RemoteAsker,
  state: Subschema['state'],
): Subschema {
  const schema = makeExecutableSchema<GraphContext>({ typeDefs: offer.text.sdl });
  addResolvers(schema, source, offer, asker);
  const live = { source: source.source, type: offer.type };
  return { text: offer.text, kind: 'REMOTE', sites: [source.site], schema, state, live };
}

function addResolvers(schema: GraphQLSchema, source: RemoteSource, offer: Offer, asker: RemoteAsker): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || type === schema.getQueryType()) continue;
    for (const field of Object.values(type.getFields())) {
      field.resolve = (parent: Row, _args, _context, info) => typedValue(parent[info.path.key], field.type);
    }
  }
  const query = schema.getQueryType()?.getFields() ?? {};
  for (const field of Object.values(query)) {
    field.resolve =
      field.name === offer.entryPoint
        ? (_parent, { ids }, context: GraphContext, info) => byItems(ids, context, info, source, offer, asker)
        : (_parent, _args, context: GraphContext, info) => rootValue(context, info, source, offer, asker);
  }
}

function typedValue(value: unknown, type: Parameters<typeof getNamedType>[0]): unknown {
  const named = getNamedType(type);
  if (value === null || value === undefined || !named) return null;
  const isList = /^\[/.test(String(type));
  if (isList !== Array.isArray(value)) return null;
  if (isObjectType(named)) return Array.isArray(value) ? value.slice(0, MOST_LISTED) : value;
  if (Array.isArray(value)) return value.slice(0, MOST_LISTED).map(each => cleanLeaf(each, named));
  return cleanLeaf(value, named);
}

/** Nothing is asked for an item that isn't released whole, whoever asks: what the store withholds stays so. */
async function byItems(
  ids: readonly string[],
  context: GraphContext,
  info: GraphQLResolveInfo,
  source: RemoteSource,
  offer: Offer,
  asker: RemoteAsker,
): Promise<readonly (Row | null)[]> {
  const items = await context.reads.items(ids);
  const keys = items.map(item =>
    item && item.source === source.source && mayAsk(item) ? item.sourceId : undefined,
  );
  const wanted = [...new Set(keys.filter(key => key !== undefined))];
  const selection = remoteSelection(info.fieldNodes, typeOf(info.schema, offer.type), info);
  const found =
    selection === ''
      ? new Map<string, Row>()
      : await fetchRows(wanted, selection, context, source, offer, asker);
  return keys.map((key, index) => (key === undefined ? null : { ...found.get(key), [OWN_KEY]: ids[index] }));
}

/** Not of a trimmed item either, whoever asks: the site would tell what its paper's terms keep back. */
function mayAsk({ visibility, sourceHash, republication }: Item): boolean {
  const whole = sourceHash === undefined && (republication?.mode ?? 'full-text') === 'full-text';
  return visibility === 'RELEASED' && whole;
}

async function fetchRows(
  keys: readonly string[],
  selection: string,
  context: GraphContext,
  source: RemoteSource,
  offer: Offer,
  asker: RemoteAsker,
): Promise<ReadonlyMap<string, Row>> {
  const parts = Array.from({ length: Math.ceil(keys.length / MOST_KEYS) }, (_, index) =>
    keys.slice(index * MOST_KEYS, (index + 1) * MOST_KEYS),
  );
  const rows = await Promise.all(
    parts.map(async part => {
      const { query, variables } = operationFor(part, selection, source, offer);
      const answer = await tryAsk(() => asker.ask(query, variables), source, context);
      return Object.values(answer?.data ?? {}).flat();
    }),
  );
  return new Map(rows.flat().flatMap(row => (isRow(row) ? [[String(row[KEY_ALIAS]), row]] : [])));
}

function operationFor(keys: readonly string[], selection: string, { live }: RemoteSource, { ask }: Offer) {
  const type = String(ask.argument.type);
  const values = keys.map(key => (getNamedType(ask.argument.type).name === 'Int' ? Number(key) : key));
  const body = `{ ${KEY_ALIAS}: ${live.key} ${selection} }`;
  if (ask.many) {
    const query = `query($keys: ${type}) { rows: ${ask.field}(${ask.argument.name}: $keys) ${body} }`;
    return { query, variables: { keys: values } };
  }
  const head = values.map((_, index) => `$k${index}: ${type}`).join(', ');
  const rows = values.map((_, index) => `r${index}: ${ask.field}(${ask.argument.name}: $k${index}) ${body}`);
  const variables = Object.fromEntries(values.map((value, index) => [`k${index}`, value]));
  return { query: `query(${head}) { ${rows.join(' ')} }`, variables };
}

/** A remote's own root field: past the store, so only for the operator. */
async function rootValue(
  context: GraphContext,
  info: GraphQLResolveInfo,
  source: RemoteSource,
  offer: Offer,
  asker: RemoteAsker,
): Promise<unknown> {
  requireScope(context.rights, 'operate');
  const [node] = info.fieldNodes;
  const field = info.parentType.getFields()[info.fieldName];
  if (!node || !field) return null;
  const named = getNamedType(field.type);
  const selection = isObjectType(named) ? remoteSelection(info.fieldNodes, named, info) : '';
  const given = argumentsOf(node, field, info).map(print).join(', ');
  const name = info.fieldName.slice(offer.prefix.length);
  const body = isObjectType(named) ? `{ __typename ${selection} }` : '';
  const query = `{ value: ${name}${given === '' ? '' : `(${given})`} ${body} }`;
  const answer = await tryAsk(() => asker.ask(query), source, context);
  return typedValue(answer?.data.value, field.type);
}

/** What goes wrong at a site is told once an execution, and costs only its own fields. */
async function tryAsk(
  act: () => Promise<RemoteAnswer>,
  { site }: RemoteSource,
  { siteErrors }: GraphContext,
): Promise<RemoteAnswer | undefined> {
  try {
    const answer = await act();
    if (answer.errors.length > 0) {
      const message = `${site} could not give everything it was asked live.`;
      siteErrors.set(site, { message, extensions: { code: 'SITE_FAILED', site, errors: answer.errors } });
    }
    return answer;
  } catch (error) {
    const { code } = toCoded(error);
    const message = `${site} did not answer what it was asked live (${code}); its fields are null.`;
    siteErrors.set(site, { message, extensions: { code: code === 'INTERNAL' ? 'SITE_FAILED' : code, site } });
    return undefined;
  }
}

function typeOf(schema: GraphQLSchema, name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no object type`);
  return type;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
