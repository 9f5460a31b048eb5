import { readDate } from '../../schemas/dates.ts';
import type { Draft } from '../../schemas/item.ts';
import type { Source } from '../../schemas/source.ts';
import { cleanHtml } from './clean-html.ts';
import { composed, wanted } from './clean-text.ts';
import { mediaAddress } from './clean-url.ts';

/** A site's own fields: text well-formed, HTML cleaned, addresses and dates as what their type says, or not there. */
export function ownFields(own: Draft['own'], source: Source, link: string): Draft['own'] {
  if (!own) return undefined;
  const types = source.contentSchema?.type === own.type ? source.contentSchema.fields : {};
  const entries = Object.entries(own.fields).slice(0, 100);
  const read = entries.map(
    ([name, value]) => [name, ownValue(value, types[name] ?? '', source, link, 0)] as const,
  );
  return { type: own.type, fields: Object.fromEntries(read.filter(([, value]) => value !== undefined)) };
}

function ownValue(value: unknown, type: string, source: Source, link: string, depth: number): unknown {
  if (depth > 8) return undefined;
  const deeper = (one: unknown, inner: string) => ownValue(one, inner, source, link, depth + 1);
  if (Array.isArray(value)) {
    const inner = type.replace(/^\[|\]$/g, '');
    return value
      .slice(0, 1_000)
      .map(one => deeper(one, inner))
      .filter(one => one !== undefined);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [wanted(key), deeper(one, '')]));
  }
  if (typeof value === 'string') return ownText(value, type, source, link);
  return value;
}

function ownText(value: string, type: string, source: Source, link: string): unknown {
  if (type === 'HTML') return cleanHtml(value, { base: link }).html;
  if (type === 'URL') return mediaAddress(value, link);
  if (type === 'DateTime') return readDate(value, source.dates)?.at;
  return composed(wanted(value));
}
