import { hash as digest } from 'node:crypto';
import type { Draft } from '../../schemas/item.ts';
import type { FullText } from '../../schemas/records.ts';
import type { RepublicationMode } from '../../schemas/republication.ts';
import { excerpt } from '../normalise/excerpt.ts';
import { contentHash } from '../normalise/hash.ts';
import { withoutImages } from './without-images.ts';

export interface Trimming {
  readonly mode: RepublicationMode;
  /** Places of media that may not go out: `media[0]`, `picture`, `content.img[2]`. */
  readonly media: readonly string[];
  /** Some keys may read what is taken: its edits then move the hash too. */
  readonly forPortal: boolean;
}

export interface Trimmed {
  /** What the public may see: nothing else is stored with the item, indexed, hashed or shown. */
  readonly draft: Draft;
  /** What was taken away, so that it can be given back; absent when nothing was. */
  readonly full?: FullText;
}

const EXCERPT = 300;

/**
 * Leaves of a draft what may go out. Without full text: headline, the publisher's own summary and the link, never an
 * excerpt of ours (it would be text of the article). Media by their places, wherever they stand.
 */
export function trim(draft: Draft, { mode, media, forPortal }: Trimming): Trimmed {
  if (mode === 'full-text' && media.length === 0) return { draft };
  const shown = mode === 'full-text' ? withoutMedia(draft, media) : headline(draft, mode);
  if (shown === draft) return { draft };
  const { content, contentText, summary, picture, hash } = draft;
  const full: FullText = {
    content,
    contentText,
    summary,
    media: draft.media,
    ...(picture && { picture }),
    hash,
  };
  const shownHash = contentHash(draft.site, shown);
  const moved = forPortal ? sha256(`${shownHash} ${hash}`) : shownHash;
  return { draft: { ...shown, hash: moved }, full };
}

function headline(draft: Draft, mode: 'summary' | 'headline-link'): Draft {
  const { picture: _picture, ...rest } = draft;
  const isOwn = draft.summary !== excerpt(draft.contentText, EXCERPT) || draft.contentText === '';
  const summary = isOwn || mode === 'summary' ? draft.summary : '';
  const nothingTaken =
    draft.content === '' && draft.media.length === 0 && !draft.picture && summary === draft.summary;
  return nothingTaken ? draft : { ...rest, summary, content: '', contentText: '', media: [] };
}

function withoutMedia(draft: Draft, places: readonly string[]): Draft {
  const listed = draft.media.map((_, index) => `media[${index}]`);
  const lost = new Set([
    ...draft.media.filter((_, index) => places.includes(listed[index] ?? '')).map(({ url }) => url),
    ...(places.includes('picture') && draft.picture ? [draft.picture.url] : []),
  ]);
  const images = places.flatMap(place => {
    const index = /^content\.img\[(\d+)\]$/.exec(place)?.[1];
    return index === undefined ? [] : [Number(index)];
  });
  // One medium may stand in several places: as the lead picture, in the list and in the text.
  const content = withoutImages(draft.content, { indexes: images, urls: lost });
  for (const url of content.urls) lost.add(url);
  const { picture, ...rest } = draft;
  return {
    ...rest,
    ...(picture && !lost.has(picture.url) && { picture }),
    content: content.html,
    media: draft.media.filter(({ url }) => !lost.has(url)),
  };
}

function sha256(text: string): string {
  return digest('sha256', text, 'hex');
}
