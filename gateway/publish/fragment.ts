import { type Instant, toReadable, toRfc3339 } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import { toWebAddress } from '../../schemas/markup.ts';
import { Html, html, join } from '../http/html.ts';
import type { Document } from './answer.ts';
import { type Publishing, readFeedWindow } from './feed.ts';
import type { FeedQuery } from './feed-query.ts';

/** A fragment is shown inside other people's pages, so it may be framed; it still has no script and no style. */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; img-src https: http:; base-uri 'none'; form-action 'none'; frame-ancestors *",
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'X-Robots-Tag': 'noindex',
};

/** The same list as the feed, as a script-free `<ul>` that any CMS can include. */
export async function renderFragment(
  publishing: Publishing,
  query: FeedQuery,
  { picture }: { readonly picture: boolean },
): Promise<Document> {
  const { items, validUntil } = await readFeedWindow(publishing, query);
  const { language, title } = { ...publishing.federation.gateway, title: query.definition.title };
  const list = html`<ul class="lien-thong" lang="${language}" aria-label="${title}">
${join(items.map(item => entry(item, picture)))}</ul>
`;
  return {
    mediaType: 'text/html; charset=utf-8',
    body: list.markup,
    headers: HEADERS,
    ...(validUntil === undefined ? {} : { validUntil }),
  };
}

function entry(item: Item, picture: boolean): Html {
  const link = toWebAddress(item.link);
  const title = item.title || item.attribution.agency;
  // In a frame a link must lead out of it; on a page of its own `_top` is that page.
  const name = link ? html`<a href="${link}" target="_top">${title}</a>` : html`${title}`;
  return html`<li>${picture ? lead(item.picture) : new Html('')}${name}<br><span class="lien-thong-by">${byline(item)}</span></li>
`;
}

/** Pixels. */
const THUMBNAIL = 160;

function lead(picture: Item['picture']): Html {
  const url = toWebAddress(picture?.url);
  if (!picture || !url) return html``;
  const { width, height } = picture;
  // A list's picture is small wherever it is put: the page around may have no style for it.
  const tall = width && height ? html` height="${Math.round((height * THUMBNAIL) / width)}"` : html``;
  const size = html` width="${THUMBNAIL}"${tall}`;
  const credit = picture.credit ? html`<small>${picture.credit}</small>` : html``;
  return html`<div class="lien-thong-picture"><img src="${url}" alt="${picture.alt ?? ''}"${size} loading="lazy" referrerpolicy="no-referrer"> ${credit}</div>`;
}

/** The line to print, its time marked up for machines. */
export function byline({ attribution, listed }: Item): Html {
  const at: Instant = attribution.published ?? listed;
  const readable = toReadable(at);
  const time = html`<time datetime="${toRfc3339(at)}">${readable}</time>`;
  const { text } = attribution;
  return text.endsWith(readable)
    ? html`${text.slice(0, text.length - readable.length)}${time}`
    : html`${text}, ${time}`;
}
