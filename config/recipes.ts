import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readDocument } from './document.ts';
import { explain, issueWords } from './explain.ts';
import { configInvalid } from './fault.ts';

/** The recipes that come with the program, each a file of its own: how sites of one product are read. */
export const RECIPES = [
  'dnn-news',
  'drupal-json-api',
  'ghost',
  'joomla-api',
  'joomla-feed',
  'json-portal',
  'liferay-blogs',
  'liferay-web-content',
  'sharepoint-feed',
  'sharepoint-pages',
  'strapi',
] as const;
export type RecipeId = (typeof RECIPES)[number];

const bilingual = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });
const parameter = z.strictObject({
  describe: bilingual,
  example: z.string().min(1),
  /** Without one, whoever uses the recipe has to give it. */
  default: z.union([z.string(), z.number()]).optional(),
});
const recipeSchema = z.strictObject({
  id: z.enum(RECIPES),
  title: bilingual,
  /** What it gives, and what it can't. */
  summary: bilingual,
  parameters: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/), parameter),
  /** As in the federation file, without `id`; `{{name}}` stands for a parameter. */
  source: z.looseObject({ connector: z.string(), options: z.record(z.string(), z.unknown()) }),
});

export type Recipe = z.output<typeof recipeSchema>;

const read = new Map<RecipeId, Recipe>();

export function recipeOf(id: RecipeId): Recipe {
  const known = read.get(id);
  if (known) return known;
  const text = readFileSync(new URL(`./recipes/${id}.yaml`, import.meta.url), 'utf8');
  const recipe = readRecipe(text, `config/recipes/${id}.yaml`);
  read.set(id, recipe);
  return recipe;
}

/** A recipe's text in memory. Throws CONFIG_INVALID with every fault, each with line, path and remedy. */
export function readRecipe(text: string, path: string): Recipe {
  const document = readDocument(text);
  if (document.faults.length > 0) throw configInvalid(path, document.faults);
  const parsed = recipeSchema.safeParse(document.value, { error: issueWords });
  if (!parsed.success)
    throw configInvalid(path, explain(parsed.error.issues, document.value, recipeSchema).map(document.place));
  return parsed.data;
}
