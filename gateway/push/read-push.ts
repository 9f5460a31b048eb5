import { z } from 'zod';
import { CodedError } from '../../schemas/errors.ts';

/** What is wrong with a push: where, what, and how to mend it, in Vietnamese for the site's webmaster. */
export interface PushProblem {
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

export type Push =
  | { readonly op: 'put'; readonly item: object }
  | { readonly op: 'correct'; readonly item: object; readonly replaces: readonly string[] }
  | { readonly op: 'withdraw'; readonly item: Named };

/** What names an item of the site: our id or the site's own, its address, or both. */
export interface Named {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
}

const name = z.string().min(1).max(4_000);
const item = z.looseObject({});
const shape = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('put'), item }),
  z.strictObject({
    op: z.literal('correct'),
    item,
    replaces: z.union([name.transform(one => [one]), z.array(name).min(1).max(20)]),
  }),
  z.strictObject({
    op: z.literal('withdraw'),
    item: z
      .looseObject({ id: name.optional(), url: name.optional() })
      .refine(({ id, url }) => id !== undefined || url !== undefined),
  }),
]);

const SHAPES =
  'gửi { "op": "put", "item": { … } }, { "op": "correct", "item": { … }, "replaces": "<địa chỉ hoặc mã>" } hoặc { "op": "withdraw", "item": { "url": "https://…" } }.';

/** @throws CodedError INVALID_ITEM with every problem */
export function readPush(body: Uint8Array): Push {
  const { data, error } = shape.safeParse(jsonOf(body));
  if (data) return data;
  throw invalid(
    error.issues.map(({ path, code }) => ({
      path: path.join('.') || 'body',
      message: code === 'unrecognized_keys' ? 'có khoá không dùng đến.' : 'thiếu hoặc không đúng dạng.',
      remedy: SHAPES,
    })),
  );
}

export function invalid(problems: readonly PushProblem[]): CodedError {
  return new CodedError('INVALID_ITEM', 'The push is not in order; see problems.', { data: { problems } });
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
