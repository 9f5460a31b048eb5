import type { ContentSchema } from '../schemas/federation.ts';
import { itemsText } from '../schemas/subschemas/items.ts';
import { PORTAL_TEXT } from '../schemas/subschemas/portal.ts';
import { PRESS_TEXT } from '../schemas/subschemas/press.ts';
import { UNITS_TEXT } from '../schemas/subschemas/units.ts';

const LANGUAGE = ['String', 'Int', 'Float', 'Boolean', 'ID', 'Query', 'Mutation', 'Subscription', 'Own'];
const DEFINITION = /^(?:type|interface|enum|input|scalar|union)\s+(\w+)/gm;

/** GraphQL types that a federation file's content schemas can't take: the language's, ours, the connectors'. */
export function takenTypes(
  connectors: readonly { readonly contentSchemas?: readonly ContentSchema[] }[],
): ReadonlySet<string> {
  const texts = [itemsText([]), PORTAL_TEXT, UNITS_TEXT, PRESS_TEXT];
  const ours = texts.flatMap(({ sdl }) => [...sdl.matchAll(DEFINITION)].flatMap(([, name]) => name ?? []));
  const theirs = connectors.flatMap(({ contentSchemas = [] }) => contentSchemas.map(({ type }) => type));
  return new Set([...LANGUAGE, ...ours, ...theirs]);
}
