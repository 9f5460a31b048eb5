import type { Origin } from '../../schemas/entry.ts';
import type { Visibility } from '../../schemas/item.ts';
import type { SiteKind } from '../../schemas/site.ts';
import { type Row, toItem } from './rows.ts';
import type { AlikePair, Due, Likeness, Sketched, StoryLine, Told } from './stories.ts';

export function toLikeness(row: Row): Likeness {
  return {
    ...toPlaced(row),
    whole: Number(row.whole),
    namesSource: Number(row.names_source) === 1,
    ...(row.story === null ? {} : { story: String(row.story) }),
  };
}

export function toDue(row: Row): Due {
  return {
    ...toPlaced(row),
    hash: String(row.hash),
  };
}

function toPlaced(row: Row) {
  return {
    n: Number(row.n),
    id: String(row.id),
    site: String(row.site),
    kind: row.kind as SiteKind,
    visibility: row.visibility as Visibility,
    listed: Number(row.listed),
    ...(row.compared === null ? {} : { compared: String(row.compared) }),
  };
}

/** `whole`: the document of what was trimmed, or null. */
export function toTold(row: Row): Told {
  const { title, summary, contentText, origin } = toItem(row);
  const whole = row.whole === null ? undefined : (JSON.parse(String(row.whole)) as Partial<Told>);
  return {
    title,
    summary: whole?.summary ?? summary,
    contentText: whole?.contentText ?? contentText,
    ...(origin && { origin: origin as Origin }),
  };
}

export function toPair({ a, b, score }: Row): AlikePair {
  return { a: Number(a), b: Number(b), score: Number(score) };
}

export function toLine({ type, label, at, id }: Row): StoryLine {
  return { type: type as StoryLine['type'], label: String(label), at: Number(at), id: String(id) };
}

/** Rows of `bucket` that a row of `likeness` stands for. */
export function bucketRows({ n, at, places }: Pick<Sketched, 'n' | 'at' | 'places'>) {
  return [...new Set(places)].map(place => ({ place, at, n }));
}

/** Rows: n, at, places. */
export function toSketched(row: Row): Pick<Sketched, 'n' | 'at' | 'places'> {
  return {
    n: Number(row.n),
    at: Number(row.at),
    places: JSON.parse(String(row.places)) as readonly number[],
  };
}

export function toTopics(rows: readonly Row[]): ReadonlyMap<number, readonly string[]> {
  const byN = Map.groupBy(rows, ({ n }) => Number(n));
  return new Map([...byN].map(([n, all]) => [n, all.map(({ label }) => String(label))]));
}
