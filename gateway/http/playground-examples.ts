import { readFileSync } from 'node:fs';
import { isLeafType, isObjectType } from 'graphql';
import { OWN_KEY } from '../../schemas/subschemas/own.ts';
import type { Subschema } from '../graph/subschema.ts';

const MOST_FIELDS = 5;

/** Files of `schemas/operations/`, in the order of the tabs. The typed example client has the same ones. */
export const OPERATION_NAMES = [
  'ba-loai-trang',
  'tin-moi',
  'tim-tin',
  'cung-mot-tin',
  'thay-doi',
  'lien-thong',
] as const;

/** What the playground opens with, one tab each. Run by a test, so that they keep working. */
export const PLAYGROUND_EXAMPLES: readonly string[] = OPERATION_NAMES.map(name =>
  readFileSync(new URL(`../../schemas/operations/${name}.graphql`, import.meta.url), 'utf8'),
);

/** The examples for this graph: first all kinds of site at once, then one site asked live, where one can be. */
export function playgroundExamples(subschemas: readonly Subschema[]): readonly string[] {
  const [first = '', ...rest] = PLAYGROUND_EXAMPLES;
  return [first, ...subschemas.flatMap(part => liveExample(part) ?? []).slice(0, 1), ...rest];
}

function liveExample({ schema, live, sites: [site = ''] }: Subschema): string | undefined {
  const type = live && schema.getType(live.type);
  if (!isObjectType(type)) return undefined;
  const leaves = Object.values(type.getFields()).filter(
    field => field.name !== OWN_KEY && isLeafType(field.type) && field.args.length === 0,
  );
  if (leaves.length === 0) return undefined;
  const names = leaves.slice(0, MOST_FIELDS).map(({ name }) => name);
  return `# Chào bạn! Tin lấy từ kho của cổng,
# còn các trường trong own được hỏi thẳng
# trang ${site} ngay lúc này. Bấm ▶ hai lần
# để thấy con số thay đổi.
query HoiThang {
  items(first: 5, filter: { sites: [${JSON.stringify(site)}] }) {
    nodes {
      title
      link
      published
      own {
        ... on ${type.name} { ${names.join(' ')} }
      }
    }
  }
}
`;
}
