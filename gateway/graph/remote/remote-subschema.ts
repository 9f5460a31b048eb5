import { makeExecutableSchema } from '@graphql-tools/schema';
import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isListType,
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
import { argumentsOf, KEY_ALIAS, remoteSelection, sentName } from './document.ts';
import type { KeptRows, Row, Wanted } from './kept-rows.ts';
import type { Offer } from './offer.ts';
import type { RemoteSource } from './source.ts';

/** Keys in one request. */
const MOST_KEYS = 100;
const MOST_LISTED = 1_000;
/** Times that a page is asked again without what made it null. */
const MOST_AGAIN = 3;

/** A site that is asked live. */
export interface RemoteSite {
  readonly source: RemoteSource;
  readonly offer: Offer;
  readonly asker: RemoteAsker;
  readonly kept: KeptRows | undefined;
}

/** A site that speaks GraphQL as one more part of the graph. What it says of an item obeys the store. */
export function remoteSubschema(site: RemoteSite, state: Subschema['state']): Subschema {
  const { source, offer } = site;
  const schema = makeExecutableSchema<GraphContext>({ typeDefs: offer.text.sdl });
  addResolvers(schema, site);
  const live = { source: source.source, type: offer.type };
  return { text: offer.text, kind: 'REMOTE', sites: [source.site], schema, state, live };
}

function addResolvers(schema: GraphQLSchema, site: RemoteSite): void {
  const { source, offer, asker } = site;
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || type === schema.getQueryType()) continue;
    for (const field of Object.values(type.getFields())) {
      field.resolve = (parent: Row, _args, _context, info) =>
        typedValue(parent[sentName(String(info.path.key))], field.type);
    }
  }
  const query = schema.getQueryType()?.getFields() ?? {};
  for (const field of Object.values(query)) {
    field.resolve =
      field.name === offer.entryPoint
        ? (_parent, { ids }, context: GraphContext, info) => byItems(ids, context, info, site)
        : (_parent, _args, context: GraphContext, info) => rootValue(context, info, source, offer, asker);
  }
}

/** What the site said, where it is of its type; null where it isn't. Lists of lists too. */
function typedValue(value: unknown, type: GraphQLOutputType): unknown {
  if (value === null || value === undefined) return null;
  if (isListType(type)) {
    if (!Array.isArray(value)) return null;
    return value.slice(0, MOST_LISTED).map(each => typedValue(each, type.ofType));
  }
  if (isObjectType(type)) return isRow(value) ? value : null;
  // A scalar of the site's own may hold anything, lists included: Strapi's JSON, for one.
  return cleanLeaf(value, getNamedType(type));
}

/** Nothing is asked for an item that isn't released whole, whoever asks: what the store withholds stays so. */
async function byItems(
  ids: readonly string[],
  context: GraphContext,
  info: GraphQLResolveInfo,
  site: RemoteSite,
): Promise<readonly (Row | null)[]> {
  const { source, offer } = site;
  const items = await context.reads.items(ids);
  const keys = items.map(item =>
    item && item.source === source.source && mayAsk(item) && isKey(item.sourceId, offer)
      ? item.sourceId
      : undefined,
  );
  const wanted = new Map<string, Wanted>();
  for (const [index, key] of keys.entries()) {
    if (key !== undefined) wanted.set(key, { key, item: ids[index] ?? '' });
  }
  const selection = remoteSelection(info.fieldNodes, typeOf(info.schema, offer.type), info);
  const found =
    selection === ''
      ? new Map<string, Row>()
      : await fetchRows([...wanted.values()], selection, context, site);
  return keys.map((key, index) => (key === undefined ? null : { ...found.get(key), [OWN_KEY]: ids[index] }));
}

/** Not of a trimmed item either, whoever asks: the site would tell what its paper's terms keep back. */
function mayAsk({ visibility, sourceHash, republication }: Item): boolean {
  const whole = sourceHash === undefined && (republication?.mode ?? 'full-text') === 'full-text';
  return visibility === 'RELEASED' && whole;
}

/** What a site could not take as its key would cost the others of the same request their answer. */
function isKey(key: string | undefined, { ask }: Offer): boolean {
  return getNamedType(ask.argument.type).name !== 'Int' || Number.isInteger(Number(key || Number.NaN));
}

async function fetchRows(
  wanted: readonly Wanted[],
  selection: string,
  context: GraphContext,
  site: RemoteSite,
): Promise<ReadonlyMap<string, Row>> {
  const { source, kept } = site;
  const told: string[] = [];
  const ask = async (keys: readonly string[]) => {
    const { rows, errors } = await askRows(keys, selection, site);
    told.push(...errors);
    return { rows, whole: errors.length === 0 };
  };
  if (!kept) {
    const answer = await tryAsk(
      () =>
        askRows(
          wanted.map(({ key }) => key),
          selection,
          site,
        ),
      source,
      context,
    );
    return answer?.rows ?? new Map();
  }
  const given = await kept.rows(source.source, selection, wanted, ask);
  if (given.failed !== undefined) await tryAsk(() => Promise.reject(given.failed), source, context);
  else if (told.length > 0) await tryAsk(async () => ({ errors: told }), source, context);
  if (given.age !== undefined)
    context.siteAges.set(source.site, Math.max(given.age, context.siteAges.get(source.site) ?? 0));
  return given.rows;
}

/** Rows by the site's own key; all keys of a page in as few requests as may be. */
async function askRows(
  keys: readonly string[],
  selection: string,
  site: RemoteSite,
): Promise<{ readonly rows: ReadonlyMap<string, Row>; readonly errors: readonly string[] }> {
  const parts = Array.from({ length: Math.ceil(keys.length / MOST_KEYS) }, (_, index) =>
    keys.slice(index * MOST_KEYS, (index + 1) * MOST_KEYS),
  );
  const settled = await Promise.allSettled(parts.map(part => askPart(part, selection, site)));
  const answers = settled.flatMap(each => (each.status === 'fulfilled' ? each.value : []));
  const failures = settled.flatMap(each => (each.status === 'rejected' ? [each.reason as unknown] : []));
  if (answers.length === 0 && failures.length > 0) throw failures[0];
  const rows = answers.flatMap(({ data }) => Object.values(data).flat());
  return {
    rows: new Map(rows.flatMap(row => (isRow(row) ? [[String(row[KEY_ALIAS]), row]] : []))),
    errors: [...answers.flatMap(({ errors }) => errors), ...failures.map(each => toCoded(each).code)],
  };
}

/**
 * One request; where one item's failure made the whole answer null, as the site's `!` does, the others are asked once more
 * without it.
 */
async function askPart(
  keys: readonly string[],
  selection: string,
  site: RemoteSite,
  again = MOST_AGAIN,
): Promise<RemoteAnswer> {
  const { source, offer, asker } = site;
  const { query, variables } = operationFor(keys, selection, source, offer);
  const answer = await asker.ask(query, variables);
  const isNull = Object.keys(answer.data).length === 0;
  const rest = keys.filter((_, index) => !answer.failed.includes(`r${index}`));
  if (!isNull || again === 0 || rest.length === 0 || rest.length === keys.length) return answer;
  const { errors, ...others } = await askPart(rest, selection, site, again - 1);
  return { ...others, errors: [...answer.errors, ...errors] };
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
async function tryAsk<Told extends { readonly errors: readonly string[] }>(
  act: () => Promise<Told>,
  { site }: RemoteSource,
  { siteErrors }: GraphContext,
): Promise<Told | undefined> {
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
