import { Parser } from 'htmlparser2';
import { ALLOWED_TAGS, ATTRIBUTES, VOID } from './clean-tags.ts';

/** What would be wrong with a piece of clean HTML, read again by htmlparser2's own parser; for tests. */
export function faultsOf(html: string): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes, isImplied) {
        if (!ALLOWED_TAGS.has(name)) faults.push(`tag ${name}`);
        if (isImplied) faults.push(`implied ${name}`);
        for (const [key, value] of Object.entries(attributes))
          faults.push(...attributeFaults(name, key, value));
        if (!VOID.has(name)) open.push(name);
        if (open.length > 502) faults.push('depth');
      },
      onclosetag(name, isImplied) {
        if (VOID.has(name)) return;
        if (isImplied) faults.push(`unclosed ${name}`);
        if (open.pop() !== name) faults.push(`unbalanced ${name}`);
      },
      oncomment: comment => faults.push(`comment ${comment}`),
      onprocessinginstruction: name => faults.push(`instruction ${name}`),
      oncdatastart: () => faults.push('cdata'),
    },
    { recognizeCDATA: true },
  );
  parser.end(html);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be left
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(html) || !html.isWellFormed())
    faults.push('characters');
  if (html.normalize('NFC').split('<').length !== html.split('<').length)
    faults.push('composing takes a tag');
  if (html.normalize('NFC').split('>').length !== html.split('>').length)
    faults.push('composing ends no tag');
  return faults;
}

function attributeFaults(tag: string, name: string, value: string): string[] {
  if (!['lang', 'dir', 'title', ...(ATTRIBUTES[tag] ?? [])].includes(name))
    return [`attribute ${tag} ${name}`];
  if (!['href', 'src', 'poster', 'cite'].includes(name)) return [];
  const schemes = name === 'href' ? ['http:', 'https:', 'mailto:', 'tel:'] : ['http:', 'https:'];
  const url = URL.parse(value);
  return url && schemes.includes(url.protocol) ? [] : [`address ${value}`];
}
