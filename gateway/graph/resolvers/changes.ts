import type { Federation, Selection } from '../../../schemas/federation.ts';
import { CHANGES_MOST, CHANGES_USUAL, type ChangeRow, readChangePage } from '../../publish/change-page.ts';
import { changeSelection } from '../../publish/change-selection.ts';
import { readSelection } from '../../publish/feed-query.ts';
import type { GraphContext } from '../context.ts';
import { fromEnum, toEnum } from '../enum-names.ts';
import { requirePageSize } from '../limits.ts';
import type { Resolvers } from '../subschema.ts';

interface ChangesArguments {
  readonly since?: string | null;
  readonly first?: number | null;
  readonly sites?: readonly string[] | null;
  readonly topics?: readonly string[] | null;
  readonly kinds?: readonly string[] | null;
}

/** The same words as in an address, so the same checks. */
function toSelection(
  federation: Federation,
  lists: Readonly<Record<'sites' | 'topics' | 'kinds', readonly string[] | null | undefined>>,
): Selection {
  const params = new URLSearchParams();
  for (const [name, list] of Object.entries(lists))
    if (list && list.length > 0)
      params.set(name, list.map(word => (name === 'kinds' ? fromEnum(word) : word)).join(','));
  return readSelection(federation, params);
}

/** `Query.changes`: the same page as `/changes`. */
export async function changes(
  _parent: unknown,
  { since, first, sites, topics, kinds }: ChangesArguments,
  { services: { store, federation }, reads, budget }: GraphContext,
) {
  const limit = requirePageSize(first, { usual: CHANGES_USUAL, largest: CHANGES_MOST });
  budget.spend(limit);
  const { rows, cursor, upToDate, ledgerRoot } = await readChangePage(store, {
    limit,
    selection: changeSelection(federation, toSelection(federation, { sites, topics, kinds })),
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
