import type { TombstoneReason } from '../../schemas/change.ts';
import { CodedError } from '../../schemas/errors.ts';
import type { OutgoingItem } from '../../schemas/formats/format.ts';
import type { Item } from '../../schemas/item.ts';
import { toWebAddress } from '../../schemas/markup.ts';
import type { Document } from '../publish/answer.ts';
import { byline } from '../publish/fragment.ts';
import type { Store } from '../store/store.ts';
import { Html, html, join } from './html.ts';
import { PLAIN_PAGE_HEADERS, plainPage } from './plain-page.ts';
import { sameStory } from './same-story.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `urn:uuid:` in front or not; throws NOT_FOUND for what is no id of ours. */
export function readItemId(text: string): string {
  const bare = text.toLowerCase().replace(/^urn:uuid:/, '');
  if (!UUID.test(bare)) throw nothing();
  return `urn:uuid:${bare}`;
}

/** The item if the public may see it; throws GONE with the reason once it was withdrawn, NOT_FOUND otherwise. */
export async function readPublicItem(store: Store, id: string): Promise<Item> {
  const [[item], [change]] = await Promise.all([store.items.byIds([id]), store.changes.ofItems([id])]);
  if (item?.visibility === 'RELEASED') return item;
  if (change?.kind === 'tombstone') throw gone(change.reason, change.replacedBy);
  // The tombstone is pruned in time; that the item was once public stays known.
  if (item?.released !== undefined) throw gone(item.visibility === 'HIDDEN' ? 'hidden' : 'withdrawn');
  throw nothing();
}

/** The republished page: attribution and original time above, the original's address right below the text. */
export function renderItemPage(
  { item, siteName, feedback }: OutgoingItem,
  { sandbox, story = [] }: { readonly sandbox: boolean; readonly story?: readonly OutgoingItem[] },
): Document {
  const original = toWebAddress(item.link);
  // Of a paper without an agreement there is nothing to show but the way to it.
  if (original && item.republication?.mode === 'headline-link')
    return leadTo(toWebAddress(item.attribution.link) ?? original);
  const title = item.title || siteName;
  const head = html`<meta name="robots" content="noindex">
${original ? html`<link rel="canonical" href="${original}">` : html``}`;
  const banner = sandbox
    ? html`<p class="banner" role="note">Dữ liệu thử: mọi trang và tin ở đây đều là bịa ra.</p>
`
    : html``;
  const body = html`<article${item.language ? html` lang="${item.language}"` : html``}>
<h1>${title}</h1>
<p class="by">${byline(item)}</p>
${text(item)}
${original ? html`<p class="original">Xem bài gốc: <a href="${original}">${original}</a></p>` : html``}
${item.rights ? html`<p class="by"><small>${item.rights}</small></p>` : html``}
</article>
${sameStory(story)}${feedback ? html`<p><small><a href="${feedback}">Phản ánh nội dung</a></small></p>` : html``}`;
  return {
    mediaType: 'text/html; charset=utf-8',
    body: plainPage({ title, head, banner, body }),
    headers: { ...PLAIN_PAGE_HEADERS, 'X-Robots-Tag': 'noindex' },
    ...(original ? { links: [{ rel: 'canonical', href: original }] } : {}),
  };
}

function leadTo(original: string): Document {
  return {
    mediaType: 'text/html; charset=utf-8',
    status: 302,
    body: plainPage({ title: 'Bài gốc', body: html`<p><a href="${original}">${original}</a></p>` }),
    headers: { ...PLAIN_PAGE_HEADERS, Location: original, 'X-Robots-Tag': 'noindex' },
  };
}

/** The content as the sanitiser left it; where there is none, the publisher's own summary. */
function text(item: Item): Html {
  const words = item.content ? new Html(item.content) : html`<p>${item.summary}</p>`;
  return /<(?:img|picture|video)\b/i.test(item.content) ? words : join([lead(item.picture), words]);
}

function lead(picture: Item['picture']): Html {
  const url = toWebAddress(picture?.url);
  if (!picture || !url) return html``;
  const caption = [picture.alt, picture.credit].filter(Boolean).join(' – ');
  return html`<figure><img src="${url}" alt="${picture.alt ?? ''}" referrerpolicy="no-referrer">${caption ? html`<figcaption>${caption}</figcaption>` : html``}</figure>
`;
}

const REASONS: Readonly<Record<TombstoneReason, readonly [vi: string, en: string]>> = {
  hidden: ['Tin này tạm ẩn để kiểm tra.', 'This item is hidden while it is looked into.'],
  order: ['Tin này đã được gỡ theo yêu cầu.', 'This item was taken down by order.'],
  withdrawn: ['Tin này đã được nơi đăng gỡ.', 'This item was withdrawn by its publisher.'],
  expired: ['Tin này đã hết thời hạn đăng lại.', 'The time for republishing this item is over.'],
  merged: ['Tin này đã gộp vào một tin khác.', 'This item is now part of another one.'],
  'site-left': ['Trang đăng tin này không còn tham gia.', 'The site of this item has left the federation.'],
};

function gone(reason: TombstoneReason, replacedBy?: string): CodedError {
  const [vi, en] = REASONS[reason];
  return new CodedError('GONE', en, { data: { reason, vi, ...(replacedBy ? { replacedBy } : {}) } });
}

function nothing(): CodedError {
  return new CodedError('NOT_FOUND', 'There is no item with this id.', { data: { vi: 'Không có tin này.' } });
}
