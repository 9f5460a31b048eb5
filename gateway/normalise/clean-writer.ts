import { closeFor, hasParent, needsCell } from './clean-nesting.ts';
import { BLOCK } from './clean-tags.ts';
import { escaped, isQuiet, toMarkup, wanted } from './clean-text.ts';

/** Deeper elements are unwrapped: readers and browsers give up sooner. */
const MAX_DEPTH = 500;

/** An element that is open. */
export interface Frame {
  /** As the site wrote it, to find it again when it is closed. */
  readonly source: string;
  readonly tag: string;
  readonly attributes: string;
  /** White space stood before it. */
  readonly gap: boolean;
  /** Is told the text in it. */
  readonly onClose: ((text: string) => void) | undefined;
  written: boolean;
  /** Number of text parts before it. */
  textFrom: number;
}

/**
 * Writes balanced HTML and its plain text in one go. An opening tag waits until something comes that makes it worth
 * writing, so that what is empty leaves no trace.
 */
export class CleanWriter {
  readonly stack: Frame[] = [];
  private readonly out: string[] = [];
  private readonly parts: string[] = [];
  /** Index in the stack of the first frame that isn't written yet. */
  private waiting = 0;
  private pending = '';
  private pendingQuiet = true;
  private gap = false;
  private lineOpen = false;
  private breakAfterLine = false;
  private textBreak = '';

  /** What has been written; every element still open is closed. */
  finish(): { readonly html: string; readonly text: string } {
    while (this.stack.length > 0) this.pop();
    this.flushText();
    return { html: this.out.join('').trim(), text: this.parts.join('').trim() };
  }

  /** Text, decoded. */
  text(decoded: string): void {
    const quiet = isQuiet(decoded);
    const piece = quiet ? decoded : wanted(decoded);
    if (piece === '') return;
    if (isBlank(piece) && !this.isPreformatted()) {
      if (this.lineOpen) this.append(piece, quiet);
      else this.gap = true;
      return;
    }
    this.makeRoom();
    this.append(piece, quiet);
    this.lineOpen = true;
  }

  /** An element without content that stands in a line: `img`, `wbr`. */
  inlineVoid(markup: string): void {
    this.makeRoom();
    this.push(markup);
    this.lineOpen = true;
  }

  lineBreak(): void {
    if (!this.lineOpen && !this.isPreformatted()) {
      this.gap = true;
      return;
    }
    this.makeRoom();
    this.push('<br />');
    this.textBreak = '\n';
  }

  /** `hr`. */
  blockVoid(markup: string): void {
    closeFor(this, 'hr');
    this.makeRoom(false);
    this.push(markup);
    this.endLine('\n');
  }

  /** An element whose place is inside another one: `col`, `source`. */
  partVoid(markup: string): void {
    this.writeWaiting();
    this.push(markup);
  }

  /** Opens an element; the site's name for it tells which closing tag ends it. */
  start(source: string, tag: string, attributes = '', onClose?: (text: string) => void): void {
    if (this.stack.length >= MAX_DEPTH) return;
    if (!BLOCK.has(tag)) {
      if (needsCell(this.top?.tag, tag)) this.openCell();
      this.enter(source, tag, attributes, onClose);
      return;
    }
    closeFor(this, tag);
    const placed = hasParent(this.stack, tag) ? tag : 'div';
    if (placed !== tag) closeFor(this, placed);
    const isCell = placed === 'td' || placed === 'th';
    if (isCell && this.top?.tag !== 'tr') this.openRow();
    else if (!isCell && needsCell(this.top?.tag, placed)) this.openCell();
    // An empty block still ends the line that it stands in.
    const ends = this.lineOpen;
    this.enter(source, placed, placed === tag ? attributes : '', onClose);
    if (ends || isCell) this.writeWaiting();
    this.endLine(isCell ? ' ' : '\n');
  }

  /** A closing tag: ends the nearest element of that name that it can reach. */
  end(source: string): void {
    const at = this.reach(source);
    if (at >= 0) this.popTo(at);
    else if (source === 'p' && this.lineOpen) this.breakAfterLine = true;
  }

  get top(): Frame | undefined {
    return this.stack[this.stack.length - 1];
  }

  /** Closes the frame at this index and all above it. */
  popTo(index: number): void {
    while (this.stack.length > index) this.pop();
  }

  private append(piece: string, quiet: boolean): void {
    this.pendingQuiet = (this.pendingQuiet || this.pending === '') && quiet;
    this.pending += piece;
  }

  private reach(source: string): number {
    const isTablePart = TABLE_PARTS.has(source);
    for (let at = this.stack.length - 1; at >= 0; at--) {
      const frame = this.stack[at];
      if (frame?.source === source) return at;
      const tag = frame?.tag ?? '';
      if (tag === 'table' || (!isTablePart && (tag === 'td' || tag === 'th'))) return -1;
    }
    return -1;
  }

  private enter(
    source: string,
    tag: string,
    attributes: string,
    onClose: ((text: string) => void) | undefined,
  ): void {
    const { gap } = this;
    this.gap = false;
    this.stack.push({ source, tag, attributes, gap, onClose, written: false, textFrom: 0 });
  }

  private pop(): void {
    const frame = this.stack.pop();
    if (!frame) return;
    if (!frame.written) {
      this.gap ||= frame.gap;
      this.waiting = Math.min(this.waiting, this.stack.length);
      return;
    }
    this.waiting = this.stack.length;
    this.flushText();
    if (!BLOCK.has(frame.tag)) {
      this.out.push(`</${frame.tag}>`);
    } else {
      this.writeGap();
      this.out.push(`</${frame.tag}>`);
      this.endLine(frame.tag === 'td' || frame.tag === 'th' ? ' ' : '\n');
    }
    frame.onClose?.(this.parts.slice(frame.textFrom).join('').trim());
  }

  private openRow(): void {
    if (this.stack.length < MAX_DEPTH - 1) this.enter('tr', 'tr', '', undefined);
  }

  private openCell(): void {
    if (this.stack.length > MAX_DEPTH - 2) return;
    if (this.top?.tag === 'colgroup') this.pop();
    if (this.top?.tag !== 'tr') this.enter('tr', 'tr', '', undefined);
    this.enter('td', 'td', '', undefined);
    this.endLine('\n');
  }

  /** Before anything that shows: a cell where only cells may stand, the break that is due, the tags that wait. */
  private makeRoom(inLine = true): void {
    if (needsCell(this.top?.tag, undefined)) this.openCell();
    if (this.breakAfterLine && this.lineOpen && inLine) {
      this.flushText();
      this.out.push('<br />');
      this.textBreak = '\n';
    }
    this.breakAfterLine = false;
    this.writeWaiting();
  }

  private writeWaiting(): void {
    if (this.waiting < this.stack.length) {
      this.flushText();
      for (; this.waiting < this.stack.length; this.waiting++) this.write(this.stack[this.waiting]);
    }
    if (this.gap) {
      this.flushText();
      this.writeGap();
    }
  }

  private write(frame: Frame | undefined): void {
    if (!frame) return;
    if (frame.gap && this.out.length > 0) this.out.push('\n');
    this.out.push(`<${frame.tag}${frame.attributes}>`);
    frame.written = true;
    frame.textFrom = this.parts.length;
  }

  private writeGap(): void {
    if (this.gap && this.out.length > 0) this.out.push('\n');
    this.gap = false;
  }

  private push(markup: string): void {
    this.flushText();
    this.out.push(markup);
  }

  private endLine(textBreak: ' ' | '\n'): void {
    this.flushText();
    this.lineOpen = false;
    this.breakAfterLine = false;
    if (this.textBreak !== '\n') this.textBreak = textBreak;
  }

  private flushText(): void {
    if (this.pending === '') return;
    this.out.push(this.pendingQuiet ? escaped(this.pending) : toMarkup(this.pending));
    const folded = UNFOLDED.test(this.pending) ? this.pending.replace(/\s+/g, ' ') : this.pending;
    this.pending = '';
    this.pendingQuiet = true;
    this.writeTextBreak();
    this.parts.push(this.textBreak === '' ? folded : folded.trimStart());
    this.textBreak = '';
  }

  private writeTextBreak(): void {
    const last = this.parts.length - 1;
    if (this.textBreak === '' || last < 0) return;
    this.parts[last] = (this.parts[last] ?? '').trimEnd();
    this.parts.push(this.textBreak);
  }

  private isPreformatted(): boolean {
    const block = this.stack.findLast(({ tag }) => BLOCK.has(tag));
    return block?.tag === 'pre' && block.written;
  }
}

/** Looks further only where a text begins with white space. */
function isBlank(piece: string): boolean {
  const first = piece.charCodeAt(0);
  return (first <= 0x20 || first >= 0xa0) && piece.trim() === '';
}

const UNFOLDED = /[\t\n\u00a0]| {2}/;
const TABLE_PARTS: ReadonlySet<string> = new Set(
  'table caption colgroup thead tbody tfoot tr td th'.split(' '),
);
