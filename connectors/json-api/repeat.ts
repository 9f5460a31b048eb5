import type { JsonReading } from '../../schemas/json-map/read.ts';
import type { Place } from './checkpoint.ts';
import type { JsonApiOptions } from './options.ts';

export type Repeat = 'end' | 'stuck';

/**
 * The same page again. Some sites give their last page for every number above it: that is the end. Others ignore the
 * paging parameter or send us round in circles: going on would never end.
 */
export function repeatOf(
  { entries, count }: JsonReading,
  next: Place | undefined,
  seen: Set<string>,
  page: number,
  { paging }: JsonApiOptions,
): Repeat | undefined {
  const ids = entries.map(({ sourceId, link, title }) => sourceId ?? link ?? title?.value ?? '').join('\n');
  const turn = typeof next === 'string' ? `→${next}` : undefined;
  const again = count > 0 && seen.has(ids);
  const circles = turn !== undefined && seen.has(turn);
  seen.add(ids);
  if (turn !== undefined) seen.add(turn);
  if (!again && !circles) return undefined;
  if (paging === undefined || !('start' in paging) || circles) return 'stuck';
  return page > 2 || count < paging.pageSize ? 'end' : 'stuck';
}
