import { fold } from '../../schemas/fold.ts';
import { ancestorsOf, type Element, isElement, textOf } from '../../schemas/pages/tree.ts';

/** A cell of a row, under the words of its column. */
export interface Column {
  readonly heading: string;
  readonly cell: Element;
}

const MOST_COLUMNS = 200;
const MOST_ROWS = 2_000;

/** Rows of a table that hold items: those with cells, without the one that heads them. Not those of tables inside it. */
export function itemRowsOf(table: Element): Element[] {
  const rows = rowsOf(table);
  const head = headRow(rows);
  return rows.filter(row => row !== head && cellsOf(row).some(({ name }) => name === 'td'));
}

/** The row's cells by place and heading; cells that span are counted as HTML does. Undefined outside a table. */
export function columnsOf(row: Element): readonly Column[] | undefined {
  const table = row.name === 'tr' ? [...ancestorsOf(row)].find(({ name }) => name === 'table') : undefined;
  if (!table) return undefined;
  const grid = gridOf(table);
  const headings = grid.head.map(cell => (cell ? textOf(cell, 300) : ''));
  const cells = grid.rows.get(row) ?? [];
  return cells.flatMap((cell, index) => (cell ? [{ heading: headings[index] ?? '', cell }] : []));
}

/** By number from 1, or by the words of the heading: the same words, else a heading that contains them. */
export function cellAt(cells: readonly Column[] | undefined, column: number | string): Element | undefined {
  if (typeof column === 'number') return cells?.[column - 1]?.cell;
  const wanted = plain(column);
  const found =
    cells?.find(({ heading }) => plain(heading) === wanted) ??
    cells?.find(({ heading }) => plain(heading).includes(wanted));
  return found?.cell;
}

function plain(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

interface Grid {
  readonly head: readonly (Element | undefined)[];
  readonly rows: ReadonlyMap<Element, readonly (Element | undefined)[]>;
}

const grids = new WeakMap<Element, Grid>();

function gridOf(table: Element): Grid {
  const known = grids.get(table);
  if (known) return known;
  const rows = rowsOf(table);
  const laid = layOut(rows);
  const head = headRow(rows);
  const grid = { rows: laid, head: (head && laid.get(head)) ?? [] };
  grids.set(table, grid);
  return grid;
}

/** A cell that reaches down into the next rows. */
interface Hanging {
  readonly cell: Element;
  readonly left: number;
}

/** Places of cells with `colspan` and `rowspan` (HTML, 4.9.12). */
function layOut(rows: readonly Element[]): Map<Element, (Element | undefined)[]> {
  const laid = new Map<Element, (Element | undefined)[]>();
  let hanging = new Map<number, Hanging>();
  for (const row of rows) {
    const places: (Element | undefined)[] = [];
    const next = new Map<number, Hanging>();
    for (const [at, { cell, left }] of hanging) {
      places[at] = cell;
      if (left > 1) next.set(at, { cell, left: left - 1 });
    }
    for (const cell of cellsOf(row)) place(cell, places, next);
    hanging = next;
    laid.set(row, Array.from(places));
  }
  return laid;
}

function place(cell: Element, places: (Element | undefined)[], next: Map<number, Hanging>): void {
  const [wide, high] = [span(cell.attribs.colspan), span(cell.attribs.rowspan)];
  let at = 0;
  while (places[at] !== undefined) at += 1;
  for (const end = Math.min(at + wide, MOST_COLUMNS); at < end; at++) {
    places[at] = cell;
    if (high > 1) next.set(at, { cell, left: high - 1 });
  }
}

function span(written: string | undefined): number {
  const number = Number(/^\d{1,4}/.exec(written ?? '')?.[0] ?? 1);
  return number > 0 ? number : 1;
}

function rowsOf(table: Element): Element[] {
  const rows: Element[] = [];
  for (const child of table.children) {
    if (!isElement(child)) continue;
    if (child.name === 'tr') rows.push(child);
    else if (/^(?:thead|tbody|tfoot)$/.test(child.name))
      rows.push(...child.children.filter(isElement).filter(({ name }) => name === 'tr'));
    if (rows.length >= MOST_ROWS) break;
  }
  return rows;
}

function cellsOf(row: Element): Element[] {
  return row.children.filter(isElement).filter(({ name }) => name === 'td' || name === 'th');
}

/** The row that heads the others: of `th` only, in `thead`, or a first one without any link whose next has one. */
function headRow(rows: readonly Element[]): Element | undefined {
  const [first, second] = rows;
  const marked = rows
    .slice(0, 5)
    .find(row => cellsOf(row).length > 1 && (isHead(row) || cellsOf(row).every(({ name }) => name === 'th')));
  if (marked || !first || !second) return marked;
  const links = (row: Element) => cellsOf(row).some(cell => hasLink(cell));
  return cellsOf(first).length > 1 && !links(first) && links(second) ? first : undefined;
}

function isHead(row: Element): boolean {
  return isElement(row.parent) && row.parent.name === 'thead';
}

function hasLink(cell: Element): boolean {
  const waiting = [cell];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    if (one.name === 'a' && one.attribs.href !== undefined && !/^javascript:|^#/.test(one.attribs.href))
      return true;
    waiting.push(...one.children.filter(isElement));
  }
  return false;
}
