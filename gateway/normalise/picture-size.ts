import { imageSize } from 'image-size';
import type { Draft } from '../../schemas/item.ts';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
  /** Media type, of the bytes and not of the address. */
  readonly type: string;
}

/** As much of a picture as is asked for: its head tells its size. */
export const HEAD_BYTES = 64 * 1024;
const AT_ONCE = 4;

const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  heif: 'image/heif',
  bmp: 'image/bmp',
  svg: 'image/svg+xml',
  tiff: 'image/tiff',
};

/** Size and type of a picture by its first bytes; undefined when they tell none, or no size that a screen could show. */
export function measurePicture(bytes: Uint8Array): PictureSize | undefined {
  const head = bytes.subarray(0, HEAD_BYTES);
  try {
    const { width, height, type, orientation } = imageSize(head);
    const known = TYPES[type ?? ''];
    if (known === undefined || !isSize(width) || !isSize(height)) return undefined;
    // EXIF 5 to 8: the camera was held upright, and readers see it turned.
    const turned = orientation !== undefined && orientation >= 5;
    return turned ? { width: height, height: width, type: known } : { width, height, type: known };
  } catch {
    return undefined;
  }
}

const isSize = (value: number): boolean => Number.isInteger(value) && value > 0 && value <= 65_535;

/** The first bytes of a picture, undefined when they can't be had; never throws for what a site does. */
export type FetchHead = (url: string) => Promise<Uint8Array | undefined>;

export interface MeasureOptions {
  /** Pictures asked for in one batch; the rest keep what their page says. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/**
 * The drafts with the true size of each lead picture that lacks one, a few asked for at a time. A picture that turns out to
 * be a dot is dropped. Sizes play no part in the hash, so a draft may be measured at any time.
 */
export async function measurePictures(
  drafts: readonly Draft[],
  fetchHead: FetchHead,
  { limit = 50, signal }: MeasureOptions = {},
): Promise<readonly Draft[]> {
  const wanted = drafts.filter(({ picture }) => picture && (picture.width ?? picture.height) === undefined);
  const urls = [...new Set(wanted.flatMap(({ picture }) => picture?.url ?? []))].slice(0, limit);
  const sizes = new Map<string, PictureSize>();
  const queue = urls.values();
  const work = async () => {
    for (const url of queue) {
      if (signal?.aborted) return;
      const head = await fetchHead(url).catch(() => undefined);
      const size = head && measurePicture(head);
      if (size) sizes.set(url, size);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return drafts.map(draft => withSize(draft, sizes));
}

function withSize(draft: Draft, sizes: ReadonlyMap<string, PictureSize>): Draft {
  const { picture, ...rest } = draft;
  const size = picture && sizes.get(picture.url);
  if (!picture || !size) return draft;
  const { width, height } = size;
  if (width <= 2 || height <= 2) return rest;
  return { ...rest, picture: { ...picture, width, height } };
}
