import { decodeHTML } from 'entities/decode';
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { attributesOf } from './clean-attributes.ts';
import { embeddedLink } from './clean-embed.ts';
import { emojiOf, type FoundImage, imageOf, LAZY_SOURCES, SOURCE_SETS } from './clean-image.ts';
import { ATTRIBUTES, ruleFor, type TagRule } from './clean-tags.ts';
import { cut, toAttribute } from './clean-text.ts';
import { attributeValue } from './clean-url.ts';
import { CleanWriter } from './clean-writer.ts';

/** Raised whenever the same input may come out otherwise: what is stored is then cleaned again. */
export const CLEANER_VERSION = 1;

export interface Cleaned {
  /** Balanced, allow-listed HTML with absolute addresses; cleaning it again changes nothing. */
  readonly html: string;
  /** Its text: one line a block, blanks folded. */
  readonly text: string;
  readonly images: readonly FoundImage[];
  /** Links to web pages in it. */
  readonly links: number;
}

const MAX_IMAGES = 200;
const NOTHING: Cleaned = { html: '', text: '', images: [], links: 0 };

/**
 * Foreign HTML → HTML that is safe wherever it is put, its text and its pictures, in one pass and in linear time.
 * `base`: what relative addresses are relative to; without it they are dropped.
 */
export function cleanHtml(html: string, { base }: { readonly base?: string | undefined } = {}): Cleaned {
  const source = withoutWrapping(html);
  if (source.trim() === '') return NOTHING;
  return new Cleaner(source, base).run();
}

/** Some CMS wrap what they escaped already, and excerpts end in the middle of a tag. */
function withoutWrapping(html: string): string {
  const trimmed = html.trim();
  const bare = trimmed.startsWith('<![CDATA[') && trimmed.endsWith(']]>') ? trimmed.slice(9, -3) : trimmed;
  const last = bare.lastIndexOf('<');
  return last >= 0 && CUT_TAG.test(bare.slice(last, last + 40)) ? bare.slice(0, last) : bare;
}

const CUT_TAG = /^<\/?[a-z][a-z0-9:-]{0,30}$/i;

/** What is being left out, until its end. */
interface Skipped {
  readonly name: string;
  depth: number;
}

const CAPTION = /(?:^|[\s_-])caption(?:$|[\s_-])/i;
/** Hidden from readers by its own style: what a defaced page keeps its links to casinos in. */
const HIDDEN_STYLE =
  /display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|(?:left|top|text-indent)\s{0,9}:\s{0,9}-\d{3,}|mso-hide\s{0,9}:\s{0,9}all|font-size\s{0,9}:\s{0,9}0(?:px|pt|em)?\s{0,9}(?:;|$)/i;
const MAY_HIDE: ReadonlySet<string> = new Set('div span p a font section ul ol table center'.split(' '));

/** All others aren't even read. */
const HEEDED: ReadonlySet<string> = new Set([
  ...Object.values(ATTRIBUTES).flat(),
  ...LAZY_SOURCES,
  ...SOURCE_SETS,
  ...['lang', 'dir', 'title', 'class', 'style', 'hidden', 'data'],
]);

class Cleaner implements TokenizerCallbacks {
  private readonly source: string;
  private readonly base: string | undefined;
  private readonly writer = new CleanWriter();
  private readonly images: FoundImage[] = [];
  private links = 0;
  private skipped: Skipped | undefined;
  private rule: TagRule = ruleFor('');
  private attribute = '';
  private value = '';
  private isHeeded = false;
  private readonly attributes = new Map<string, string>();
  private captionOpen = false;

  constructor(source: string, base: string | undefined) {
    this.source = source;
    this.base = base;
  }

  run(): Cleaned {
    const tokenizer = new Tokenizer({ decodeEntities: false }, this);
    tokenizer.write(this.source);
    tokenizer.end();
    return { ...this.writer.finish(), images: this.images, links: this.links };
  }

  ontext(from: number, to: number): void {
    if (this.skipped || this.isInPlayer()) return;
    const raw = this.source.slice(from, to);
    this.writer.text(raw.includes('&') ? decodeHTML(raw) : raw);
  }

  onopentagname(from: number, to: number): void {
    this.rule = ruleFor(this.source.slice(from, to));
    this.attributes.clear();
  }

  onattribname(from: number, to: number): void {
    const written = this.source.slice(from, to);
    this.attribute = HEEDED.has(written) ? written : written.toLowerCase();
    this.value = '';
    this.isHeeded = HEEDED.has(this.attribute);
  }

  onattribdata(from: number, to: number): void {
    if (this.isHeeded) this.value += this.source.slice(from, to);
  }

  onattribend(): void {
    if (!this.isHeeded || this.attributes.has(this.attribute)) return;
    this.attributes.set(this.attribute, attributeValue(this.value));
  }

  onopentagend(): void {
    const { name } = this.rule;
    if (this.skipped && !this.isBrokenOut(name)) {
      if (name === this.skipped.name) this.skipped.depth++;
      return;
    }
    this.skipped = undefined;
    this.open(this.rule);
  }

  onselfclosingtag(): void {
    // HTML ignores the slash, but in svg and math it ends the element, and Word's empty elements mean it.
    const isForeign = this.skipped?.name === 'svg' || this.skipped?.name === 'math';
    if (isForeign || this.rule.name === 'svg' || this.rule.name === 'math') return;
    this.onopentagend();
  }

  onclosetag(from: number, to: number): void {
    const { name } = ruleFor(this.source.slice(from, to));
    if (this.skipped) {
      if (name === this.skipped.name && --this.skipped.depth === 0) this.skipped = undefined;
      return;
    }
    if (name !== 'br') this.writer.end(name);
    else if (!this.isInPlayer()) this.writer.lineBreak();
  }

  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onattribentity(): void {}
  ontextentity(): void {}
  onend(): void {}

  private open({ name, tag, kind, embeds }: TagRule): void {
    if (this.isInPlayer() && name !== 'source') return;
    if (embeds !== undefined) this.embed(embeds);
    if (kind === 'dropped' || this.isHidden(name)) {
      if (name !== 'embed') this.skipped = { name, depth: 1 };
    } else if (kind === 'block') this.openBlock(name, tag);
    else if (kind === 'void') this.openVoid(tag);
    else if (kind === 'link') this.openLink();
    else if (kind === 'player') this.openPlayer(tag);
    else if (kind === 'inline') this.writer.start(name, tag, attributesOf(tag, this.attributes, this.base));
  }

  /** Paragraphs end by themselves; an unclosed hidden one must not swallow what comes after it. */
  private isBrokenOut(name: string): boolean {
    const hidden = this.skipped?.name;
    if (hidden === 'p') return ruleFor(name).kind === 'block';
    return (hidden === 'svg' || hidden === 'math') && BREAKS_OUT.has(name);
  }

  private isHidden(name: string): boolean {
    if (this.attributes.size === 0 || !MAY_HIDE.has(name)) return false;
    const style = this.attributes.get('style');
    return this.attributes.has('hidden') || (style !== undefined && HIDDEN_STYLE.test(style));
  }

  private isInPlayer(): boolean {
    // Nothing else is ever opened in one.
    const tag = this.writer.top?.tag;
    return tag === 'video' || tag === 'audio';
  }

  private openVoid(tag: string): void {
    if (tag === 'img') this.picture();
    else if (tag === 'br') this.writer.lineBreak();
    else if (tag === 'hr') this.writer.blockVoid('<hr />');
    else if (tag === 'wbr') this.writer.inlineVoid('<wbr />');
    else this.part(tag);
  }

  private part(tag: string): void {
    const parent = this.writer.top?.tag ?? '';
    const written = attributesOf(tag, this.attributes, this.base);
    if (tag === 'col' && parent === 'colgroup') this.writer.partVoid(`<col${written} />`);
    if (tag === 'source' && (parent === 'video' || parent === 'audio') && written.includes(' src=')) {
      this.writer.partVoid(`<source${written} />`);
    }
  }

  private picture(): void {
    const emoji = emojiOf(this.attributes);
    if (emoji !== undefined) {
      this.writer.text(emoji);
      return;
    }
    const image = imageOf(this.attributes, this.base);
    if (!image) return;
    if (this.images.length < MAX_IMAGES) this.images.push(image);
    this.attributes.set('src', image.url);
    this.writer.inlineVoid(`<img${attributesOf('img', this.attributes, this.base)} />`);
  }

  private openLink(): void {
    this.writer.end('a');
    const written = attributesOf('a', this.attributes, this.base);
    if (!written.includes(' href=')) return;
    if (written.includes(' href="http')) this.links++;
    this.writer.start('a', 'a', written);
  }

  private openPlayer(tag: string): void {
    const written = attributesOf(tag, this.attributes, this.base);
    if (this.attributes.has('src') && !written.includes(' src=')) {
      this.embed('src');
      this.skipped = { name: tag, depth: 1 };
      return;
    }
    this.writer.start(tag, tag, `${written} controls`);
    if (written.includes(' src=')) this.writer.partVoid('');
  }

  private openBlock(name: string, tag: string): void {
    const classes = this.attributes.get('class');
    const isCaption =
      name === 'figcaption' || (classes !== undefined && name !== 'table' && CAPTION.test(classes));
    const placed = isCaption && classes !== undefined ? captionTag(name, tag, classes) : tag;
    const onClose = isCaption && placed !== 'figure' ? this.captioner() : undefined;
    this.writer.start(name, placed, attributesOf(placed, this.attributes, this.base), onClose);
  }

  /** A caption is of the pictures before it that have none. */
  private captioner(): ((text: string) => void) | undefined {
    if (this.captionOpen) return undefined;
    this.captionOpen = true;
    return text => {
      this.captionOpen = false;
      const caption = cut(text.replace(/\s+/g, ' '), 1_000);
      for (let at = this.images.length - 1; at >= 0; at--) {
        const image = this.images[at];
        if (!image || image.caption !== undefined) return;
        image.caption = caption;
      }
    };
  }

  private embed(attribute: string): void {
    const link = embeddedLink(this.attributes, attribute, this.base);
    if (!link) return;
    this.links++;
    this.writer.end('a');
    this.writer.start('p', 'p');
    this.writer.start('a', 'a', ` href="${toAttribute(link.url)}"`);
    this.writer.text(link.label);
    this.writer.end('a');
    this.writer.end('p');
  }
}

/** WordPress' captions of the days before `figure`. */
function captionTag(name: string, tag: string, classes: string): string {
  if (name === 'div' && /(?:^|\s)wp-caption(?:\s|$)/.test(classes)) return 'figure';
  return (name === 'p' || name === 'div') && /(?:^|\s)wp-caption-text(?:\s|$)/.test(classes)
    ? 'figcaption'
    : tag;
}

const BREAKS_OUT: ReadonlySet<string> = new Set(
  'p div table ul ol blockquote h1 h2 h3 h4 h5 h6 img figure section article'.split(' '),
);
