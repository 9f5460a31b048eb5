import type { Finding } from './fault.ts';
import { nearest } from './nearest.ts';
import { RECIPES, type Recipe, type RecipeId, recipeOf } from './recipes.ts';

type Path = readonly PropertyKey[];
type Block = Readonly<Record<string, unknown>>;

/** How a source names a recipe: `extends: recipe/ghost`. */
const PREFIX = 'recipe/';

export interface Extended {
  readonly value: unknown;
  readonly findings: readonly Finding[];
}

/**
 * Every source that `extends` a recipe becomes what the recipe says, filled with what stands under `with`; what the source says
 * itself wins, key by key, and `null` takes a key of the recipe away. Total: what is no source stays as it is.
 */
export function extendSources(tree: unknown): Extended {
  const findings: Finding[] = [];
  const value = eachSource(tree, (source, at) => {
    const extended = extendOne(source, at);
    findings.push(...extended.findings);
    return extended.value;
  });
  return { value, findings };
}

function eachSource(tree: unknown, change: (source: Block, at: Path) => unknown): unknown {
  if (!isBlock(tree) || !Array.isArray(tree.sites)) return tree;
  const sites = tree.sites.map((site: unknown, index) => {
    if (!isBlock(site) || !Array.isArray(site.sources)) return site;
    const sources = site.sources.map((source: unknown, inner) =>
      isBlock(source) && source.extends !== undefined
        ? change(source, ['sites', index, 'sources', inner])
        : source,
    );
    return { ...site, sources };
  });
  return { ...tree, sites };
}

function extendOne(source: Block, at: Path): Extended {
  const id = idOf(source.extends);
  if (id === undefined)
    return { value: source, findings: [unknownRecipe(source.extends, [...at, 'extends'])] };
  const recipe = recipeOf(id);
  const given = isBlock(source.with) ? source.with : {};
  const findings = checkWith(recipe, given, at);
  if (findings.length > 0) return { value: { connector: recipe.source.connector, ...source }, findings };
  return { value: merge(fill(recipe.source, valuesOf(recipe, given)), source), findings };
}

function idOf(name: unknown): RecipeId | undefined {
  return RECIPES.find(id => name === PREFIX + id);
}

function unknownRecipe(name: unknown, at: Path): Finding {
  const names = RECIPES.map(id => PREFIX + id);
  const meant = typeof name === 'string' ? nearest(name, names) : undefined;
  const remedy = meant
    ? `ý bạn là ${meant}?`
    : `chọn trong: ${names.join(', ')} (lienthong recipes nói rõ từng cái).`;
  return { at, message: `không có công thức ${String(name)}.`, remedy };
}

function checkWith({ id, parameters }: Recipe, given: Block, at: Path): Finding[] {
  const names = Object.keys(parameters);
  const unknown = Object.keys(given)
    .filter(name => !names.includes(name))
    .map((name): Finding => {
      const meant = nearest(name, names);
      const remedy = meant ? `ý bạn là ${meant}?` : `các tham số: ${names.join(', ')}.`;
      return {
        at: [...at, 'with', name],
        onKey: true,
        message: `công thức ${id} không có tham số này.`,
        remedy,
      };
    });
  const wrong = Object.entries(given)
    .filter(([name, value]) => names.includes(name) && !isFiller(value))
    .map(
      ([name]): Finding => ({
        at: [...at, 'with', name],
        message: 'cần một chuỗi hoặc một số.',
        remedy: 'đặt giá trị trong ngoặc kép.',
      }),
    );
  const missing = Object.entries(parameters)
    .filter(([name, parameter]) => parameter.default === undefined && given[name] === undefined)
    .map(
      ([name, { describe, example }]): Finding => ({
        at: [...at, 'with', name],
        message: `công thức ${id} cần tham số ${name}: ${describe.vi}`,
        remedy: `thêm with: { ${name}: "${example}" }`,
      }),
    );
  return [...unknown, ...wrong, ...missing];
}

const isFiller = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

function valuesOf({ parameters }: Recipe, given: Block): ReadonlyMap<string, string | number> {
  return new Map(
    Object.entries(parameters).flatMap(([name, { default: usual }]): [string, string | number][] => {
      const value = given[name] ?? usual;
      return isFiller(value) ? [[name, withoutSlash(value)]] : [];
    }),
  );
}

/** `https://a.example/` and `https://a.example` are one address to whoever writes them. */
function withoutSlash(value: string | number): string | number {
  return typeof value === 'string' && /^https?:\/\//.test(value) ? value.replace(/\/+$/, '') : value;
}

const PLACE = /\{\{([a-z][A-Za-z0-9]*)\}\}/g;
const WHOLE = /^\{\{([a-z][A-Za-z0-9]*)\}\}$/;

/** A text that is nothing but a parameter takes its value, numbers included; within a text it is written in. */
function fill(part: unknown, values: ReadonlyMap<string, string | number>): unknown {
  if (typeof part === 'string') {
    const whole = WHOLE.exec(part)?.[1];
    if (whole !== undefined) return values.get(whole);
    return part.replace(PLACE, (place, name: string) => String(values.get(name) ?? place));
  }
  if (Array.isArray(part)) return part.map(one => fill(one, values));
  if (!isBlock(part)) return part;
  return Object.fromEntries(
    Object.entries(part).flatMap(([key, value]) => {
      const filled = fill(value, values);
      // A parameter without a value leaves its key out.
      return filled === undefined || filled === '' ? [] : [[key, filled]];
    }),
  );
}

function merge(usual: unknown, own: unknown): unknown {
  if (!isBlock(usual) || !isBlock(own)) return own;
  const keys = new Set([...Object.keys(usual), ...Object.keys(own)]);
  return Object.fromEntries(
    [...keys].flatMap(key => {
      if (own[key] === null) return [];
      return [[key, key in own ? merge(usual[key], own[key]) : usual[key]]];
    }),
  );
}

function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
