import type { ForeignMedia } from '../entry.ts';
import { resolve } from '../formats/resolve.ts';
import { ancestorsOf, type Document, type Element, elementsIn, textOf } from './tree.ts';

/** Where lazy loaders keep the real address while `src` holds a dot. */
const LAZY = ['data-src', 'data-original', 'data-lazy-src', 'data-lazy', 'data-url', 'data-image', 'data-bg'];
const LAZY_SETS = ['data-srcset', 'data-lazy-srcset', 'srcset'];
/** Files that stand for no picture: dots, signs, logos, "no image". */
const NO_PICTURE =
  /(?:^|[/_.-])(?:blank|spacer|pixel|transparent|loading|loader|lazy(?:load)?|placeholder|no[-_]?(?:image|img|photo|pic(?:ture)?|thumb(?:nail)?)|default[-_]?(?:image|img|thumb(?:nail)?|news|photo|share|og)?|logo\w{0,12}|favicon|avatar|icon[-_]?\w{0,12}|sprite|1x1|empty|(?:anh|hinh)?[-_]?mac[-_]?dinh(?:[-_]\w{1,12})?|khong[-_]?(?:co[-_]?)?anh)(?:[-_@]?\d{1,4}(?:x\d{1,4})?)?\.(?:gif|png|jpe?g|svg|webp|ico|avif|ashx|aspx)$/i;
/** Wider renditions are for screens nobody reads news on. */
const WIDEST = 2_000;
const LONGEST = 4_096;

/** Is this the address of a file that stands on a page where no picture does? */
export function standsForNone(address: string): boolean {
  const path = URL.parse(address)?.pathname ?? address;
  return address.startsWith('data:') || NO_PICTURE.test(path.slice(-200));
}

/** The picture that an element shows: `img` (lazy ones too), `picture`, a background, or the first one inside it. */
export function pictureIn(element: Element, base: string): ForeignMedia | undefined {
  const own = pictureOf(element, base);
  if (own) return own;
  for (const inner of elementsIn(element)) {
    const found = pictureOf(inner, base);
    if (found) return found;
  }
  return undefined;
}

/** The picture that this element itself shows; undefined for dots, logos and signs. */
export function pictureOf(element: Element, base: string): ForeignMedia | undefined {
  const url = addressOf(element, base);
  if (url === undefined || standsForNone(url)) return undefined;
  const { attribs } = element;
  const [width, height] = [pixels(attribs.width), pixels(attribs.height)];
  // What is this small is a sign beside the text.
  if ((width !== undefined && width < 50) || (height !== undefined && height < 40)) return undefined;
  const alt = (attribs.alt ?? '').trim();
  const caption = captionOf(element);
  return {
    url,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(alt !== '' && { alt }),
    ...(caption && { caption }),
  };
}

function addressOf({ name, attribs }: Element, base: string): string | undefined {
  if (name === 'img' || name === 'source' || name === 'amp-img') return imageAddress(attribs, base);
  if (name === 'meta') return absolute(attribs.content, base);
  if (name === 'link') return absolute(attribs.href, base);
  if (name === 'a' && /\.(?:jpe?g|png|webp)(?:\?|$)/i.test(attribs.href ?? ''))
    return absolute(attribs.href, base);
  const shown = /background(?:-image)?\s{0,5}:[^;]{0,200}?url\(\s{0,5}['"]?([^'")]{1,2000})/i.exec(
    (attribs.style ?? '').slice(0, 4_000),
  )?.[1];
  return absolute(shown ?? attribs['data-bg'] ?? attribs['data-background'], base);
}

function imageAddress(attribs: Readonly<Record<string, string>>, base: string): string | undefined {
  const lazy = LAZY.map(name => attribs[name]).find(value => value !== undefined && value.trim() !== '');
  const sets = LAZY_SETS.map(name => largestOf(attribs[name], base));
  const candidates = [absolute(lazy, base), ...sets, absolute(attribs.src, base)];
  return candidates.find(address => address !== undefined && !standsForNone(address));
}

/** `a.jpg 480w, b.jpg 960w`: the widest of a reasonable width. */
function largestOf(set: string | undefined, base: string): string | undefined {
  const parts = [
    ...(set ?? '').slice(0, 16_000).matchAll(/([^\s,]\S{0,4000})(?:\s+([\d.]{1,8})([wx]))?\s*(?:,|$)/g),
  ];
  const sized = parts.flatMap(([, address = '', size, unit]) => {
    const width = Number(size ?? 1) * (unit === 'w' ? 1 : 600);
    const url = absolute(address.replace(/,$/, ''), base);
    return url === undefined ? [] : [{ url, width }];
  });
  const fitting = sized.filter(({ width }) => width <= WIDEST);
  const [best] = (fitting.length > 0 ? fitting : sized).toSorted((a, b) => b.width - a.width);
  return best?.url;
}

function captionOf(element: Element): string | undefined {
  for (const above of ancestorsOf(element)) {
    if (above.name !== 'figure') continue;
    for (const inner of elementsIn(above)) if (inner.name === 'figcaption') return textOf(inner, 1_000);
    return undefined;
  }
  return undefined;
}

function absolute(reference: string | undefined, base: string): string | undefined {
  const written = reference?.trim().replaceAll(/\s/g, '%20');
  return written === undefined || written.length > LONGEST ? undefined : resolve(written, base);
}

/** A whole number of pixels; `100%` and `auto` say nothing. */
function pixels(value: string | undefined): number | undefined {
  const written = /^\s*(\d{1,5})(?:px)?\s*$/.exec(value ?? '')?.[1];
  return written === undefined || written === '0' ? undefined : Number(written);
}

/** Pictures of a part of a page, in its order, each address once. */
export function picturesIn(root: Document | Element, base: string, most = 100): ForeignMedia[] {
  const byUrl = new Map<string, ForeignMedia>();
  for (const element of elementsIn(root)) {
    if (byUrl.size >= most) break;
    if (element.name !== 'img' && element.name !== 'amp-img') continue;
    const found = pictureOf(element, base);
    if (found && !byUrl.has(found.url)) byUrl.set(found.url, found);
  }
  return [...byUrl.values()];
}
