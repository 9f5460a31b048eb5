import type { Row } from '../rows.ts';

/** What a pool and a client have in common, as far as the rooms need it. */
export interface Queryable {
  query(
    sql: string,
    values?: readonly unknown[],
  ): Promise<{ readonly rows: Row[]; readonly rowCount: number | null }>;
}

/** Collects values and hands out their places: `$1`, `$2` … */
export function parameters(): { readonly values: unknown[]; add(value: unknown): string } {
  const values: unknown[] = [];
  return {
    values,
    add(value) {
      values.push(value);
      return `$${values.length}`;
    },
  };
}
