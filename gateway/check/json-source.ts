import type { FoundSource, SourceKind } from './found-source.ts';
import type { JsonSpeaks, JsonSummary } from './read-json.ts';

/** A JSON answer as a way into the site; undefined where it is none. */
export function jsonSource(
  url: string,
  json: JsonSummary,
  home: URL,
  pages: readonly string[],
): FoundSource | undefined {
  const kind =
    KINDS[json.speaks] ?? (json.speaks === 'list' && json.map.title !== undefined ? 'json' : undefined);
  if (kind === undefined) return undefined;
  const seen = {
    kind,
    url,
    works: true,
    ...(json.count > 0 && { entries: json.count }),
    ...(json.total !== undefined && { total: json.total }),
    ...(json.newest !== undefined && { newest: json.newest }),
  };
  if (kind === 'wordpress')
    return { ...seen, fields: WORDPRESS_FIELDS, connector: { id: 'wordpress', options: { url: home.href } } };
  if (kind === 'graphql')
    return {
      ...seen,
      fields: [],
      note: {
        vi: `Có GraphQL${json.names.length > 0 ? `: ${json.names.slice(0, 10).join(', ')}` : ''}; cần viết câu hỏi cho bộ kết nối graphql.`,
        en: `There is GraphQL${json.names.length > 0 ? `: ${json.names.slice(0, 10).join(', ')}` : ''}; the graphql connector wants a query.`,
      },
    };
  const options =
    json.items !== undefined && json.map.title !== undefined ? optionsOf(url, json, home, pages) : undefined;
  return {
    ...seen,
    fields: Object.keys(json.map),
    ...(options && { connector: { id: 'json-api', options } }),
    ...(options && json.map.link === undefined && { note: LINK_NOTE }),
  };
}

const KINDS: Partial<Record<JsonSpeaks, SourceKind>> = {
  'wordpress-posts': 'wordpress',
  'wordpress-root': 'wordpress',
  strapi: 'strapi',
  ghost: 'ghost',
  drupal: 'drupal',
  'drupal-root': 'drupal',
  graphql: 'graphql',
  'graphql-schema': 'graphql',
  sharepoint: 'sharepoint',
};

const WORDPRESS_FIELDS = [
  'id',
  'title',
  'link',
  'published',
  'updated',
  'summary',
  'content',
  'authors',
  'categories',
  'picture',
];
const LINK_NOTE = {
  vi: 'API không cho địa chỉ trang bài: xem lại mẫu link, đã đoán theo trang chủ.',
  en: "The API gives no address of the article's page: look at the template of link, guessed by the home page.",
};

/**
 * Options of the connector `json-api`. Where the API names no page, a template: by a page of the site in whose address a
 * value of an item stands, else a guess that a person corrects.
 */
function optionsOf(
  url: string,
  { speaks, items, map, samples }: JsonSummary,
  home: URL,
  pages: readonly string[],
): Readonly<Record<string, unknown>> {
  const id = map.id?.replace(/^\$\./, '') ?? 'id';
  const link = linkTemplate(samples, pages) ?? `${home.origin}/{${id}}`;
  const paging = PAGING[speaks];
  return {
    url: paging ? withoutSize(url) : url,
    items,
    map,
    ...(map.link === undefined && { link }),
    ...(paging && { paging }),
  };
}

/** How the systems that are known page through their lists. */
const PAGING: Partial<Record<JsonSpeaks, object>> = {
  strapi: {
    kind: 'page',
    param: 'pagination[page]',
    size: 'pagination[pageSize]',
    start: 1,
    total: '$.meta.pagination.pageCount',
  },
  drupal: { kind: 'next', next: '$.links.next.href' },
};

/** Our probe asked for a few; a harvest asks for its own page size. */
function withoutSize(address: string): string {
  const url = new URL(address);
  for (const name of ['pagination[pageSize]', 'page[limit]']) url.searchParams.delete(name);
  return url.href;
}

/** `https://a.vn/tin/khai-mac-42` and an item with `slug: khai-mac-42` → `https://a.vn/tin/{slug}`. */
export function linkTemplate(
  samples: readonly Readonly<Record<string, string>>[],
  pages: readonly string[],
): string | undefined {
  for (const sample of samples) {
    const values = Object.entries(sample).filter(([, value]) => /^[\w-]{3,200}$/.test(value));
    // The longest value is the one that can't stand there by chance.
    for (const [name, value] of values.toSorted(([, a], [, b]) => b.length - a.length)) {
      const page = pages.find(address => partsOf(address).includes(value));
      if (page !== undefined) return page.replace(new RegExp(`(?<=[/=-])${value}(?=$|[/?&.#])`), `{${name}}`);
    }
  }
  return undefined;
}

function partsOf(address: string): string[] {
  const path = address.replace(/^https?:\/\/[^/]*/, '').replace(/\.(?:html?|aspx|htm)$/, '');
  return path.split(/[/?&=]/).flatMap(part => [part, part.split('-').at(-1) ?? '']);
}
