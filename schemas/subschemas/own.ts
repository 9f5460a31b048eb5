import { CodedError } from '../errors.ts';
import { type ContentSchema, OWN_FIELD_TYPES } from '../federation.ts';
import { DATE_TIME_SDL, HTML_SDL, URL_SDL } from './scalars.ts';
import { described, ENTRY_POINT_DESCRIPTION, type SubschemaText } from './subschema.ts';

/** Stands in every content type as the key it is completed by, so a content schema can't use it. */
export const OWN_KEY = 'itemId';

const TYPE_NAME = /^[A-Z][A-Za-z0-9]{0,63}$/;
const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** A site's own fields as a subschema. Throws CONFIG_INVALID with the field that can't be one. */
export function ownText(schema: ContentSchema): SubschemaText {
  if (!TYPE_NAME.test(schema.type)) {
    throw invalid(
      schema,
      `"${schema.type}" can't be a GraphQL type: begin with a capital, then letters and digits.`,
    );
  }
  const fields = Object.entries(schema.fields);
  if (fields.length === 0) throw invalid(schema, `${schema.type} has no fields.`);
  const entryPoint = ownEntryPoint(schema);
  return {
    id: schema.type,
    merges: { [schema.type]: { field: entryPoint, key: OWN_KEY } },
    sdl: `
${DATE_TIME_SDL}
${URL_SDL}
${HTML_SDL}
type Query {
  ${described(ENTRY_POINT_DESCRIPTION)}
  ${entryPoint}(
    "Item ids."
    ids: [ID!]!
  ): [${schema.type}]!
}

${described(`Own fields of items whose site has the content schema ${schema.type}.`)}
type ${schema.type} {
  "Id of the item these fields belong to."
  ${OWN_KEY}: ID!
${fields.map(([name, type]) => ownField(schema, name, type)).join('\n')}
}
`,
  };
}

/** The hidden root field of a content schema's type. */
export function ownEntryPoint({ type }: ContentSchema): string {
  return `_own${type}ByItem`;
}

/** `String` and `[String]` both name the type `String`; undefined when it is none of ours. */
export function ownFieldType(type: string): { readonly name: string; readonly list: boolean } | undefined {
  const list = type.startsWith('[') && type.endsWith(']');
  const name = list ? type.slice(1, -1) : type;
  return OWN_FIELD_TYPES.some(known => known === name) ? { name, list } : undefined;
}

function ownField(schema: ContentSchema, name: string, type: string): string {
  if (!FIELD_NAME.test(name) || name === OWN_KEY) {
    throw invalid(schema, `"${name}" can't be a field of ${schema.type}.`);
  }
  if (!ownFieldType(type)) {
    const known = OWN_FIELD_TYPES.join(', ');
    throw invalid(
      schema,
      `${schema.type}.${name} can't be "${type}": use one of ${known}, or a list: [String].`,
    );
  }
  const meaning = `The site's own field \`${name}\`. Null when the item has none, or none that is ${type}.`;
  return `  ${described(meaning)}\n  ${name}: ${type}`;
}

function invalid(schema: ContentSchema, message: string): CodedError {
  return new CodedError('CONFIG_INVALID', `Content schema ${schema.name}: ${message}`, {
    data: { contentSchema: schema.name, type: schema.type },
  });
}
