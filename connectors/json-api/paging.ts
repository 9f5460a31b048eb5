import type { JsonReading } from '../../schemas/json-map/read.ts';
import type { FetchResponse } from '../connector.ts';
import type { Place } from './checkpoint.ts';
import type { Paging } from './options.ts';

/**
 * Where the page after this one is; undefined at the end. A site may give fewer than it was asked for, so without a
 * total only an empty page is the end.
 */
export function placeAfter(
  paging: Paging | undefined,
  at: Place | undefined,
  reading: JsonReading,
  { url, headers }: Pick<FetchResponse, 'url' | 'headers'>,
): Place | undefined {
  if (paging === undefined) return undefined;
  if (paging.kind === 'cursor') return reading.next;
  if (paging.kind === 'next') {
    const next = paging.next === undefined ? linkNext(headers.link) : reading.next;
    return next === undefined ? undefined : URL.parse(next, url)?.href;
  }
  if (reading.count === 0) return undefined;
  const here = Number(at ?? paging.start);
  const after = here + (paging.kind === 'page' ? 1 : reading.count);
  const end = reading.total === undefined ? Number.POSITIVE_INFINITY : paging.start + reading.total;
  return after < end ? after : undefined;
}

/** RFC 8288: `Link: <https://…?page=2>; rel="next"`. */
function linkNext(header: string | undefined): string | undefined {
  for (const part of header?.slice(0, 8192).split(/,\s*(?=<)/) ?? []) {
    const [, address, parameters = ''] = /^\s*<([^<>]+)>(.*)$/.exec(part) ?? [];
    if (address !== undefined && /;\s*rel="?(?:[\w-]+ )?next\b/i.test(parameters)) return address;
  }
  return undefined;
}
