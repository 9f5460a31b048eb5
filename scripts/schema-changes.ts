// What guards those who use the API: compares the schema of this program with the one released last, and looks at what
// is deprecated. `schema-graphql.test.ts` runs both; CONTRIBUTING.md says how to change the API.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import {
  findBreakingChanges,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from 'graphql';

/** Written when a version is released. */
export const RELEASED = new URL('../schemas/schema.released.graphql', import.meta.url);
const RECORDS = new URL('../gateway/decisions/', import.meta.url);

/** The public schema as it was released last. */
export function releasedSchema(): string {
  return existsSync(RELEASED) ? readFileSync(RELEASED, 'utf8') : '';
}

/** All decision records, as one text. */
export function records(): string {
  const names = readdirSync(RECORDS).filter(name => name.endsWith('.md'));
  return names.map(name => readFileSync(new URL(name, RECORDS), 'utf8')).join('\n');
}

/**
 * What would break those who use the released API and no record names: in graphql-js' words, which a record quotes
 * between backticks.
 */
export function unexplained(
  released: GraphQLSchema,
  current: GraphQLSchema,
  told: string,
): readonly string[] {
  const breaking = findBreakingChanges(released, current).map(({ description }) => description);
  return breaking.filter(description => !told.includes(`\`${description}\``));
}

/** `2026-11-27: use `Item.x`. Goes after 2027-05-27.` */
const REASON = /^(\d{4}-\d{2}-\d{2}): use `([\w.]+)`\..* Goes after (\d{4}-\d{2}-\d{2})\.$/s;
/** Milliseconds between saying so and removing it. */
const NOTICE = 180 * 24 * 60 * 60_000;

/** Deprecated things that don't say since when, what to use instead, and when they go; or not long enough before. */
export function badDeprecations(schema: GraphQLSchema): readonly string[] {
  const places = placesOf(schema);
  return [...places].flatMap(([place, reason]) => {
    if (reason === undefined) return [];
    const [, since = '', instead = '', goes = ''] = REASON.exec(reason) ?? [];
    if (since === '')
      return [`${place}: the reason is written like “2026-11-27: use \`Item.x\`. Goes after 2027-05-27.”`];
    const owner = place.replace(/[.(][^.(]*$/, '');
    const known =
      places.has(instead) || places.has(`${owner}.${instead}`) || schema.getType(instead) !== undefined;
    if (!known) return [`${place}: there is no ${instead} to use instead.`];
    const notice = Date.parse(goes) - Date.parse(since);
    return notice >= NOTICE ? [] : [`${place}: it may go 180 days after ${since}, not on ${goes}.`];
  });
}

/** `Item.title`, `Query.items(first)`, `SiteKind.UNIT` → why it is deprecated, where it is. */
function placesOf(schema: GraphQLSchema): ReadonlyMap<string, string | undefined> {
  const own = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  return new Map(
    own.flatMap(type => parts(type).map(([place, reason]) => [`${type.name}.${place}`, reason])),
  );
}

type Place = readonly [place: string, reason: string | undefined];

function parts(type: GraphQLNamedType): readonly Place[] {
  if (isEnumType(type)) return type.getValues().map(placeOf);
  if (isInputObjectType(type)) return Object.values(type.getFields()).map(placeOf);
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap(field => [
    placeOf(field),
    ...field.args.map((argument): Place => [`${field.name}(${argument.name})`, placeOf(argument)[1]]),
  ]);
}

function placeOf({
  name,
  deprecationReason,
}: {
  name: string;
  deprecationReason?: string | null | undefined;
}): Place {
  return [name, deprecationReason ?? undefined];
}
