import { z } from 'zod';
import { pathFault } from '../../schemas/json-map/json-path.ts';
import { selectorFault } from '../../schemas/pages/select.ts';

/** Where a value stands, as the federation file says it. */
export type Place =
  /** What the page declares: JSON-LD, meta elements, microdata, in this order. */
  | { readonly kind: 'auto' }
  | {
      readonly kind: 'css';
      readonly select: string;
      readonly attribute?: string;
      readonly match?: string;
      readonly text: string;
    }
  | { readonly kind: 'path'; readonly path: string; readonly match?: string; readonly text: string }
  | {
      readonly kind: 'column';
      readonly column: number | string;
      readonly select?: string;
      readonly attribute?: string;
      readonly match?: string;
      readonly text: string;
    }
  | { readonly kind: 'value'; readonly value: string };

/** `h1.title`, `time@datetime`, `$.props.title`, `auto`. */
const written = z.string().trim().min(1).max(500);

const detailed = z.strictObject({
  select: z.string().trim().min(1).max(500).optional().describe('Bộ chọn CSS (trong ô, nếu có column).'),
  attribute: z.string().min(1).max(100).optional().describe('Lấy thuộc tính này thay cho chữ.'),
  column: z
    .union([z.int().min(1).max(200), z.string().min(1).max(200)])
    .optional()
    .describe('Cột của bảng: số thứ tự từ 1, hoặc chữ ở đầu cột.'),
  path: z.string().min(1).max(500).optional().describe('JSONPath trong dữ liệu nhúng của trang.'),
  match: z
    .string()
    .min(1)
    .max(300)
    .optional()
    .describe('Biểu thức chính quy: lấy nhóm (…) đầu tiên, hoặc phần khớp.'),
  value: z.string().max(500).optional().describe('Giá trị cố định.'),
});
type Detailed = z.output<typeof detailed>;

const one = z.union([written, detailed]);

/** A selector, several in the order of trying, or false: never. */
export const field = z
  .union([z.literal(false), written, detailed, z.array(one).min(1).max(10)])
  .superRefine((value, context) => {
    for (const [index, part] of listed(value).entries()) {
      const fault = faultOf(part);
      if (fault !== undefined)
        context.addIssue({ code: 'custom', path: Array.isArray(value) ? [index] : [], message: fault });
    }
  });
export type Field = z.output<typeof field>;

/** One place, for links and items. */
export const single = written.superRefine((value, context) => {
  const fault = value.startsWith('http') ? undefined : faultOf(value);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
});

export const selector = written.superRefine((value, context) => {
  const fault = selectorFault(value);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: notCss(value, fault) });
});

function listed(value: Field): readonly (string | Detailed)[] {
  if (value === false) return [];
  return Array.isArray(value) ? value : [value];
}

/** The places to try, in their order; what the page declares comes last unless `auto` stands elsewhere. */
export function placesOf(value: Field | undefined): readonly Place[] {
  if (value === false) return [];
  const places = value === undefined ? [] : listed(value).map(placeOf);
  return places.some(({ kind }) => kind === 'auto' || kind === 'value')
    ? places
    : [...places, { kind: 'auto' }];
}

export function placeOf(written: string | Detailed): Place {
  if (typeof written !== 'string') return placeOfDetailed(written);
  if (written === 'auto') return { kind: 'auto' };
  if (written.startsWith('$')) return { kind: 'path', path: written, text: written };
  const [, select = written, attribute] = /^(.*?)\s*@([A-Za-z_][\w:.-]{0,99})$/.exec(written) ?? [];
  return {
    kind: 'css',
    select: select === '' ? ':scope' : select,
    text: written,
    ...(attribute !== undefined && { attribute }),
  };
}

function placeOfDetailed({ select, attribute, column, path, match, value }: Detailed): Place {
  const more = { ...(attribute !== undefined && { attribute }), ...(match !== undefined && { match }) };
  if (value !== undefined) return { kind: 'value', value };
  if (path !== undefined) return { kind: 'path', path, text: path, ...(match !== undefined && { match }) };
  if (column !== undefined)
    return {
      kind: 'column',
      column,
      text: `column: ${column}`,
      ...(select !== undefined && { select }),
      ...more,
    };
  return {
    kind: 'css',
    select: select ?? ':scope',
    text: [select ?? ':scope', attribute].filter(Boolean).join('@'),
    ...more,
  };
}

function faultOf(written: string | Detailed): string | undefined {
  const place = placeOf(written);
  if (typeof written !== 'string') {
    const named = (['select', 'column', 'path', 'value', 'attribute'] as const).some(
      key => written[key] !== undefined,
    );
    if (!named) return 'cần select, column, path hoặc value.';
  }
  if ('match' in place && place.match !== undefined) {
    const fault = patternFault(place.match);
    if (fault !== undefined) return `match không phải biểu thức chính quy: ${fault}.`;
  }
  if (place.kind === 'path') {
    const fault = pathFault(place.path);
    return fault === undefined ? undefined : `không phải JSONPath (RFC 9535): ${fault}.`;
  }
  const select = place.kind === 'css' || place.kind === 'column' ? place.select : undefined;
  const fault = select === undefined ? undefined : selectorFault(select);
  return fault === undefined ? undefined : notCss(select ?? '', fault);
}

function patternFault(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'u');
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

function notCss(written: string, fault: string): string {
  const hint = /^\/|^\.\/\//.test(written) ? ' Đây có vẻ là XPath: hãy viết bộ chọn CSS.' : '';
  return `không phải bộ chọn CSS: ${fault}.${hint}`;
}
