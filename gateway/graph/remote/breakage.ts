import { createHash } from 'node:crypto';
import {
  buildSchema,
  type DocumentNode,
  findBreakingChanges,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type Offer, offerOf } from './offer.ts';
import type { RemoteSource } from './source.ts';

/** Text and document of an operation that readers have sent. */
export type KnownOperation = readonly [source: string, document: DocumentNode];

/** What a site's changed schema would take from readers. */
export interface Breakage {
  /** In words. */
  readonly broken: readonly string[];
  /** The paths of `live.fields` that lead through what is broken. */
  readonly fields: readonly string[];
  /** Operations readers have sent that use it: name, and the hash persisted queries go by. */
  readonly operations: readonly string[];
}

const MOST = 20;

/** Undefined when readers lose nothing. `operations` were valid in `graph`. */
export function breakageOf(
  schema: GraphQLSchema,
  source: RemoteSource,
  before: Offer,
  graph?: { readonly schema: GraphQLSchema; operations(): readonly KnownOperation[] },
): Breakage | undefined {
  const { rest, broken } = whatRemains(schema, source);
  const offered = buildSchema(before.text.sdl);
  const lost = rest && findBreakingChanges(offered, buildSchema(rest.text.sdl)).filter(isFelt);
  if (broken.length === 0 && lost?.length === 0) return undefined;
  const names = lost && new Set(lost.flatMap(({ description }) => namesIn(description)));
  const isLost = (name: string) => (names ? names.has(name) : isOf(before, name));
  const operations = (graph?.operations() ?? []).filter(([, document]) =>
    graph ? namesUsed(document, graph.schema).some(isLost) : false,
  );
  const words = lost && lost.length > 0 ? lost.map(({ description }) => description) : [...new Set(broken)];
  return {
    broken: words.slice(0, MOST),
    fields: source.live.fields.filter(path =>
      namesOnPath(path, offered.getType(before.type), offered).some(isLost),
    ),
    operations: operations.slice(0, MOST).map(showOperation),
  };
}

/** That `Int` is no longer named anywhere follows from what is told beside it. */
function isFelt({ description }: { readonly description: string }): boolean {
  return !description.startsWith('Standard scalar ');
}

/** What could still be offered when the paths that are gone are left out, and why each can't be. */
function whatRemains(
  schema: GraphQLSchema,
  source: RemoteSource,
): { readonly rest?: Offer; readonly broken: readonly string[] } {
  const broken: string[] = [];
  const remains = (live: Partial<RemoteSource['live']>) => {
    try {
      offerOf(schema, { ...source, live: { ...source.live, ...live } });
      return true;
    } catch (error) {
      broken.push(error instanceof Error ? error.message : String(error));
      return false;
    }
  };
  const fields = source.live.fields.filter(path => remains({ fields: [path], root: [] }));
  const root = source.live.root.filter(name => remains({ fields, root: [name] }));
  if (fields.length === 0) return { broken };
  return { rest: offerOf(schema, { ...source, live: { ...source.live, fields, root } }), broken };
}

/** `ViecLam_Article.note` and `ViecLam_Mood` in the words of graphql-js. */
function namesIn(description: string): readonly string[] {
  return description.match(/\b\w+\.\w+\b|\b\w+_\w+\b/g) ?? [];
}

function isOf({ prefix, text }: Offer, name: string): boolean {
  return name.startsWith(prefix) && text.sdl.includes(name.replace(/\..*/, ''));
}

/** `Type.field`, and the type it gives, of every field of a document; of roots the field alone. */
function namesUsed(document: DocumentNode, schema: GraphQLSchema): readonly string[] {
  const names: string[] = [];
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const type = types.getType();
        names.push(`${types.getParentType()?.name}.${name.value}`);
        if (types.getParentType() === schema.getQueryType()) names.push(name.value);
        if (type) names.push(getNamedType(type).name);
      },
    }),
  );
  return names;
}

function namesOnPath(
  path: string,
  from: ReturnType<GraphQLSchema['getType']>,
  schema: GraphQLSchema,
): readonly string[] {
  const names: string[] = [];
  let type = from;
  for (const name of path.split('.')) {
    if (!isObjectType(type)) break;
    const field = type.getFields()[name];
    names.push(`${type.name}.${name}`);
    type = field && schema.getType(getNamedType(field.type).name);
    if (type) names.push(type.name);
  }
  return names;
}

function showOperation([source, document]: KnownOperation): string {
  const name = getOperationAST(document)?.name?.value ?? 'without a name';
  return `${name} (${createHash('sha256').update(source).digest('hex')})`;
}
