import { Marked } from 'marked';
import type { ForeignText } from '../text.ts';
import { blocksToHtml } from './blocks.ts';
import type { Json } from './json-path.ts';
import type { ItemMap } from './options.ts';
import { textOf } from './values.ts';

/** An item's text as HTML or plain text. Not cleaned: that is for whoever stores it. */
export function contentOf(
  value: Json | undefined,
  type: ItemMap['map']['contentType'],
  base: string,
): ForeignText | undefined {
  if (type === 'blocks') {
    const html = blocksToHtml(value, { base, markdown: text => renderMarkdown(text, base) });
    return html === '' ? undefined : { type: 'html', value: html };
  }
  const text = textOf(value);
  if (text === undefined) return undefined;
  return type === 'markdown' ? { type: 'html', value: renderMarkdown(text, base) } : { type, value: text };
}

/** Links and pictures that are relative to the CMS become absolute: the item's page is elsewhere. */
function renderMarkdown(text: string, base: string): string {
  const marked = new Marked({
    gfm: true,
    async: false,
    walkTokens(token) {
      if ((token.type === 'link' || token.type === 'image') && typeof token.href === 'string') {
        token.href = URL.parse(token.href, base)?.href ?? token.href;
      }
    },
  });
  return marked.parse(text, { async: false });
}
