import { BLOCK } from './clean-tags.ts';
import type { CleanWriter, Frame } from './clean-writer.ts';

/** What a browser would close or move when it reads this, done here, so that reading it again changes nothing. */

const CELLS: ReadonlySet<string> = new Set(['td', 'th']);
const HEADINGS: ReadonlySet<string> = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
/** Where only rows, cells and the like may stand. */
const TABLE_FRAME: ReadonlySet<string> = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr', 'colgroup']);
const TABLE_SECTIONS: ReadonlySet<string> = new Set(['thead', 'tbody', 'tfoot', 'caption', 'colgroup']);
const LISTS: ReadonlySet<string> = new Set(['ul', 'ol']);
const DEFINITIONS: ReadonlySet<string> = new Set(['dl']);

/** Closes what the coming block cannot stand in. */
export function closeFor(writer: CleanWriter, tag: string): void {
  if (tag === 'tr') closeToFrame(writer, ROW_PARENTS);
  else if (CELLS.has(tag)) closeToFrame(writer, CELL_PARENTS);
  else if (TABLE_SECTIONS.has(tag)) closeToFrame(writer, SECTION_PARENTS);
  else {
    if (tag === 'li') closeItem(writer, tag, LISTS);
    if (tag === 'dt' || tag === 'dd') closeItem(writer, tag, DEFINITIONS);
    closeParagraph(writer, HEADINGS.has(tag));
  }
}

const SECTION_PARENTS: ReadonlySet<string> = new Set(['table']);
const ROW_PARENTS: ReadonlySet<string> = new Set(['table', 'thead', 'tbody', 'tfoot']);
const CELL_PARENTS: ReadonlySet<string> = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr']);

/** Is there an element around in which this one has its place? Elsewhere it becomes a `div`. */
export function hasParent(stack: readonly Frame[], tag: string): boolean {
  if (tag === 'tr' || CELLS.has(tag) || TABLE_SECTIONS.has(tag))
    return TABLE_FRAME.has(stack.at(-1)?.tag ?? '');
  if (tag === 'li') return isWithin(stack, LISTS);
  if (tag === 'dt' || tag === 'dd') return isWithin(stack, DEFINITIONS);
  if (tag === 'figcaption') return isWithin(stack, FIGURE);
  if (tag === 'summary') return stack.at(-1)?.tag === 'details';
  return true;
}

const FIGURE: ReadonlySet<string> = new Set(['figure']);

/** In a table, but in none of its cells: content needs one first. `tag` undefined: text. */
export function needsCell(top: string | undefined, tag: string | undefined): boolean {
  if (top === undefined || !TABLE_FRAME.has(top)) return false;
  if (tag === undefined) return true;
  return !CELLS.has(tag) && tag !== 'tr' && !TABLE_SECTIONS.has(tag);
}

function closeToFrame(writer: CleanWriter, parents: ReadonlySet<string>): void {
  const { stack } = writer;
  for (let at = stack.length - 1; at >= 0; at--) {
    const tag = stack[at]?.tag ?? '';
    if (parents.has(tag)) {
      writer.popTo(at + 1);
      return;
    }
    if (tag === 'table') return;
  }
}

/** A list's item ends where the next begins; those of an outer list don't. */
function closeItem(writer: CleanWriter, tag: string, lists: ReadonlySet<string>): void {
  const { stack } = writer;
  for (let at = stack.length - 1; at >= 0; at--) {
    const open = stack[at]?.tag ?? '';
    if (open === tag || (lists === DEFINITIONS && (open === 'dt' || open === 'dd'))) {
      writer.popTo(at);
      return;
    }
    if (lists.has(open) || CELLS.has(open) || open === 'table') return;
  }
}

/** No block stands in a paragraph, no heading in a heading. */
function closeParagraph(writer: CleanWriter, isHeading: boolean): void {
  const { stack } = writer;
  for (let at = stack.length - 1; at >= 0; at--) {
    const tag = stack[at]?.tag ?? '';
    if (!BLOCK.has(tag)) continue;
    if (tag === 'p' || (isHeading && HEADINGS.has(tag))) writer.popTo(at);
    if (tag === 'p' && isHeading) continue;
    return;
  }
}

function isWithin(stack: readonly Frame[], parents: ReadonlySet<string>): boolean {
  for (let at = stack.length - 1; at >= 0; at--) {
    const tag = stack[at]?.tag ?? '';
    if (parents.has(tag)) return true;
    if (CELLS.has(tag) || tag === 'table') return false;
  }
  return false;
}
