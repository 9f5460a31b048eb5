import { readDate } from '../../schemas/dates.ts';
import type { Instant } from '../../schemas/instant.ts';

/** Which system a JSON answer speaks for. */
export type JsonSpeaks =
  | 'wordpress-root'
  | 'wordpress-posts'
  | 'strapi'
  | 'ghost'
  | 'drupal'
  | 'drupal-root'
  | 'graphql'
  | 'graphql-schema'
  | 'sharepoint'
  | 'list'
  | 'other';

/** What a JSON answer offers. */
export interface JsonSummary {
  readonly speaks: JsonSpeaks;
  /** JSONPath to the items. */
  readonly items?: string;
  readonly count: number;
  readonly total?: number;
  readonly newest?: Instant;
  /** Part of an entry → JSONPath, as the connector `json-api` wants it. */
  readonly map: Readonly<Record<string, string>>;
  /** GraphQL: names of root fields that give lists. Drupal: names and addresses of resources. */
  readonly names: readonly string[];
  readonly first: readonly string[];
  /** Short values of a few items by field: one of them may stand in the address of the item's page. */
  readonly samples: readonly Readonly<Record<string, string>>[];
}

type Record_ = Readonly<Record<string, unknown>>;
const NOTHING: JsonSummary = { speaks: 'other', count: 0, map: {}, names: [], first: [], samples: [] };

/** Text → what it offers. Total. */
export function readJson(text: string): JsonSummary {
  try {
    return summariseJson(JSON.parse(text.replace(/^\ufeff/, '')));
  } catch {
    return NOTHING;
  }
}

function summariseJson(value: unknown): JsonSummary {
  const root = recordOf(value);
  if (root) return ofObject(root);
  return Array.isArray(value) ? ofList(value, '$[*]') : NOTHING;
}

function ofObject(root: Record_): JsonSummary {
  if (Array.isArray(root.namespaces) && recordOf(root.routes))
    return { ...NOTHING, speaks: 'wordpress-root', names: stringsOf(root.namespaces) };
  if (recordOf(root.jsonapi)) return ofDrupal(root);
  const graph = recordOf(recordOf(root.data)?.__schema);
  if (graph) return ofGraph(graph);
  if (typeof recordOf(root.data)?.__typename === 'string' || isGraphError(root))
    return { ...NOTHING, speaks: 'graphql' };
  const pagination = recordOf(recordOf(root.meta)?.pagination);
  if (Array.isArray(root.posts) && pagination)
    return { ...ofList(root.posts, '$.posts[*]'), speaks: 'ghost', ...total(pagination.total) };
  if (Array.isArray(root.data) && pagination)
    return { ...ofList(root.data, '$.data[*]'), speaks: 'strapi', ...total(pagination.total) };
  const d = recordOf(root.d);
  if (d && Array.isArray(d.results)) return { ...ofList(d.results, '$.d.results[*]'), speaks: 'sharepoint' };
  if (
    Array.isArray(root.value) &&
    Object.keys(root).some(key => key.startsWith('odata') || key.startsWith('@odata'))
  )
    return { ...ofList(root.value, '$.value[*]'), speaks: 'sharepoint' };
  return nestedList(root, '$', 0) ?? NOTHING;
}

function isGraphError({ errors }: Record_): boolean {
  return (
    Array.isArray(errors) &&
    errors.some(
      one =>
        typeof recordOf(one)?.message === 'string' &&
        (recordOf(one)?.locations !== undefined || recordOf(one)?.extensions !== undefined),
    )
  );
}

function ofDrupal(root: Record_): JsonSummary {
  if (!Array.isArray(root.data) || root.data.length === 0) {
    const links = recordOf(root.links) ?? {};
    const names = Object.keys(links).filter(name => name.startsWith('node--'));
    return { ...NOTHING, speaks: 'drupal-root', names: names.slice(0, 20) };
  }
  const list = ofList(root.data, '$.data[*]');
  return { ...list, speaks: 'drupal', ...total(recordOf(root.meta)?.count) };
}

function ofGraph(schema: Record_): JsonSummary {
  const query = String(recordOf(schema.queryType)?.name ?? 'Query');
  const types: readonly unknown[] = Array.isArray(schema.types) ? schema.types : [];
  const root = types.map(recordOf).find(type => type?.name === query);
  const fields: readonly unknown[] = Array.isArray(root?.fields) ? root.fields : [];
  return {
    ...NOTHING,
    speaks: 'graphql-schema',
    names: fields
      .flatMap(field => recordOf(field)?.name ?? [])
      .map(String)
      .slice(0, 50),
  };
}

/** The longest list of things with a title and a time in the data that a page carries for its scripts. */
export function readEmbedded(value: unknown): JsonSummary | undefined {
  const root = recordOf(value);
  const lists = root ? listsIn(root, '$', 0) : [];
  const [best] = lists.toSorted((a, b) => b.count - a.count);
  return best;
}

const DEEPEST = 8;

function listsIn(root: Record_, path: string, depth: number): JsonSummary[] {
  if (depth > DEEPEST) return [];
  return Object.entries(root)
    .slice(0, 60)
    .flatMap(([name, value]) => {
      if (!/^[A-Za-z_]\w{0,60}$/.test(name)) return [];
      const inner = recordOf(value);
      if (inner) return listsIn(inner, `${path}.${name}`, depth + 1);
      const list = Array.isArray(value) ? ofList(value, `${path}.${name}[*]`) : undefined;
      const tells = list?.map.title !== undefined && (list.map.published ?? list.map.updated) !== undefined;
      return list && tells && list.count >= FEWEST ? [list] : [];
    });
}

const FEWEST = 3;

/** A list of things with a title, somewhere near the top. */
function nestedList(root: Record_, path: string, depth: number): JsonSummary | undefined {
  for (const [name, value] of Object.entries(root).slice(0, 50)) {
    if (!/^[A-Za-z_]\w{0,60}$/.test(name)) continue;
    if (Array.isArray(value)) {
      const list = ofList(value, `${path}.${name}[*]`);
      if (list.map.title !== undefined) return list;
    }
    const inner = depth < 3 ? recordOf(value) : undefined;
    const found = inner && nestedList(inner, `${path}.${name}`, depth + 1);
    if (found) return found;
  }
  return undefined;
}

const NAMES: readonly (readonly [string, RegExp])[] = [
  ['id', /^(?:documentId|id|_id|uuid|guid|newsId|articleId|ID|Id)$/],
  ['title', /^(?:title|headline|name|tieu_?de|subject|Title)$/i],
  ['summary', /^(?:summary|lead|excerpt|description|sapo|abstract|tom_?tat|field_summary)$/i],
  ['content', /^(?:content|body|html|full_?text|noi_?dung|detail|Body)$/i],
  [
    'published',
    /^(?:published_?at|publish_?date|published|date_?published|ngay_?dang|created_?at|created|date|PublishedDate|ArticleStartDate)$/i,
  ],
  [
    'updated',
    /^(?:updated_?at|modified_?at|updated|changed|date_?modified|last_?modified|Modified|modified)$/i,
  ],
  ['link', /^(?:url|link|href|permalink|canonical_?url|FileRef)$/i],
  ['authors', /^(?:author_?name|author|authors|tac_?gia)$/i],
  ['categories', /^(?:categories|category|section|tags|chuyen_?muc)$/i],
  ['picture', /^(?:image_?url|image|thumbnail|feature_image|cover|picture|avatar|anh)$/i],
];

function ofList(list: readonly unknown[], items: string): JsonSummary {
  const records = list
    .slice(0, 200)
    .map(recordOf)
    .filter(one => one !== undefined);
  const [sample] = records;
  if (!sample) return { ...NOTHING, speaks: 'list', items, count: list.length };
  if (
    'guid' in sample &&
    'slug' in sample &&
    recordOf(sample.title) &&
    'rendered' in (recordOf(sample.title) ?? {})
  )
    return {
      ...NOTHING,
      speaks: 'wordpress-posts',
      items,
      count: list.length,
      ...newestOf(records, ['date_gmt', 'date']),
    };
  const attributes = recordOf(sample.attributes);
  const map = { ...mapOf(sample, '$'), ...(attributes && mapOf(attributes, '$.attributes')) };
  const field = (map.published ?? map.updated)?.replace(/^\$\.(?:attributes\.)?/, '');
  const dated = records.map(record => recordOf(record.attributes) ?? record);
  return {
    speaks: 'list',
    items,
    count: list.length,
    map,
    names: [],
    ...(field !== undefined && newestOf(dated, [field])),
    samples: dated.slice(0, 10).map(shortValues),
    first: records.slice(0, 10).flatMap(record => linkOf(record, map.link)),
  };
}

function shortValues(record: Record_): Record<string, string> {
  const values = Object.entries(record).flatMap(([name, value]) => {
    const isShort = (typeof value === 'string' && value.length <= 200) || typeof value === 'number';
    return isShort && /^[A-Za-z_]\w{0,60}$/.test(name) ? [[name, String(value)] as const] : [];
  });
  return Object.fromEntries(values.slice(0, 30));
}

function linkOf(record: Record_, path: string | undefined): string[] {
  const value = path === undefined ? undefined : record[path.replace(/^\$\./, '')];
  return typeof value === 'string' && /^https?:/.test(value) ? [value] : [];
}

function mapOf(sample: Record_, at: string): Record<string, string> {
  const keys = Object.keys(sample).filter(key => /^[A-Za-z_]\w{0,60}$/.test(key));
  const found: Record<string, string> = {};
  for (const [part, names] of NAMES) {
    const fits = keys.filter(key => names.test(key) && sample[key] !== null && usable(part, sample[key]));
    // The list of words is in order of trust only where it is written so; the first key of the sample decides else.
    const best = fits.toSorted((a, b) => order(names, a) - order(names, b))[0];
    if (best !== undefined)
      found[part] = `${at}.${best}${recordOf(sample[best]) ? inner(recordOf(sample[best]) ?? {}) : ''}`;
  }
  return found;
}

function order(names: RegExp, key: string): number {
  const list = names.source.replace(/^\^\(\?:|\)\$$/g, '').split('|');
  const at = list.findIndex(name => new RegExp(`^${name}$`, 'i').test(key));
  return at < 0 ? list.length : at;
}

function usable(part: string, value: unknown): boolean {
  if (part === 'published' || part === 'updated')
    return typeof value === 'number' || (typeof value === 'string' && readDate(value) !== undefined);
  if (part === 'title' || part === 'summary' || part === 'link')
    return typeof value === 'string' && value !== '';
  if (part === 'content') return typeof value === 'string' || recordOf(value) !== undefined;
  return value !== undefined;
}

function inner(object: Record_): string {
  for (const name of ['processed', 'value', 'rendered', 'name', 'title', 'url'])
    if (typeof object[name] === 'string') return `.${name}`;
  return '';
}

function newestOf(records: readonly Record_[], names: readonly string[]): { newest?: Instant } {
  const times = records.flatMap(record => {
    const name = names.find(one => typeof record[one] === 'string') ?? '';
    // WordPress writes its GMT times without a zone.
    const written = `${String(record[name] ?? '')}${name.endsWith('_gmt') ? 'Z' : ''}`;
    return readDate(written)?.at ?? [];
  });
  return times.length > 0 ? { newest: times.reduce((a, b) => Math.max(a, b)) } : {};
}

function total(value: unknown): { total?: number } {
  return typeof value === 'number' && Number.isFinite(value) ? { total: value } : {};
}

function stringsOf(list: readonly unknown[]): string[] {
  return list.filter(one => typeof one === 'string').slice(0, 100);
}

function recordOf(value: unknown): Record_ | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
