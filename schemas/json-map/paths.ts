import { JsonPath } from './json-path.ts';
import type { ItemMap } from './options.ts';

/** A source's paths, compiled. */
export interface Paths {
  readonly items: JsonPath;
  /** Part of an entry → where it is in an item. */
  readonly map: ReadonlyMap<MapField, JsonPath>;
  readonly own: ReadonlyMap<string, JsonPath>;
  /** Total or next, whichever the paging names. */
  readonly total?: JsonPath;
  readonly next?: JsonPath;
}

export type MapField = Exclude<keyof ItemMap['map'], 'contentType'>;

export function compilePaths({ items, map, own = {}, paging }: ItemMap): Paths {
  const { contentType: _contentType, ...fields } = map;
  const total = paging && 'total' in paging ? paging.total : undefined;
  const next = paging && 'next' in paging ? paging.next : undefined;
  return {
    items: new JsonPath(items),
    map: new Map(
      Object.entries(fields).flatMap(([field, text]) =>
        text === undefined ? [] : [[field as MapField, new JsonPath(text)]],
      ),
    ),
    own: new Map(Object.entries(own).map(([name, text]) => [name, new JsonPath(text)])),
    ...(total !== undefined && { total: new JsonPath(total) }),
    ...(next !== undefined && { next: new JsonPath(next) }),
  };
}
