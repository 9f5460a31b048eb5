import { contentPage } from './content-page.ts';
import type { Image } from './page-facts.ts';
import type { ItemSubject, JudgedMedium, MediaSubject } from './subject.ts';

const SMALL = 32;

/** Every medium of an item, each as a subject of its own: its media, its picture, the pictures in its content. */
export function mediaOf(subject: ItemSubject): MediaSubject[] {
  const { item } = subject;
  const listed = item.media.map((medium, place): JudgedMedium => ({ ...medium, at: `media[${place}]` }));
  const picture =
    item.picture && !listed.some(({ url }) => url === item.picture?.url)
      ? [{ ...item.picture, at: 'picture', type: 'image/*' }]
      : [];
  const inContent = contentPage(item).images.map((image, place) => mediumOf(image, `content.img[${place}]`));
  const seen = new Set<string>();
  return [...listed, ...picture, ...inContent].flatMap(medium => {
    if (seen.has(medium.url)) return [];
    seen.add(medium.url);
    return [{ ...subject, medium }];
  });
}

function mediumOf(image: Image, at: string): JudgedMedium {
  const { src, alt, width, height, caption, role } = image;
  const small = (width ?? SMALL + 1) <= SMALL && (height ?? SMALL + 1) <= SMALL;
  return {
    url: src,
    at,
    type: 'image/*',
    ...(alt !== undefined && { alt }),
    ...(caption !== undefined && { caption }),
    ...((small || role === 'presentation' || role === 'none') && { decorative: true }),
  };
}
