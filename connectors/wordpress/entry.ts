import type { Entry, ForeignMedia } from '../../schemas/entry.ts';
import type { ContentSchema } from '../../schemas/federation.ts';
import type { Lookups } from './lookups.ts';
import { plainText } from './plain-text.ts';
import { defined, type Medium, type Named, type Post } from './wire.ts';

export const wordPressPost: ContentSchema = {
  name: 'wordpress',
  type: 'WordPressPost',
  fields: {
    postId: 'Int',
    postType: 'String',
    slug: 'String',
    format: 'String',
    sticky: 'Boolean',
    commentsOpen: 'Boolean',
    tags: '[String]',
  },
};

/** The native id, one number line for all post types of a WordPress. */
export function sourceIdOf(id: number): string {
  return `post:${id}`;
}

export function postIdOf(sourceId: string | undefined): number | undefined {
  const match = /^post:(\d{1,15})$/.exec(sourceId ?? '');
  return match ? Number(match[1]) : undefined;
}

/** A post and what its ids stand for → the entry that the site published. */
export function toEntry(post: Post, lookups: Lookups): Entry {
  const author = post.author === undefined ? undefined : lookups.authors.get(post.author);
  const picture = post.featuredMedia === undefined ? undefined : lookups.media.get(post.featuredMedia);
  const categories = namesOf(post.categories, lookups.categories);
  const tags = namesOf(post.tags, lookups.tags);
  const published = post.dateGmt ?? post.date;
  return defined({
    sourceId: sourceIdOf(post.id),
    link: post.link,
    otherLinks: guidAsLink(post),
    // Decoded here, once: as HTML a bare `<` would swallow the rest of the line.
    title: post.title === undefined ? undefined : { type: 'text' as const, value: plainText(post.title) },
    summary: html(post.excerpt?.replace(CUT, '…$1')),
    content: html(post.content),
    published,
    updated: updatedAfter(published, post.modifiedGmt),
    authors: author ? [{ name: plainText(author.name) }] : [],
    categories: [...new Set([...categories, ...tags])],
    media: picture ? [toMedia(picture)] : [],
    own: { type: wordPressPost.type, fields: ownFields(post, tags) },
  });
}

/** How WordPress ends an excerpt that it cut itself. */
const CUT = /\s?\[(?:&hellip;|&#8230;|…|\.\.\.)\](\s*<\/p>)?\s*$/;

function ownFields(post: Post, tags: readonly string[]): Record<string, unknown> {
  const { id, type, slug, format, sticky, commentsOpen } = post;
  return defined({
    postId: id,
    postType: type,
    slug: slug && decoded(slug),
    format,
    sticky,
    commentsOpen,
    tags,
  });
}

/** `?p=123`: never changes with the slug, and the site's feeds carry it as guid. Only while it is of this host. */
function guidAsLink({ guid, link }: Post): readonly string[] | undefined {
  if (guid === undefined || link === undefined || !URL.canParse(guid) || !URL.canParse(link))
    return undefined;
  const [one, other] = [new URL(guid), new URL(link)];
  return /^https?:$/.test(one.protocol) && one.host === other.host && one.href !== other.href
    ? [one.href]
    : undefined;
}

/** Scheduling leaves a modification time before the publication, which was no update of what was published. */
function updatedAfter(published: string | undefined, modified: string | undefined): string | undefined {
  if (published === undefined || modified === undefined) return modified;
  return Date.parse(modified) < Date.parse(published) ? undefined : modified;
}

/** Every WordPress has one category that means none. */
const NO_CATEGORY = /^(?:uncategorized|chua-(?:duoc-)?phan-loai|khong-phan-loai)(?:-\d{1,3})?$/;

function namesOf(ids: readonly number[], known: ReadonlyMap<number, Named>): readonly string[] {
  const terms = ids.flatMap(id => known.get(id) ?? []).filter(({ slug }) => !NO_CATEGORY.test(slug ?? ''));
  return terms.map(({ name }) => plainText(name));
}

function toMedia(medium: Medium): ForeignMedia {
  const { url, type, length, width, height } = medium;
  const [alt, caption, credit, rights] = [medium.alt, medium.caption, medium.credit, medium.copyright].map(
    words,
  );
  return defined({ url, type, length, width, height, alt, caption, credit, rights, role: 'lead' as const });
}

function words(rendered: string | undefined): string | undefined {
  return rendered === undefined ? undefined : plainText(rendered) || undefined;
}

function html(value: string | undefined) {
  return value === undefined ? undefined : { type: 'html' as const, value };
}

/** Slugs in other scripts come percent-encoded. */
function decoded(slug: string): string {
  try {
    return decodeURIComponent(slug);
  } catch {
    return slug;
  }
}
