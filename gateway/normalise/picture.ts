import type { Media, Picture } from '../../schemas/item.ts';
import type { Site } from '../../schemas/site.ts';
import { isOwnHost } from './canonical-link.ts';
import type { Found } from './media.ts';

/** Pictures narrower than this in a text are signs, not what the text is about. */
const SIGN = 120;
const ORDER: readonly Found['role'][] = ['lead', 'content', 'enclosure', 'text', 'thumbnail'];

/** The one picture that stands for an item: what the site itself calls so, else the first in the order above. */
export function leadPicture(
  media: readonly Found[],
  site: Pick<Site, 'homepage' | 'hosts'>,
): Picture | undefined {
  for (const role of ORDER) {
    const found = media.find(
      one => one.role === role && isPicture(one) && addressFor(one.url, site) !== undefined,
    );
    if (found) return toPicture(found, addressFor(found.url, site) ?? found.url);
  }
  return undefined;
}

/** What is stored of a medium: where it was found no longer matters. */
export function toMedia({ role: _role, ...medium }: Found): Media {
  return medium;
}

function isPicture({ type, width, height }: Found): boolean {
  const isSmall = (width !== undefined && width < SIGN) || (height !== undefined && height < SIGN / 2);
  return type?.startsWith('image/') === true && type !== 'image/svg+xml' && !isSmall;
}

/**
 * https, because a page that shows it is. An address of the site's own host is raised to https where the site has it; a
 * site that has no https at all shows its pictures as it can.
 */
function addressFor(url: string, site: Pick<Site, 'homepage' | 'hosts'>): string | undefined {
  if (url.startsWith('https:')) return url;
  if (!isOwnHost(url, site)) return undefined;
  const canRise = site.homepage.startsWith('https:') && !/^http:\/\/[^/]*:\d/.test(url);
  return canRise ? url.replace(/^http:/, 'https:') : url;
}

function toPicture({ width, height, alt, credit }: Found, url: string): Picture {
  return {
    url,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(alt !== undefined && { alt }),
    ...(credit !== undefined && { credit }),
  };
}
