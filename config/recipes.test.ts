import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { CodedError } from '../schemas/errors.ts';
import { rules } from '../schemas/rules/index.ts';
import { extendSources } from './extend-sources.ts';
import type { Fault } from './fault.ts';
import { readFederation } from './federation.ts';
import { RECIPES, readRecipe, recipeOf } from './recipes.ts';

/** Takes any options: what connectors make of them is told where connectors are known. */
const anything = ['json-api', 'feed', 'web-page'].map(id => ({ id, options: z.looseObject({}) }));
const listen = { host: '127.0.0.1', port: 4000 };

function federate(source: string, env: Record<string, string> = {}) {
  const text = `sites:
  - id: tap-chi
    name: Tạp chí
    kind: unit
    homepage: https://tap-chi.example
    sources:
${source.replace(/^/gm, '      ')}`;
  return readFederation({ text, path: 'f.yaml', env, connectors: anything, rules, listen }).federation
    .sources[0];
}

function faultsOf(source: string): readonly Fault[] {
  try {
    federate(source);
    return [];
  } catch (thrown) {
    if (thrown instanceof CodedError) return thrown.data.faults as readonly Fault[];
    throw thrown;
  }
}

describe('recipes', () => {
  it('are listed, each of them and no other', () => {
    const files = readdirSync(new URL('./recipes/', import.meta.url)).filter(name => name.endsWith('.yaml'));
    expect(files.map(name => name.replace('.yaml', '')).toSorted()).toEqual([...RECIPES].toSorted());
  });

  it.each(RECIPES)('%s describes itself, and uses every parameter and no other', id => {
    const recipe = recipeOf(id);
    expect(recipe.id).toBe(id);
    const used = new Set(
      [...JSON.stringify(recipe.source).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name),
    );
    expect([...used].toSorted()).toEqual(Object.keys(recipe.parameters).toSorted());
    expect(JSON.stringify(recipe.source)).not.toContain('${');
  });

  it.each(RECIPES)('%s with its examples is a source', id => {
    const { parameters } = recipeOf(id);
    const given = Object.fromEntries(
      Object.entries(parameters).map(([name, { example }]) => [name, example]),
    );
    const source = federate(
      `- { id: tin, extends: recipe/${id}, with: ${JSON.stringify(given)} }`,
      Object.fromEntries(['GHOST_KEY', 'JOOMLA_TOKEN'].map(name => [name, 'x'])),
    );
    expect(source?.connector).toBe(recipeOf(id).source.connector);
    expect(JSON.stringify(source?.options)).not.toContain('{{');
  });

  it('that is broken says where', () => {
    expect(() => readRecipe('id: x\ntitle: 1\n', 'x.yaml')).toThrow(/x\.yaml:2:8 title/);
  });
});

describe('a source that extends one', () => {
  it('takes what it does not say itself, key by key; null takes a key away', () => {
    const source = federate(
      `- id: bai
  extends: recipe/ghost
  with: { site: https://tap-chi.example/, key: "\${K}" }
  every: 20m
  options:
    headers: { X-Them: "1" }
    map: { summary: $.custom_excerpt, canonical: null }
    since: null`,
      { K: 'bi-mat' },
    );
    const options = source?.options as Record<string, Record<string, unknown>>;
    expect(source).toMatchObject({ connector: 'json-api', every: { max: 1_200_000 } });
    expect(options.url).toBe(
      'https://tap-chi.example/ghost/api/content/posts/?key=bi-mat&include=tags,authors&order=published_at%20desc',
    );
    expect(options.headers).toEqual({ 'Accept-Version': 'v5.0', 'X-Them': '1' });
    expect(options.map).toMatchObject({ id: '$.id', summary: '$.custom_excerpt' });
    expect(options.map).not.toHaveProperty('canonical');
    expect(options).not.toHaveProperty('since');
  });

  it.each([
    [
      'a recipe that is none',
      '- { id: a, extends: recipe/gost }',
      'sites[0].sources[0].extends',
      /recipe\/ghost\?/,
    ],
    ['no recipe at all', '- { id: a, extends: 7 }', 'sites[0].sources[0].extends', /lienthong recipes/],
    [
      'a parameter too few',
      '- { id: a, extends: recipe/ghost, with: { key: k } }',
      'sites[0].sources[0].with.site',
      /with: \{ site:/,
    ],
    [
      'a misspelt parameter',
      '- { id: a, extends: recipe/ghost, with: { site: "https://a.example", key: k, sitee: 1 } }',
      'sites[0].sources[0].with.sitee',
      /ý bạn là site\?/,
    ],
    [
      'a parameter that is a list',
      '- { id: a, extends: recipe/ghost, with: { site: [1], key: k } }',
      'sites[0].sources[0].with.site',
      /ngoặc kép/,
    ],
  ])('says what is wrong: %s', (_name, source, path, remedy) => {
    const fault = faultsOf(source).find(one => one.path === path);
    expect(fault?.line).toBe(7);
    expect(fault?.remedy).toMatch(remedy);
  });

  it('leaves alone what extends nothing, and what is no file at all', () => {
    for (const tree of [undefined, 1, [], { sites: 3 }, { sites: [{ sources: [{ id: 'a' }, 7] }] }])
      expect(extendSources(tree)).toEqual({ value: tree, findings: [] });
  });
});
