/** What the REST API sends, as far as it is of use: each part absent when it isn't what it should be. */

export interface Post {
  readonly id: number;
  readonly type?: string;
  readonly status?: string;
  readonly slug?: string;
  readonly link?: string;
  readonly guid?: string;
  /** Site-local, without a zone. */
  readonly date?: string;
  /** `…Z`; absent where WordPress has none (`0000-00-00`). */
  readonly dateGmt?: string;
  readonly modifiedGmt?: string;
  readonly title?: string;
  readonly excerpt?: string;
  readonly content?: string;
  /** A password is asked before the text is shown. */
  readonly protected: boolean;
  readonly author?: number;
  readonly categories: readonly number[];
  readonly tags: readonly number[];
  readonly featuredMedia?: number;
  readonly sticky?: boolean;
  readonly format?: string;
  readonly commentsOpen?: boolean;
}

/** An author, a category or a tag. */
export interface Named {
  readonly id: number;
  /** HTML, see `plainText`. */
  readonly name: string;
  readonly slug?: string;
}

export interface Medium {
  readonly id: number;
  readonly url: string;
  readonly type?: string;
  readonly length?: number;
  readonly width?: number;
  readonly height?: number;
  readonly alt?: string;
  readonly caption?: string;
  readonly credit?: string;
  readonly copyright?: string;
}

/** The fields of `Post`, for `_fields`. Whole objects, because sites before 5.3 know no `title.rendered` there. */
export const POST_FIELDS =
  'id,type,status,slug,link,guid,date,date_gmt,modified_gmt,title,excerpt,content,author,categories,tags,' +
  'featured_media,sticky,format,comment_status';
/** What reconciling takes; `content.protected` alone renders nothing. */
export const PLACE_FIELDS = 'id,date_gmt,modified_gmt,content.protected';
export const NAMED_FIELDS = 'id,name,slug';
/** `media_details.width` would be answered by nothing: the media controller knows only the whole. */
export const MEDIUM_FIELDS = 'id,source_url,mime_type,alt_text,caption,media_details';

export function readPost(value: unknown): Post | undefined {
  const raw = record(value);
  const id = positive(raw.id);
  if (id === undefined) return undefined;
  const content = record(raw.content);
  return defined({
    id,
    type: text(raw.type),
    status: text(raw.status),
    slug: text(raw.slug),
    link: text(raw.link),
    guid: rendered(raw.guid),
    date: dateOf(raw.date, ''),
    dateGmt: dateOf(raw.date_gmt, 'Z'),
    modifiedGmt: dateOf(raw.modified_gmt, 'Z'),
    title: rendered(raw.title),
    excerpt: rendered(raw.excerpt),
    content: rendered(content),
    protected: content.protected === true || record(raw.excerpt).protected === true,
    author: positive(raw.author),
    categories: ids(raw.categories),
    tags: ids(raw.tags),
    featuredMedia: positive(raw.featured_media),
    sticky: typeof raw.sticky === 'boolean' ? raw.sticky : undefined,
    format: text(raw.format),
    commentsOpen: typeof raw.comment_status === 'string' ? raw.comment_status === 'open' : undefined,
  });
}

export function readNamed(value: unknown): Named | undefined {
  const raw = record(value);
  const id = positive(raw.id);
  const name = text(raw.name);
  return id === undefined || name === undefined ? undefined : defined({ id, name, slug: text(raw.slug) });
}

export function readMedium(value: unknown): Medium | undefined {
  const raw = record(value);
  const id = positive(raw.id);
  const url = text(raw.source_url);
  if (id === undefined || url === undefined) return undefined;
  const details = record(raw.media_details);
  const meta = record(details.image_meta);
  return defined({
    id,
    url,
    type: text(raw.mime_type),
    length: positive(details.filesize),
    width: positive(details.width),
    height: positive(details.height),
    alt: text(raw.alt_text),
    caption: rendered(raw.caption),
    credit: text(meta.credit),
    copyright: text(meta.copyright),
  });
}

/** The object's own properties, or none. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** A string with something in it. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** `{ rendered }`, or the bare string that some plugins make of it. */
function rendered(value: unknown): string | undefined {
  return text(record(value).rendered) ?? text(value);
}

/** Some plugins send numbers as strings. */
function positive(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

function ids(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.slice(0, 500).flatMap(one => positive(one) ?? []) : [];
}

/** WordPress writes `2026-11-22T01:30:00` for GMT and local alike; a zone that is there already stays. */
function dateOf(value: unknown, zone: 'Z' | ''): string | undefined {
  const match = /^([1-9]\d{3}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/.exec(
    text(value) ?? '',
  );
  if (!match || !(Date.parse(`${match[1]}T${match[2]}Z`) > 0)) return undefined;
  return `${match[1]}T${match[2]}${match[3] ?? zone}`;
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same without the properties that are undefined. */
export function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>;
}
