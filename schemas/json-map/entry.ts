import type { Entry, ForeignMedia } from '../entry.ts';
import type { ContentSchema } from '../federation.ts';
import type { DateSettings } from '../source.ts';
import { contentOf } from './content.ts';
import type { Json, JsonPath } from './json-path.ts';
import type { ItemMap } from './options.ts';
import { ownFields } from './own.ts';
import type { MapField, Paths } from './paths.ts';
import { fillTemplate } from './template.ts';
import { addressOf, dateOf, mediumOf, namesOf, peopleOf, plainOf, proseOf, textOf } from './values.ts';

/** The type and fields of `own`, as the source's content schema has them. */
export type OwnSchema = Pick<ContentSchema, 'type' | 'fields'>;

/** What of its source a reader is told besides the options. */
export interface Known {
  readonly own?: OwnSchema;
  /** How the source writes its dates. */
  readonly dates?: DateSettings;
}

/** One item of the site's JSON as an entry. Total: parts that can't be read are absent. */
export function readEntry(
  item: Json,
  paths: Paths,
  options: ItemMap,
  base: string,
  { own, dates = {} }: Known,
): Entry {
  const first = (field: MapField) => firstSaid(paths.map.get(field), item);
  const all = (field: MapField) => paths.map.get(field)?.all(item) ?? [];
  const link = addressOf(first('link'), base) ?? (options.link && fillTemplate(options.link, item));
  const parts = {
    sourceId: textOf(first('id')),
    link,
    canonical: addressOf(first('canonical'), base),
    title: proseOf(first('title')),
    summary: proseOf(first('summary')),
    content: contentOf(first('content'), options.map.contentType, base),
    published: dateOf(first('published')),
    updated: dateOf(first('updated')),
    rights: plainOf(first('rights')),
    language: textOf(first('language')),
  };
  return {
    ...defined(parts),
    authors: peopleOf(all('authors'), base),
    categories: namesOf(all('categories')),
    media: mediaOf(first, all, base),
    ...(own &&
      paths.own.size > 0 && {
        own: { type: own.type, fields: ownFields(item, paths.own, { fields: own.fields, base, dates }) },
      }),
  };
}

/** `$['lead','summary']`: the first that says anything; a path of one place has one node, null or not. */
function firstSaid(path: JsonPath | undefined, item: Json): Json | undefined {
  const first = path?.first(item);
  if (first !== null && first !== '') return first;
  return path?.all(item).find(value => value !== null && value !== '') ?? first;
}

function mediaOf(
  first: (field: MapField) => Json | undefined,
  all: (field: MapField) => readonly Json[],
  base: string,
): readonly ForeignMedia[] {
  const picture = [first('picture')].flat()[0];
  const lead = mediumOf(picture, base, 'lead');
  const alt = textOf(first('pictureAlt'));
  const caption = plainOf(first('pictureCaption'));
  const credit = plainOf(first('pictureCredit'));
  const others = all('media')
    .flat()
    .slice(0, 100)
    .flatMap(node => mediumOf(node, base) ?? [])
    .filter(({ url }) => url !== lead?.url);
  if (lead === undefined) return others;
  return [
    { ...lead, ...(alt && { alt }), ...(caption && { caption }), ...(credit && { credit }) },
    ...others,
  ];
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The same without the parts that are undefined. */
function defined<T extends object>(parts: T): Defined<T> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Defined<T>;
}
