import { type Attributes, isTracker } from './clean-image.ts';
import { cut, wanted } from './clean-text.ts';
import { mediaAddress } from './clean-url.ts';

/** What only counts, sells or asks for a like. */
const NOISE =
  /^https?:\/\/(?:www\.)?(?:googletagmanager\.com|facebook\.com\/plugins\/(?:like|share|follow|page)|platform\.twitter\.com\/widgets\/(?:follow|tweet)_button|googleads\.|pagead2\.)/i;

/** The document that an `iframe`, `embed` or `object` shows, as a link: its title, else its address. */
export function embeddedLink(
  attributes: Attributes,
  name: string,
  base: string | undefined,
): { readonly url: string; readonly label: string } | undefined {
  const written = lazy(attributes) ?? attributes.get(name) ?? '';
  const shown = written === '' ? undefined : mediaAddress(written, base);
  if (shown === undefined || NOISE.test(shown) || isTracker(shown)) return undefined;
  const url = watchPage(shown);
  const title = cut(
    wanted(attributes.get('title') ?? '')
      .replace(/\s+/g, ' ')
      .trim(),
    200,
  );
  return { url, label: title || url.replace(/^https?:\/\/(?:www\.)?/, '').slice(0, 200) };
}

function lazy(attributes: Attributes): string | undefined {
  return attributes.get('data-src') ?? attributes.get('data-lazy-src');
}

/** The page to watch it on, for players that refuse to be opened alone. */
function watchPage(url: string): string {
  const film = /^https?:\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/embed\/([\w-]{6,20})/.exec(url)?.[1];
  return film ? `https://www.youtube.com/watch?v=${film}` : url;
}
