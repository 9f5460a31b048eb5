/**
 * The allow-list. What is not named here is unwrapped: its tag goes, its text stays. Nothing here can run, load a
 * document, take input, or make a parser read what follows as anything but markup (no raw-text element, no svg, no math),
 * so however a browser nests what we give out, it stays what it is.
 */

/** Elements that end a line of text. */
const BLOCK_TAGS =
  'p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre figure figcaption table caption colgroup thead tbody tfoot tr td th details summary';
const INLINE_TAGS =
  'a em strong b i u s sub sup small mark del ins code kbd samp var cite dfn q abbr time bdi bdo video audio';

export const BLOCK: ReadonlySet<string> = new Set(BLOCK_TAGS.split(' '));
export const INLINE: ReadonlySet<string> = new Set(INLINE_TAGS.split(' '));
/** Elements without content. */
export const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'wbr', 'img', 'col', 'source']);

/** Every tag that can stand in clean HTML. */
export const ALLOWED_TAGS: ReadonlySet<string> = new Set([...BLOCK, ...INLINE, ...VOID]);

/** Elements that are another one by now, or do the same to a text without style. */
export const ALIAS: ReadonlyMap<string, string> = new Map([
  ...'section article header footer main aside nav center address hgroup form fieldset legend body'
    .split(' ')
    .map(name => [name, 'div'] as const),
  ['strike', 's'],
  ['tt', 'code'],
  ['acronym', 'abbr'],
  ['dir', 'ul'],
  ['menu', 'ul'],
  ['image', 'img'],
  ['listing', 'pre'],
]);

/** Elements that go with all that is in them. */
export const DROPPED: ReadonlySet<string> = new Set(
  'script style template noscript svg math title textarea select datalist object applet canvas iframe noembed noframes xmp plaintext frameset map'.split(
    ' ',
  ),
);

/** Elements that show another document: a link to it takes their place. The attribute names the document. */
export const EMBEDS: ReadonlyMap<string, string> = new Map([
  ['iframe', 'src'],
  ['embed', 'src'],
  ['object', 'data'],
]);

/** Attributes besides `lang`, `dir` and `title`, by element; all else goes, styles, classes and handlers first. */
export const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'hreflang'],
  img: ['src', 'alt', 'width', 'height'],
  ol: ['start', 'type', 'reversed'],
  li: ['value'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan', 'scope'],
  col: ['span'],
  colgroup: ['span'],
  blockquote: ['cite'],
  q: ['cite'],
  del: ['cite', 'datetime'],
  ins: ['cite', 'datetime'],
  time: ['datetime'],
  video: ['src', 'poster', 'width', 'height', 'controls'],
  audio: ['src', 'controls'],
  source: ['src', 'type'],
};

export type TagKind = 'block' | 'inline' | 'void' | 'link' | 'player' | 'dropped' | 'unwrapped';

/** What becomes of an element: the tag that stands for it, and how it is written. */
export interface TagRule {
  /** As the site writes it, in lower case. */
  readonly name: string;
  readonly tag: string;
  readonly kind: TagKind;
  /** The attribute that names the document it shows. */
  readonly embeds?: string;
}

const kindOf = (tag: string): TagKind => {
  if (VOID.has(tag)) return 'void';
  if (BLOCK.has(tag)) return 'block';
  if (tag === 'a') return 'link';
  return tag === 'video' || tag === 'audio' ? 'player' : 'inline';
};

const UNWRAPPED = [
  'span',
  'font',
  'o:p',
  'label',
  'big',
  'html',
  'picture',
  'ruby',
  'rt',
  'button',
  'amp-img',
];

const TAG_RULES: ReadonlyMap<string, TagRule> = new Map(
  [
    ...UNWRAPPED.map((name): TagRule => ({ name, tag: '', kind: 'unwrapped' })),
    ...[...ALLOWED_TAGS].map((name): TagRule => ({ name, tag: name, kind: kindOf(name) })),
    ...[...ALIAS].map(([name, tag]): TagRule => ({ name, tag, kind: kindOf(tag) })),
    ...[...DROPPED].map((name): TagRule => ({ name, tag: '', kind: 'dropped' })),
    ...[...EMBEDS].map(([name, embeds]): TagRule => ({ name, tag: '', kind: 'dropped', embeds })),
  ].map(rule => [rule.name, rule] as const),
);

/** Most names come in lower case and are known; making all of them so costs as much as reading the tags. */
export function ruleFor(written: string): TagRule {
  const rule = TAG_RULES.get(written);
  if (rule) return rule;
  const name = written.toLowerCase();
  return TAG_RULES.get(name) ?? { name, tag: '', kind: 'unwrapped' };
}
