import { selectFirst, selectIn } from '../../schemas/pages/select.ts';
import { type Document, textOf } from '../../schemas/pages/tree.ts';
import type { Paging } from './options.ts';
import { placeOf } from './place.ts';
import { addressAt, nodesAt } from './values.ts';

const NEXT_WORDS =
  /^(?:(?:trang )?(?:sau|tiếp(?: theo)?|kế(?: tiếp)?)|next(?: page)?|older(?: posts)?|cũ hơn|[›»>]{1,2}|→)(?:\s*[›»>→]{1,2})?$/iu;

/** The link to the page after this one, where the paging is by links. */
export function nextLink(
  page: Document,
  paging: Extract<Paging, { kind: 'next' }>,
  base: string,
): string | undefined {
  if (paging.next !== undefined) {
    const [node] = nodesAt(placeOf(paging.next), { root: page, base });
    return node && addressAt(node, base);
  }
  const declared = selectFirst(page, 'link[rel~=next], a[rel~=next]');
  const worded = declared ?? selectIn(page, 'a[href]').find(link => isNext(textOf(link, 40), link.attribs));
  return (
    worded && addressAt({ element: worded, place: { kind: 'css', select: ':scope', text: ':scope' } }, base)
  );
}

function isNext(text: string, attribs: Readonly<Record<string, string>>): boolean {
  const told = (attribs['aria-label'] ?? attribs.title ?? '').trim();
  return (
    NEXT_WORDS.test(text) ||
    (told.length < 40 && NEXT_WORDS.test(told)) ||
    /(?:^|\s)next(?:$|\s|-page)/i.test(attribs.class ?? '')
  );
}
