import type { ForeignText } from '../../schemas/text.ts';
import { excerpt } from './excerpt.ts';
import { plainLine } from './foreign-text.ts';

/** A headline may be long; a body that stands in the title's place is not a headline. */
const MAX_TITLE = 1_000;
const MADE_TITLE = 90;

export interface Titled {
  readonly title: string;
  readonly note?: string;
}

/**
 * The headline; where the site gives none, the first words of the text. WordPress allows untitled posts (photo notes,
 * short notices), and an editor of the portal would sooner see one by its first words than miss it. Undefined when there
 * are no words at all.
 */
export function titleOf(title: ForeignText | undefined, text: string): Titled | undefined {
  const own = plainLine(title);
  if (own.length > MAX_TITLE) return { title: excerpt(own, MAX_TITLE), note: 'Tiêu đề quá dài, đã cắt bớt.' };
  if (own !== '') return { title: own };
  const made = excerpt(text, MADE_TITLE);
  return made === ''
    ? undefined
    : { title: made, note: 'Tin không có tiêu đề; lấy những chữ đầu của nội dung.' };
}
