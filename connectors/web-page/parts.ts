import type { Known as KnownDate } from '../../schemas/dates/written.ts';
import { readDate } from '../../schemas/dates.ts';
import type { ForeignMedia } from '../../schemas/entry.ts';
import type { Json } from '../../schemas/json-map/json-path.ts';
import { JsonPath } from '../../schemas/json-map/json-path.ts';
import { type OwnReading, ownFields } from '../../schemas/json-map/own.ts';
import type { FoundDate } from '../../schemas/pages/find-date.ts';
import type { Person } from '../../schemas/text.ts';
import type { PartName, Parts } from './options.ts';
import { type Field, type Place, placesOf } from './place.ts';
import { addressAt, dateAt, type Node, nodesAt, peopleAt, pictureAt, type Scope, textAt } from './values.ts';

/** What was read of one item, on its list or on its own page. */
export interface ReadParts {
  readonly id?: string;
  readonly title?: string;
  readonly published?: FoundDate;
  readonly updated?: FoundDate;
  readonly summary?: string;
  /** Candidates for its picture, the most trusted first. */
  readonly pictures: readonly ForeignMedia[];
  readonly authors: readonly Person[];
  readonly categories: readonly string[];
  readonly language?: string;
  readonly rights?: string;
}

/** Gives what the page itself tells of a part; asked where the operator's places say `auto` or found nothing. */
export interface Automatic {
  text(part: 'id' | 'title' | 'summary' | 'language' | 'rights'): string | undefined;
  date(part: 'published' | 'updated'): FoundDate | undefined;
  pictures(): readonly ForeignMedia[];
  authors(): readonly Person[];
  categories(): readonly string[];
}

/** A part that the operator gave places for and that none of them gave; `place` is what they wrote. */
export interface Missed {
  readonly part: string;
  readonly place: string;
}

/** Every part of an item: the operator's places first, in their order, then what the page tells of itself. */
export function readParts(
  wanted: Parts | undefined,
  scope: Scope,
  automatic: Automatic,
  dates: KnownDate,
): { readonly parts: ReadParts; readonly missed: readonly Missed[] } {
  const missed: Missed[] = [];
  const read = <T>(
    part: PartName,
    at: (nodes: readonly Node[]) => T | undefined,
    auto: () => T | undefined,
  ): T | undefined => {
    const places = placesOf(wanted?.[part]);
    for (const place of places) {
      const found = place.kind === 'auto' ? auto() : at(nodesAt(place, scope));
      if (found !== undefined) return noteIfMissed(part, places, place, missed, found);
    }
    noteIfMissed(part, places, undefined, missed, undefined);
    return undefined;
  };
  const text = (part: 'id' | 'title' | 'summary' | 'language' | 'rights') =>
    read(
      part,
      nodes => first(nodes, textAt),
      () => automatic.text(part),
    );
  const date = (part: 'published' | 'updated') =>
    exactest(
      read(
        part,
        nodes => first(nodes, node => dateAt(node, dates)),
        () => automatic.date(part),
      ),
      () => (wanted?.[part] === undefined || wanted[part] === false ? undefined : automatic.date(part)),
      dates,
    );
  const parts = {
    id: text('id'),
    title: text('title'),
    published: date('published'),
    updated: date('updated'),
    summary: text('summary'),
    language: text('language'),
    rights: text('rights'),
  };
  const pictures = read(
    'picture',
    nodes => some(nodes.flatMap(node => pictureAt(node, scope.base) ?? [])),
    () => some(automatic.pictures()),
  );
  const caption = read(
    'pictureCaption',
    nodes => first(nodes, textAt),
    () => undefined,
  );
  const credit = read(
    'pictureCredit',
    nodes => first(nodes, textAt),
    () => undefined,
  );
  return {
    parts: {
      ...defined(parts),
      pictures: captioned(pictures ?? [], caption, credit),
      authors:
        read(
          'authors',
          nodes => some(peopleAt(nodes, scope.base)),
          () => some(automatic.authors()),
        ) ?? [],
      categories:
        read(
          'categories',
          nodes => some(nodes.flatMap(node => textAt(node) ?? [])),
          () => some(automatic.categories()),
        ) ?? [],
    },
    missed,
  };
}

function noteIfMissed<T>(
  part: string,
  places: readonly Place[],
  used: Place | undefined,
  missed: Missed[],
  found: T,
): T {
  const tried = used === undefined ? places : places.slice(0, places.indexOf(used));
  const written = tried.flatMap(place => ('text' in place ? [place.text] : []));
  if (written.length > 0) missed.push({ part, place: written.join(', ') });
  return found;
}

/** A day that the operator's place tells and a time of the same day that the page declares are one: the time wins. */
function exactest(
  found: FoundDate | undefined,
  declared: () => FoundDate | undefined,
  dates: KnownDate,
): FoundDate | undefined {
  const read = found && readDate(found.written, dates);
  if (!read?.dateOnly) return found;
  const other = declared();
  const exact = other && readDate(other.written, dates);
  return exact && !exact.dateOnly && exact.at >= read.at && exact.at < read.at + DAY ? other : found;
}

const DAY = 24 * 60 * 60 * 1000;

function captioned(
  pictures: readonly ForeignMedia[],
  caption: string | undefined,
  credit: string | undefined,
): readonly ForeignMedia[] {
  const [lead, ...others] = pictures;
  if (lead === undefined) return [];
  return [
    { ...lead, ...(caption !== undefined && { caption }), ...(credit !== undefined && { credit }) },
    ...others,
  ];
}

function first<T>(nodes: readonly Node[], read: (node: Node) => T | undefined): T | undefined {
  for (const node of nodes) {
    const found = read(node);
    if (found !== undefined) return found;
  }
  return undefined;
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** The site's own fields, each of its declared type. */
export function readOwn(
  own: Readonly<Record<string, Field>> | undefined,
  scope: Scope,
  reading: OwnReading,
): { readonly fields: Readonly<Record<string, unknown>>; readonly missed: readonly Missed[] } {
  const raw: { [key: string]: Json } = {};
  const missed: Missed[] = [];
  for (const [name, places] of Object.entries(own ?? {})) {
    const written = placesOf(places).filter(({ kind }) => kind !== 'auto');
    const nodes = written.map(place => nodesAt(place, scope)).find(found => found.length > 0) ?? [];
    const values = nodes.flatMap(node => ownValue(node, reading.fields[name], reading.base) ?? []);
    if (values.length > 0) raw[name] = values;
    else
      missed.push({
        part: `own.${name}`,
        place: written.flatMap(place => ('text' in place ? [place.text] : [])).join(', '),
      });
  }
  const paths = new Map(Object.keys(raw).map(name => [name, new JsonPath(`$[${JSON.stringify(name)}][*]`)]));
  return { fields: ownFields(raw, paths, reading), missed };
}

function ownValue(node: Node, type: string | undefined, base: string): Json | undefined {
  if ('json' in node && typeof node.json !== 'object') return node.json;
  return type === 'URL' || type === '[URL]' ? addressAt(node, base) : textAt(node);
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(parts: T): Defined<T> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Defined<T>;
}
