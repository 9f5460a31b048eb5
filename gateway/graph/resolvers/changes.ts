import { CHANGES_MOST, CHANGES_USUAL, type ChangeRow, readChangePage } from '../../publish/change-page.ts';
import type { GraphContext } from '../context.ts';
import { toEnum } from '../enum-names.ts';
import { requirePageSize } from '../limits.ts';
import type { Resolvers } from '../subschema.ts';

/** `Query.changes`: the same page as `/changes`. */
export async function changes(
  _parent: unknown,
  { since, first }: { readonly since?: string | null; readonly first?: number | null },
  { services: { store }, reads, budget }: GraphContext,
) {
  const limit = requirePageSize(first, { usual: CHANGES_USUAL, largest: CHANGES_MOST });
  budget.spend(limit);
  const { rows, cursor, upToDate, ledgerRoot } = await readChangePage(store, {
    limit,
    ...(since !== null && since !== undefined && { since }),
  });
  reads.seen(rows.flatMap(({ item }) => item ?? []));
  return { changes: rows, cursor, upToDate, ledgerRoot: ledgerRoot ?? null };
}

export const CHANGE_RESOLVERS: Resolvers = {
  Change: {
    kind: ({ change }: ChangeRow) => toEnum(change.kind),
    id: ({ change }: ChangeRow) => change.item,
    item: ({ item }: ChangeRow) => item ?? null,
    reason: ({ change }: ChangeRow) => (change.kind === 'tombstone' ? toEnum(change.reason) : null),
    replacedBy: ({ change }: ChangeRow) => (change.kind === 'tombstone' ? (change.replacedBy ?? null) : null),
    backfill: ({ change }: ChangeRow) => change.kind === 'put' && change.backfill,
    at: ({ change }: ChangeRow) => change.at,
  },
};
