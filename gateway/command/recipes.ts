import { RECIPES, type Recipe, type RecipeId, recipeOf } from '../../config/recipes.ts';
import { CodedError } from '../../schemas/errors.ts';

/** Lists the recipes, or tells all of one, with the block to paste. */
export function recipes(id: string | undefined): number {
  if (id === undefined) {
    for (const one of RECIPES) {
      const { title, source } = recipeOf(one);
      console.log(`recipe/${one}\t${title.vi}\t${source.connector}`);
    }
    console.log('`lienthong recipes <tên>` nói rõ từng công thức và viết sẵn đoạn cho tệp liên thông.');
    return 0;
  }
  const known = RECIPES.find(one => one === id.replace(/^recipe\//, ''));
  if (!known)
    throw new CodedError('NOT_FOUND', `There is no recipe ${id}. There are: ${RECIPES.join(', ')}.`);
  console.log(described(known, recipeOf(known)));
  return 0;
}

function described(id: RecipeId, { title, summary, parameters }: Recipe): string {
  const lines = Object.entries(parameters).map(
    ([name, { describe, default: usual }]) =>
      `  ${name}\t${describe.vi}${usual === undefined ? '' : ` Không ghi: ${usual}.`}`,
  );
  const values = Object.entries(parameters)
    .filter(([, one]) => one.default === undefined)
    .map(([name, { example }]) => `          ${name}: ${JSON.stringify(example)}`);
  return [
    title.vi,
    summary.vi,
    '',
    'Tham số:',
    ...lines,
    '',
    '      - id: tin',
    `        extends: recipe/${id}`,
    ...(values.length > 0 ? ['        with:', ...values] : []),
  ].join('\n');
}
