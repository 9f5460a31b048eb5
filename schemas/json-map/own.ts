import { readDate } from '../dates.ts';
import type { ContentSchema } from '../federation.ts';
import type { DateSettings } from '../source.ts';
import type { Json, JsonPath } from './json-path.ts';
import { addressOf, dateOf, listOf, textOf } from './values.ts';

/** What own values are read with: the type's fields, the base of addresses, how the source writes its dates. */
export interface OwnReading {
  readonly fields: ContentSchema['fields'];
  readonly base: string;
  readonly dates: DateSettings;
}

/**
 * The site's own fields of one item, each as its declared type (a DateTime as an Instant); what is not of its type is
 * absent.
 */
export function ownFields(
  item: Json,
  paths: ReadonlyMap<string, JsonPath>,
  reading: OwnReading,
): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  for (const [name, path] of paths) {
    const type = reading.fields[name];
    if (type === undefined) continue;
    const listed = /^\[(\w+)\]$/.exec(type)?.[1];
    const value =
      listed === undefined
        ? typedValue(path.first(item), type, reading)
        : listOf(path.all(item)).flatMap(node => typedValue(node, listed, reading) ?? []);
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}

function typedValue(
  node: Json | undefined,
  type: string,
  { base, dates }: OwnReading,
): string | number | boolean | undefined {
  if (type === 'Boolean') return booleanOf(node);
  if (type === 'Int') return integerOf(node);
  if (type === 'Float') return numberOf(node);
  if (type === 'URL') return addressOf(node, base);
  if (type === 'DateTime') return readDate(dateOf(node) ?? '', dates)?.at;
  return textOf(typeof node === 'boolean' ? String(node) : node);
}

function booleanOf(node: Json | undefined): boolean | undefined {
  if (typeof node === 'boolean') return node;
  if (node === 1 || node === '1' || node === 'true') return true;
  return node === 0 || node === '0' || node === 'false' ? false : undefined;
}

function numberOf(node: Json | undefined): number | undefined {
  const number =
    typeof node === 'string' && /^\s*-?\d{1,15}(?:\.\d{1,15})?\s*$/.test(node) ? Number(node) : node;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** GraphQL's Int has 32 bits. */
function integerOf(node: Json | undefined): number | undefined {
  const number = numberOf(node);
  return number !== undefined && Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : undefined;
}
