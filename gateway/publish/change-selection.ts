import type { Federation, Selection } from '../../schemas/federation.ts';
import type { SiteKind } from '../../schemas/site.ts';

/** Part of the change log, as somebody follows it. */
export interface ChangeSelection {
  readonly select: Selection;
  readonly kindOf: (site: string) => SiteKind | undefined;
  /** In cursors: a cursor of one selection means nothing in another. `''` is everything. */
  readonly text: string;
}

/** The order in which somebody names sites makes no other selection. */
export function changeSelection({ sites }: Pick<Federation, 'sites'>, select: Selection): ChangeSelection {
  const kinds = new Map(sites.map(({ id, kind }) => [id, kind]));
  const lists = [select.sites, select.topics, select.kinds].map(list => [...new Set(list)].sort().join(','));
  const text = lists.every(list => list === '') ? '' : lists.join(';');
  return { select, kindOf: site => kinds.get(site), text };
}
