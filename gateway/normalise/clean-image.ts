import { cut, wanted } from './clean-text.ts';
import { mediaAddress } from './clean-url.ts';

/** A picture found in a text. */
export interface FoundImage {
  readonly url: string;
  readonly alt?: string;
  readonly width?: number;
  readonly height?: number;
  caption?: string;
}

export type Attributes = ReadonlyMap<string, string>;

/** Where scripts that load pictures late keep the true address, the commonest first. */
export const LAZY_SOURCES = [
  'data-src',
  'data-original',
  'data-lazy-src',
  'data-lazy',
  'data-original-src',
  'data-image-src',
];
export const SOURCE_SETS = ['data-srcset', 'data-lazy-srcset', 'srcset'];

/** The picture an `img` shows once its page has loaded; undefined for what only counts readers or fills space. */
export function imageOf(attributes: Attributes, base: string | undefined): FoundImage | undefined {
  const width = pixels(attributes.get('width'));
  const height = pixels(attributes.get('height'));
  if (isDot(width, height)) return undefined;
  const url = sourceOf(attributes, base);
  if (url === undefined || isTracker(url)) return undefined;
  const alt = wanted(attributes.get('alt') ?? '').trim();
  return {
    url,
    ...(alt && { alt }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  };
}

/** The sign that an emoji picture stands for; undefined when the picture is a picture. */
export function emojiOf(attributes: Attributes): string | undefined {
  const isEmoji =
    /(?:^|\s)(?:emoji|wp-smiley)(?:\s|$)/.test(attributes.get('class') ?? '') ||
    /\/(?:emoji|smilies|smileys|emoticons)\//.test(attributes.get('src') ?? '');
  return isEmoji ? cut(wanted(attributes.get('alt') ?? ''), 16) : undefined;
}

/** Whole pixels of a `width` or `height`; percentages and the like are no size. */
export function pixels(written: string | undefined): number | undefined {
  const match =
    written === undefined ? undefined : /^\s*(\d{1,5})(?:\.\d{1,6})?\s*(?:px)?\s*$/i.exec(written);
  return match ? Number(match[1]) : undefined;
}

const isDot = (width: number | undefined, height: number | undefined): boolean =>
  (width !== undefined && width <= 1) || (height !== undefined && height <= 1);

function sourceOf(attributes: Attributes, base: string | undefined): string | undefined {
  for (const name of LAZY_SOURCES) {
    const lazy = showable(attributes.get(name), base);
    if (lazy) return lazy;
  }
  const plain = showable(attributes.get('src'), base);
  if (plain) return plain;
  for (const name of SOURCE_SETS) {
    const best = showable(largestOf(attributes.get(name)), base);
    if (best) return best;
  }
  return undefined;
}

const PLACEHOLDER =
  /(?:^|\/)(?:blank|spacer|placeholder|pixel|transparent|lazy[-_]?load(?:ing)?|1x1|loading)\.(?:gif|png|svg|jpe?g)(?:$|\?)/i;

function showable(raw: string | undefined, base: string | undefined): string | undefined {
  if (raw === undefined) return undefined;
  const url = mediaAddress(raw, base);
  return url !== undefined && !PLACEHOLDER.test(url) ? url : undefined;
}

/** The largest candidate of a `srcset`. */
function largestOf(set: string | undefined): string | undefined {
  let best: string | undefined;
  let most = -1;
  for (const candidate of (set ?? '').slice(0, 8_192).split(/,\s+|,(?=https?:)/)) {
    const [url, size = '1x'] = candidate.trim().split(/\s+/);
    const weight = Number.parseFloat(size);
    if (url && weight > most) {
      most = weight;
      best = url;
    }
  }
  return best;
}

const TRACKER =
  /^https?:\/\/(?:pixel\.wp\.com|stats\.wordpress\.com|(?:www\.)?google-analytics\.com|[a-z0-9.-]{0,80}doubleclick\.net|(?:www\.)?facebook\.com\/tr|b\.scorecardresearch\.com|feeds\.feedburner\.com\/~|pixel\.quantserve\.com|sb\.scorecardresearch\.com|mc\.yandex\.ru|counter\.)/i;

export function isTracker(url: string): boolean {
  return TRACKER.test(url);
}
