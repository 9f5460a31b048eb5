import type { ForeignMedia } from '../../schemas/entry.ts';
import type { Media } from '../../schemas/item.ts';
import { toMediaType } from '../../schemas/markup.ts';
import { type FoundImage, isTracker } from './clean-image.ts';
import { cut } from './clean-text.ts';
import { mediaAddress } from './clean-url.ts';
import { plainLine } from './foreign-text.ts';
import { pictureKey } from './same-picture.ts';

/** A medium and where it came from, before the item's lead is chosen. */
export interface Found extends Media {
  readonly role: NonNullable<ForeignMedia['role']> | 'text';
}

const MAX_MEDIA = 100;
const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  svg: 'image/svg+xml',
  bmp: 'image/bmp',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  mp4: 'video/mp4',
  webm: 'video/webm',
  m3u8: 'application/vnd.apple.mpegurl',
  pdf: 'application/pdf',
};

/** All media of an item, each once whatever its size: those that the entry names, then the pictures in its text. */
export function mediaOf(
  named: readonly ForeignMedia[],
  images: readonly FoundImage[],
  base: string | undefined,
): Found[] {
  const byKey = new Map<string, Found>();
  for (const one of named) add(byKey, fromEntry(one, base));
  for (const image of images) add(byKey, fromText(image));
  return [...byKey.values()].slice(0, MAX_MEDIA);
}

function add(byKey: Map<string, Found>, found: Found | undefined): void {
  if (!found || byKey.size >= MAX_MEDIA * 2) return;
  const key = pictureKey(found.url);
  const known = byKey.get(key);
  byKey.set(key, known ? joined(known, found) : found);
}

/** The larger one's address and size, the words of both; the first one's role, unless it was only a thumbnail. */
function joined(one: Found, other: Found): Found {
  const larger =
    areaOf(other) > areaOf(one) || (one.role === 'thumbnail' && other.role !== 'thumbnail') ? other : one;
  const smaller = larger === one ? other : one;
  const {
    width: _width,
    height: _height,
    length: _length,
    url: _url,
    type: _type,
    role: _role,
    ...words
  } = smaller;
  const role = one.role === 'thumbnail' ? other.role : one.role;
  return { ...words, ...larger, role };
}

const areaOf = ({ width = 0, height = 0 }: Media): number => width * height;

function fromEntry(medium: ForeignMedia, base: string | undefined): Found | undefined {
  const url = mediaAddress(medium.url, base);
  if (url === undefined || isTracker(url) || isDot(medium)) return undefined;
  const type =
    toMediaType(medium.type) ?? typeOf(url) ?? (isPictureRole(medium.role) ? 'image/jpeg' : undefined);
  const { length, width, height } = medium;
  const alt = cut(plainLine(medium.alt), 1_000);
  const caption = cut(plainLine(medium.caption), 1_000);
  const credit = cut(plainLine(medium.credit), 200) || creditIn(caption);
  const rights = cut(plainLine(medium.rights), 500);
  return {
    url,
    role: medium.role ?? 'content',
    ...(type !== undefined && { type }),
    ...(isCount(length) && { length }),
    ...(isCount(width) && { width }),
    ...(isCount(height) && { height }),
    ...(alt && { alt }),
    ...(caption && { caption }),
    ...(credit && { credit }),
    ...(rights && { rights }),
  };
}

function fromText({ url, alt, width, height, caption }: FoundImage): Found {
  const credit = creditIn(caption);
  return {
    url,
    role: 'text',
    type: typeOf(url) ?? 'image/jpeg',
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(alt && { alt: cut(plainLine(alt), 1_000) }),
    ...(caption && { caption }),
    ...(credit && { credit }),
  };
}

const isPictureRole = (role: ForeignMedia['role']): boolean => role === 'lead' || role === 'thumbnail';
const isCount = (value: number | undefined): value is number =>
  value !== undefined && Number.isSafeInteger(value) && value > 0;
const isDot = ({ width, height }: ForeignMedia): boolean => (width ?? 2) <= 1 && (height ?? 2) <= 1;

function typeOf(url: string): string | undefined {
  const extension = /\.([a-z0-9]{2,5})(?:$|[?#])/i.exec(url.slice(url.lastIndexOf('/')))?.[1];
  return extension === undefined ? undefined : TYPES[extension.toLowerCase()];
}

const CREDIT =
  /(?:^|[\s(.–-])(?:Nguồn ảnh|Ảnh minh họa|Ảnh minh hoạ|Ảnh|Photo|Nguồn)\s?: ?([^():;\n]{2,80}?)\)?\.?$/iu;

/** `… tại hội nghị. (Ảnh: Sơn Nguyễn)` → `Sơn Nguyễn`. */
function creditIn(caption: string | undefined): string | undefined {
  return caption === undefined
    ? undefined
    : CREDIT.exec(caption.slice(-160))?.[1]?.toWellFormed().trim() || undefined;
}
