import { CodedError } from '../errors.ts';
import type { Json } from './json-path.ts';
import type { ItemMap } from './options.ts';
import type { Paths } from './paths.ts';
import { sampleOf } from './sample.ts';
import { placesOf, valueAt } from './template.ts';

/** So many items without a single node tell a wrong path; fewer may just lack an optional key. */
const ENOUGH = 3;
/** Without these an item is nothing. */
const NEEDED = new Set(['id', 'title', 'link']);
/** These a CMS sends for every item, if only as null. */
const EXPECTED = new Set(['content', 'published', 'updated']);

/** The items' path leads nowhere: MAP_MISMATCH with a sample of the document. */
export function wrongItems(document: Json, { items }: ItemMap, url: string): CodedError {
  return mismatch({ field: 'items', path: items, url, sample: sampleOf(document) }, 'tài liệu');
}

/**
 * Throws MAP_MISMATCH where a path that every item needs finds no node in any; gives notes about the others.
 * A null is a node: the site knows the field.
 */
export function checkMap(items: readonly Json[], paths: Paths, options: ItemMap, url: string): string[] {
  const [first] = items;
  if (first === undefined) return [];
  const missing = [
    ...paths.map,
    ...[...paths.own].map(([name, path]) => [`own.${name}`, path] as const),
  ].filter(([, path]) => items.every(item => path.first(item) === undefined));
  const refused = missing.find(
    ([field]) => NEEDED.has(field) || (EXPECTED.has(field) && items.length >= ENOUGH),
  );
  if (refused) {
    const [field, { text: path }] = refused;
    throw mismatch({ field: `map.${field}`, path, url, sample: sampleOf(first) }, 'mục đầu tiên');
  }
  const place = wrongPlace(items, options);
  if (place !== undefined) {
    throw mismatch({ field: 'link', path: `{${place}}`, url, sample: sampleOf(first) }, 'mục đầu tiên');
  }
  if (items.length < ENOUGH) return [];
  return missing.map(([field, { text }]) => `${field}: ${text} matches nothing in ${items.length} items`);
}

function wrongPlace(items: readonly Json[], { link, map }: ItemMap): string | undefined {
  if (link === undefined || map.link !== undefined) return undefined;
  return placesOf(link).find(name => items.every(item => valueAt(item, name) === undefined));
}

function mismatch(
  data: { readonly field: string; readonly path: string; readonly url: string; readonly sample: string },
  what: string,
): CodedError {
  const { field, path, url, sample } = data;
  return new CodedError('MAP_MISMATCH', `${field}: ${path} matches nothing in what ${url} sends: ${sample}`, {
    data: {
      ...data,
      vi: `${field}: ${path} không khớp gì trong dữ liệu của ${url}. Trang thật sự gửi (${what}): ${sample}. Sửa đường dẫn cho đúng tên khoá.`,
    },
  });
}
