import { toLanguageTag } from '../../schemas/markup.ts';
import { type Attributes, pixels } from './clean-image.ts';
import { ATTRIBUTES } from './clean-tags.ts';
import { cut, toAttribute, wanted } from './clean-text.ts';
import { linkAddress, mediaAddress } from './clean-url.ts';

type ReadAttribute = (value: string, base: string | undefined) => string | undefined;

/** The attributes of an allowed element as markup, each with a blank before it. */
export function attributesOf(tag: string, attributes: Attributes, base: string | undefined): string {
  if (attributes.size === 0) return '';
  let written = '';
  for (const name of ATTRIBUTES[tag] ?? NONE) written += one(tag, name, attributes, base);
  for (const name of EVERYWHERE) written += one(tag, name, attributes, base);
  return written;
}

const NONE: readonly string[] = [];
const EVERYWHERE = ['lang', 'dir', 'title'];

function one(tag: string, name: string, attributes: Attributes, base: string | undefined): string {
  const value = attributes.get(name);
  const reader = name === 'src' && tag !== 'img' ? secure : READERS[name];
  const read = value === undefined ? undefined : reader?.(value, base);
  return read === undefined ? '' : ` ${name}="${toAttribute(read)}"`;
}

const words: ReadAttribute = value => cut(wanted(value).trim(), 2_000).trim() || undefined;
const size: ReadAttribute = value => pixels(value)?.toString();
const count: ReadAttribute = value => /^\s*([1-9]\d{0,2})\s*$/.exec(value)?.[1];
const integer: ReadAttribute = value => /^\s*(-?\d{1,6})\s*$/.exec(value)?.[1];
const secure: ReadAttribute = (value, base) => {
  const url = mediaAddress(value, base);
  return url?.startsWith('https:') ? url : undefined;
};

/** Values that pass, put right; undefined drops the attribute. Film and sound are https or not there at all. */
const READERS: Readonly<Record<string, ReadAttribute>> = {
  href: linkAddress,
  src: mediaAddress,
  poster: secure,
  cite: mediaAddress,
  hreflang: value => toLanguageTag(value.trim()),
  lang: value => toLanguageTag(value.trim()),
  dir: value => /^\s*(ltr|rtl|auto)\s*$/i.exec(value)?.[1]?.toLowerCase(),
  title: words,
  alt: value => cut(wanted(value).trim(), 2_000).trim(),
  width: size,
  height: size,
  colspan: count,
  rowspan: count,
  span: count,
  start: integer,
  value: integer,
  type: value => /^\s*([1aAiI]|(?:video|audio)\/[a-z0-9.+-]{1,40})\s*$/.exec(value)?.[1],
  reversed: () => '',
  scope: value => /^\s*(col|row|colgroup|rowgroup)\s*$/i.exec(value)?.[1]?.toLowerCase(),
  datetime: value => /^\s*([0-9TZ:.+\- PWDHMSY]{1,40})\s*$/.exec(value)?.[1],
};
