import { z } from 'zod';
import { fileSchema } from './options.ts';
import { RECIPES, recipeOf } from './recipes.ts';
import type { KnownConnector } from './source-options.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The draft that the editors' YAML servers know best. */
const TARGET = 'draft-7';

/** The federation file's schema for editors: completion, descriptions and mistakes underlined while typing. */
export function federationJsonSchema(connectors: readonly KnownConnector[]): {
  readonly [key: string]: Json;
} {
  const schema = toJson(fileSchema);
  const choices = connectors.map(({ id, options }) => ({
    if: { properties: { connector: { const: id } }, required: ['connector'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { options: toJson(options) } },
  }));
  return {
    title: 'Tệp liên thông',
    ...replaceSources(schema, source => withRecipes({ ...source, allOf: [...choices, ...recipeChoices()] })),
  };
}

/** A source that extends a recipe has its connector from there. */
function withRecipes(source: { readonly [key: string]: Json }): { readonly [key: string]: Json } {
  const required = (source.required as readonly string[]).filter(key => key !== 'connector');
  return { ...source, required, anyOf: [{ required: ['connector'] }, { required: ['extends'] }] };
}

function recipeChoices(): Json[] {
  return [
    { properties: { extends: { enum: RECIPES.map(id => `recipe/${id}`) } } },
    ...RECIPES.map(id => {
      const { title, parameters } = recipeOf(id);
      const entries = Object.entries(parameters);
      const required = entries.filter(([, one]) => one.default === undefined).map(([name]) => name);
      const properties = Object.fromEntries(
        entries.map(([name, one]) => [
          name,
          {
            type: ['string', 'number'],
            description: one.describe.vi,
            examples: [one.example],
            ...(one.default !== undefined && { default: one.default }),
          },
        ]),
      );
      return {
        if: { properties: { extends: { const: `recipe/${id}` } }, required: ['extends'] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: {
          properties: { with: { description: title.vi, properties, required, additionalProperties: false } },
          ...(required.length > 0 && { required: ['with'] }),
        },
      };
    }),
  ];
}

function toJson(schema: z.ZodType): { readonly [key: string]: Json } {
  const made = z.toJSONSchema(schema, { target: TARGET, io: 'input', unrepresentable: 'any' });
  // Through text: without the functions and undefined parts that the library hangs on it.
  const { $schema: _draft, ...plain } = JSON.parse(JSON.stringify(made));
  return plain;
}

function replaceSources(
  schema: { readonly [key: string]: Json },
  change: (source: { readonly [key: string]: Json }) => Json,
): { readonly [key: string]: Json } {
  const text = JSON.stringify(schema, (_key, value) =>
    isSource(value) && !('allOf' in value) ? change(value) : value,
  );
  return JSON.parse(text);
}

/** The one object that has a connector and options. */
function isSource(value: unknown): value is { readonly [key: string]: Json } {
  if (typeof value !== 'object' || value === null || !('properties' in value)) return false;
  const { properties } = value;
  return (
    typeof properties === 'object' &&
    properties !== null &&
    'connector' in properties &&
    'every' in properties
  );
}
