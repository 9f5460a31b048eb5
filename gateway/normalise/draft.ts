import type { Entry, Origin } from '../../schemas/entry.ts';
import type { Draft } from '../../schemas/item.ts';
import { attributionOf } from './attribution.ts';
import { authorsOf } from './authors.ts';
import { displayLink } from './canonical-link.ts';
import { categoriesOf } from './categories.ts';
import { CLEANER_VERSION, type Cleaned } from './clean-html.ts';
import { cut } from './clean-text.ts';
import type { EntryLinks } from './entry-links.ts';
import { cleanForeign, plainLine } from './foreign-text.ts';
import { contentHash } from './hash.ts';
import { tidyId } from './identity.ts';
import { datesOf } from './item-dates.ts';
import { languageOf } from './language.ts';
import { mediaOf } from './media.ts';
import type { NormaliseContext } from './normalise.ts';
import { ownFields } from './own-fields.ts';
import { leadPicture, toMedia } from './picture.ts';
import { summaryOf } from './summary.ts';
import { titleOf } from './title.ts';
import type { TopicFinder } from './topics.ts';

/** A draft before it is known which of its keys can be trusted. */
export type Drafted = Omit<Draft, 'keys'>;

const MAX_RIGHTS = 1_000;
/** A description this long, or with pictures and several blocks, is the body; the feed has just no other element for it. */
const BODY_LENGTH = 800;

/** One entry, its parts each made by the room that knows how; or why it can't be an item. */
export function draftOf(
  entry: Entry,
  { link, key }: EntryLinks,
  { site, source, facts, now }: NormaliseContext,
  findTopics: TopicFinder,
): Drafted | { readonly reason: string } {
  const { body, teaser } = textsOf(entry, link);
  const contentText = body.text;
  const titled = titleOf(entry.title, contentText || teaser.text) ?? untitled(body, teaser);
  if (!titled) return { reason: 'Không có tiêu đề, không có nội dung.' };

  const { title } = titled;
  const summary = summaryOf(teaser === body ? '' : teaser.text, contentText);
  const { authors, notes: authorNotes } = authorsOf(entry.authors);
  const { published, updated, notes: dateNotes } = datesOf(entry, source.dates, now);
  const categories = categoriesOf(entry.categories);
  const images = teaser === body ? body.images : [...body.images, ...teaser.images];
  const found = mediaOf(entry.media, images, link);
  const picture = leadPicture(found, site);
  const language = languageOf(
    entry.language,
    facts?.language,
    `${title}. ${summary} ${contentText.slice(0, 600)}`,
  );
  const rights = cut(plainLine(entry.rights), MAX_RIGHTS);
  const sourceId = tidyId(entry.sourceId);
  const own = ownFields(entry.own, source, link);
  const origin = originOf(entry.origin);

  const item = {
    link,
    title,
    summary,
    content: body.html,
    authors,
    categories,
    topics: findTopics({ site: site.id, title, summary, categories }),
    ...(published !== undefined && { published }),
    ...(updated !== undefined && { updated }),
    ...(language !== undefined && { language }),
    ...(rights && { rights }),
    ...(picture && { picture }),
    media: found.map(toMedia),
    ...(own && { own }),
    ...(origin && { origin }),
  };
  return {
    ...item,
    attribution: attributionOf(site, { authors, published, link }),
    site: site.id,
    siteKind: site.kind,
    source: source.name,
    ...(sourceId && { sourceId }),
    canonicalLink: key,
    contentText,
    pubStatus: entry.pubStatus ?? 'usable',
    hash: contentHash(site.id, item),
    cleaner: CLEANER_VERSION,
    notes: [
      ...(titled.note === undefined ? [] : [titled.note]),
      ...authorNotes,
      ...dateNotes,
      ...(entry.unread ?? []).map(note => cut(plainLine(note), 300)),
    ],
  };
}

interface Texts {
  readonly body: Cleaned;
  readonly teaser: Cleaned;
}

/** Which text is the body: the content; without one a description that is plainly more than a teaser. */
function textsOf(entry: Entry, link: string): Texts {
  const teaser = cleanForeign(entry.summary, link);
  if (entry.content) return { body: cleanForeign(entry.content, link), teaser };
  const isBody = entry.summary?.type !== 'text' && teaser.text.length > BODY_LENGTH && /\n/.test(teaser.text);
  return isBody ? { body: teaser, teaser } : { body: NOTHING, teaser };
}

const NOTHING: Cleaned = { html: '', text: '', images: [], links: 0 };

/** A post that is only a picture still has something to show. */
function untitled(body: Cleaned, teaser: Cleaned): { title: string; note: string } | undefined {
  if (body.images.length + teaser.images.length === 0) return undefined;
  return { title: '(Không tiêu đề)', note: 'Tin chỉ có ảnh, không có tiêu đề và chữ.' };
}

function originOf(origin: Origin | undefined): Origin | undefined {
  if (!origin) return undefined;
  const title = cut(plainLine(origin.title), 500);
  const link = displayLink(origin.link);
  const id = cut(plainLine(origin.id), 1_000);
  const published = cut(plainLine(origin.published), 120);
  const known = {
    ...(title && { title }),
    ...(link !== undefined && { link }),
    ...(id && { id }),
    ...(published && { published }),
  };
  return Object.keys(known).length > 0 ? known : undefined;
}
