import type { ForeignMedia } from '../entry.ts';
import { htmlOf } from './markup.ts';
import { plainText } from './plain-text.ts';
import { resolve } from './resolve.ts';
import { all, attribute, childText, elements, first, textOf, type XmlElement } from './xml.ts';

const MAX_MEDIA = 100;

/** Everything an entry names with `media:*`, in document order, groups opened. Media RSS 1.5.1. */
export function mediaRss(entry: XmlElement): ForeignMedia[] {
  const found: ForeignMedia[] = [];
  collect(entry, entry, found, 0);
  return found;
}

function collect(parent: XmlElement, context: XmlElement, found: ForeignMedia[], depth: number): void {
  for (const child of elements(parent)) {
    if (child.ns !== 'media' || found.length >= MAX_MEDIA || depth > 3) continue;
    if (child.name === 'group') collect(child, child, found, depth + 1);
    if (child.name === 'thumbnail') pushMedia(found, child, 'thumbnail', child);
    if (child.name === 'content') {
      pushMedia(found, child, 'content', context);
      collect(child, child, found, depth + 1);
    }
  }
}

function pushMedia(
  found: ForeignMedia[],
  element: XmlElement,
  role: ForeignMedia['role'],
  context: XmlElement,
): void {
  const url = resolve(attribute(element, 'url') ?? textOf(element), element.base);
  if (!url) return;
  // An entry's own `media:description` is about the entry, not about one of its pictures.
  const around = context.ns === 'media' ? context : undefined;
  const said = (name: string) => first(element, 'media', name) ?? first(around, 'media', name);
  const title = plainText(htmlOf(said('title')));
  const caption = plainText(htmlOf(said('description')));
  found.push({
    url,
    ...optional('type', attribute(element, 'type')),
    ...optional('length', wholeNumber(attribute(element, 'filesize'))),
    ...optional('width', wholeNumber(attribute(element, 'width'))),
    ...optional('height', wholeNumber(attribute(element, 'height'))),
    ...optional('alt', title),
    ...optional('caption', caption),
    ...optional('credit', plainText(htmlOf(said('credit')))),
    ...optional('rights', plainText(htmlOf(said('copyright') ?? said('license')))),
    ...optional('role', role),
  });
}

/** RSS `enclosure`, Atom `link rel=enclosure`: all of them. */
export function enclosureOf(element: XmlElement): ForeignMedia | undefined {
  const url = resolve(attribute(element, 'url') ?? attribute(element, 'href'), element.base);
  if (!url) return undefined;
  return {
    url,
    ...optional('type', attribute(element, 'type')?.trim() || undefined),
    ...optional('length', wholeNumber(attribute(element, 'length'))),
    ...optional('alt', attribute(element, 'title')?.trim() || undefined),
    role: 'enclosure',
  };
}

/** The picture an entry itself calls its own: `itunes:image`, or an `image` element as Vietnamese sites write it. */
export function leadOf(entry: XmlElement): ForeignMedia | undefined {
  const url = imageOf([...all(entry, 'itunes', 'image'), ...all(entry, entry.ns, 'image')]);
  return url === undefined ? undefined : { url, role: 'lead' };
}

/** The first address in `image` elements, however each writes it: attribute, `url` child, or text. */
export function imageOf(images: readonly XmlElement[]): string | undefined {
  for (const image of images) {
    const written = attribute(image, 'href') ?? attribute(image, 'url') ?? childText(image, image.ns, 'url');
    const url = resolve(written ?? attribute(image, 'resource', 'rdf') ?? textOf(image), image.base);
    if (url) return url;
  }
  return undefined;
}

export function mediaCategories(entry: XmlElement): string[] {
  const groups = [entry, ...all(entry, 'media', 'group'), ...all(entry, 'media', 'content')];
  return groups.flatMap(group =>
    all(group, 'media', 'category').flatMap(element => textOf(element) ?? attribute(element, 'label') ?? []),
  );
}

export function wholeNumber(value: string | undefined): number | undefined {
  return value !== undefined && /^\s*\d{1,12}\s*$/.test(value) ? Number(value) : undefined;
}

/** `{ key: value }`, or nothing at all when there is no value. */
export function optional<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [key in K]?: V };
}
