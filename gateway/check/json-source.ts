import type { FoundSource, SourceKind } from './found-source.ts';
import type { JsonSpeaks, JsonSummary } from './read-json.ts';

/** A JSON answer as a way into the site; undefined where it is none. */
export function jsonSource(
  url: string,
  json: JsonSummary,
  home: URL,
  probed?: SourceKind,
): FoundSource | undefined {
  const kind =
    KINDS[json.speaks] ??
    (json.speaks === 'list' && json.map.title !== undefined
      ? probed === 'strapi'
        ? 'json'
        : 'json'
      : undefined);
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
    json.items !== undefined && json.map.title !== undefined ? optionsOf(url, json, home) : undefined;
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
  vi: 'API không cho địa chỉ trang bài: sửa mẫu link cho đúng.',
  en: "The API gives no address of the article's page: correct the template of link.",
};

/** Options of the connector `json-api`; where the API names no page, a template that a person corrects. */
function optionsOf(url: string, { items, map }: JsonSummary, home: URL): Readonly<Record<string, unknown>> {
  const id = map.id?.replace(/^\$\./, '') ?? 'id';
  return {
    url,
    items,
    map,
    ...(map.link === undefined && { link: `${home.origin}/{${id}}` }),
  };
}
