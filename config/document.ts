import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Fault, Finding } from './fault.ts';
import { showPath } from './fault.ts';

/** A federation file is a few hundred lines; anything near this is not one. */
const MAX_CHARACTERS = 2 * 1024 * 1024;
/** How often all aliases together may be unfolded: a nest of aliases grows exponentially (the "billion laughs"). */
const MAX_ALIASES = 200;
const YAML_REMEDIES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'mỗi khoá chỉ viết một lần trong một khối: gộp hoặc bỏ bớt.',
  BAD_INDENT: 'thụt lề bằng dấu cách, các dòng cùng cấp thẳng cột với nhau.',
  TAB_AS_INDENT: 'thay ký tự tab bằng dấu cách.',
  MULTIPLE_DOCS: 'mỗi tệp chỉ một tài liệu: bỏ dòng --- thứ hai.',
};

/** A YAML text as plain values, with the place of each. */
export interface ReadDocument {
  readonly value: unknown;
  readonly faults: readonly Fault[];
  /** A finding with its line and column. What is absent is placed at the nearest thing around it. */
  place(finding: Finding): Fault;
}

/** Text → values. Total: what is no YAML, repeats a key or nests aliases comes back as faults. */
export function readDocument(text: string): ReadDocument {
  const lines = new LineCounter();
  if (text.length > MAX_CHARACTERS)
    return refused('Tệp quá lớn.', 'tệp liên thông dài không quá 2 triệu ký tự.');
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const place = (finding: Finding): Fault => {
    const { line, col } = lines.linePos(offsetOf(document, finding));
    const { message, remedy } = finding;
    return { line: Math.max(line, 1), column: Math.max(col, 1), path: showPath(finding.at), message, remedy };
  };
  const faults = tellable([...document.errors, ...document.warnings]).map(({ code, message, pos }) => {
    const { line, col } = lines.linePos(pos[0]);
    const remedy = YAML_REMEDIES[code] ?? remedyAt(text.split('\n')[line - 1] ?? '');
    return { line, column: col, path: '', message: `YAML không đọc được: ${message}.`, remedy };
  });
  if (faults.length > 0) return { value: undefined, faults, place };
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }), faults: [], place };
  } catch {
    return refused('Bí danh YAML (*tên) lồng nhau quá nhiều.', 'viết thẳng giá trị ra thay cho bí danh.');
  }
}

/** Where the syntax breaks, the parser finds a dozen more breaks behind it: only the first is the operator's. */
function tellable<T extends { readonly code: string }>(problems: readonly T[]): readonly T[] {
  const first = problems.find(({ code }) => code !== 'DUPLICATE_KEY');
  return problems.filter(problem => problem === first || problem.code === 'DUPLICATE_KEY');
}

function remedyAt(line: string): string {
  return /\$?\{[A-Za-z_]\w*\}/.test(line)
    ? 'bên trong { … } thì chuỗi có ${…} hay {…} phải đặt trong ngoặc kép.'
    : 'xem lại cú pháp YAML ở dòng này và dòng ngay trên.';
}

function refused(message: string, remedy: string): ReadDocument {
  const fault = { line: 1, column: 1, path: '', message, remedy };
  return { value: undefined, faults: [fault], place: () => fault };
}

/** Where in the text the path leads, as far as it exists. */
function offsetOf(document: Document, { at, onKey = false }: Finding): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, step] of at.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) return offset;
      const keyStart = startOf(pair.key);
      // A missing part of a block is best shown at the block's key, a wrong value at the value.
      offset = (onKey && depth === at.length - 1 ? keyStart : (startOf(pair.value) ?? keyStart)) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
