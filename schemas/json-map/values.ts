import { decodeHTML } from 'entities';
import type { ForeignMedia } from '../entry.ts';
import type { ForeignText, Person } from '../text.ts';
import { isRecord, type Json } from './json-path.ts';

/** Total readers: JSON that a site sent → what it means, absent where it means nothing. */

/** `/Date(1732242600000+0700)/`, as older .NET writes. */
const DOTNET_DATE = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/;
const MARKUP = /<\/?[a-z][^<>]{0,500}>|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/i;
const LONGEST_CAPTION = 2000;

export function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Titles and summaries come as text or with mark-up and entities, and no CMS says which. */
export function proseOf(value: Json | undefined): ForeignText | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : { type: MARKUP.test(text) ? 'html' : 'text', value: text };
}

/** As the site wrote it; numbers are made ISO 8601, because only here it is known that they are epochs. */
export function dateOf(value: Json | undefined): string | undefined {
  const text = textOf(value)?.trim();
  if (text === undefined) return undefined;
  const milliseconds = DOTNET_DATE.exec(text)?.[1];
  if (milliseconds !== undefined) return iso(Number(milliseconds));
  if (!/^-?\d{9,13}(?:\.\d{1,9})?$/.test(text)) return text;
  const epoch = Number(text);
  return iso(Math.abs(epoch) < 1e11 ? epoch * 1000 : epoch) ?? text;
}

function iso(milliseconds: number): string | undefined {
  const date = new Date(Math.round(milliseconds));
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** An absolute web address; undefined for anything else. */
export function addressOf(value: Json | undefined, base: string): string | undefined {
  const text = textOf(value)?.trim();
  const url = text === undefined || text.length > 8192 ? null : URL.parse(text, base);
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

/** Flattens one list inside the nodes: `$.tags` and `$.tags[*]` mean the same. */
export function listOf(nodes: readonly Json[]): readonly Json[] {
  return nodes.flat().slice(0, 500);
}

export function peopleOf(nodes: readonly Json[], base: string): readonly Person[] {
  return listOf(nodes).flatMap(node => {
    const name = nameOf(node);
    if (name === undefined) return [];
    const email = isRecord(node) ? textOf(node.email) : undefined;
    const url = isRecord(node) ? addressOf(node.url ?? node.website, base) : undefined;
    return [{ name, ...(email && { email }), ...(url && { url }) }];
  });
}

export function namesOf(nodes: readonly Json[]): readonly string[] {
  return [...new Set(listOf(nodes).flatMap(node => nameOf(node) ?? []))];
}

function nameOf(node: Json): string | undefined {
  const value = isRecord(node) ? (node.name ?? node.title ?? node.label) : node;
  return textOf(value)?.trim();
}

/** An address, or an object as CMSs write media: `url` or `src`, with what else it tells. */
export function mediumOf(
  node: Json | undefined,
  base: string,
  role?: NonNullable<ForeignMedia['role']>,
): ForeignMedia | undefined {
  const record = isRecord(node) ? node : imageIn(textOf(node));
  // What stands behind `#` is for the CMS (Joomla keeps the size there): the file is the same.
  const url = addressOf(
    record ? (record.url ?? record.src ?? record.href ?? record.path) : node,
    base,
  )?.replace(/#.*$/, '');
  if (url === undefined) return undefined;
  const told = record ?? {};
  const [width, height] = [positive(told.width), positive(told.height)];
  const type = [told.mime, told.mimeType, told.type].map(textOf).find(text => text?.includes('/'));
  const alt = textOf(told.alt ?? told.alternativeText ?? told.alt_text);
  const caption = plainOf(told.caption);
  const credit = plainOf(told.credit ?? told.photographer);
  return {
    url,
    ...(type && { type }),
    ...(width && { width }),
    ...(height && { height }),
    ...(alt && { alt }),
    ...(caption && { caption }),
    ...(credit && { credit }),
    ...(role && { role }),
  };
}

/** `<img alt="" src="/a.jpg">`: how SharePoint and some editors keep a picture. */
function imageIn(text: string | undefined): { [key: string]: Json } | undefined {
  const tag = text === undefined ? undefined : /<img\s[^<>]{1,4000}>/i.exec(text.slice(0, 20_000))?.[0];
  if (tag === undefined) return undefined;
  const attribute = (name: string) =>
    decodeHTML(new RegExp(`\\s${name}\\s{0,5}=\\s{0,5}["']([^"']{0,2000})["']`, 'i').exec(tag)?.[1] ?? '');
  return { src: attribute('src'), alt: attribute('alt') };
}

/** Without tags: captions come as HTML from some and go into plain fields. */
export function plainOf(value: Json | undefined): string | undefined {
  const text = textOf(value)
    ?.slice(0, LONGEST_CAPTION)
    .replace(/<[^<>]{0,500}>/g, '')
    .trim();
  return text === '' ? undefined : text;
}

function positive(value: Json | undefined): number | undefined {
  return typeof value === 'number' && value > 0 && Number.isFinite(value) ? Math.round(value) : undefined;
}
