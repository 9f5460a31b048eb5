import { Parser } from 'htmlparser2';
import type { ForeignText } from '../text.ts';

/** The words of a foreign text without its markup, blanks folded. For names and labels, never for showing bodies. */
export function plainText(text: ForeignText | undefined): string | undefined {
  if (!text) return undefined;
  const words = text.type === 'html' && /[<&]/.test(text.value) ? withoutMarkup(text.value) : text.value;
  return words.replace(/\s+/g, ' ').trim() || undefined;
}

const HIDDEN = new Set(['script', 'style', 'template', 'noscript']);

function withoutMarkup(html: string): string {
  const parts: string[] = [];
  let hidden = 0;
  const parser = new Parser({
    onopentagname: name => {
      if (HIDDEN.has(name)) hidden++;
      else if (name === 'br' || name === 'p' || name === 'div') parts.push(' ');
    },
    ontext: text => {
      if (hidden === 0) parts.push(text);
    },
    onclosetag: name => {
      if (HIDDEN.has(name)) hidden = Math.max(0, hidden - 1);
    },
  });
  parser.end(html);
  return parts.join('');
}
