import { z } from 'zod';
import type { Finding } from './fault.ts';
import { nearest } from './nearest.ts';
import { discriminatorsAt, keysAt, unionAt } from './schema-parts.ts';

type Issue = z.core.$ZodIssue;

/** Issues that have no words of their own get Vietnamese ones; handed to each parse, never set globally. */
export const issueWords = z.locales.vi().localeError;

const MISSING = 'thiếu khoá này.';

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'một chuỗi',
  number: 'một số',
  int: 'một số nguyên',
  boolean: 'true hoặc false',
  array: 'một danh sách',
  object: 'một khối khoá: giá trị',
  record: 'một khối khoá: giá trị',
};

/**
 * What the schema's issues mean to an operator, with paths from the root of the file. `root` is the value that
 * was parsed (to tell absent from wrong), `at` where it stands, `schema` what knows its keys.
 */
export function explain(
  issues: readonly Issue[],
  root: unknown,
  schema: z.ZodType,
  at: readonly PropertyKey[] = [],
): Finding[] {
  const findings = withoutTypos(issues.flatMap(issue => explainOne(issue, root, schema)));
  return findings.map(({ meant: _meant, ...finding }) => ({ ...finding, at: [...at, ...finding.at] }));
}

interface Explained extends Finding {
  /** The known key that an unknown one is a slip for. */
  readonly meant?: string | undefined;
}

/** A misspelt key is one mistake: that the right one is missing goes without saying. */
function withoutTypos(findings: readonly Explained[]): readonly Explained[] {
  const slips = new Set(
    findings.flatMap(({ at, meant }) =>
      meant === undefined ? [] : [JSON.stringify([...at.slice(0, -1), meant])],
    ),
  );
  return findings.filter(({ at, message }) => message !== MISSING || !slips.has(JSON.stringify(at)));
}

function explainOne(issue: Issue, root: unknown, schema: z.ZodType): Explained[] {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    return issue.keys.map(key => unknownKey(issue.path, key, known));
  }
  if (issue.code === 'invalid_union') {
    const kinds = discriminatorsAt(schema, issue.path);
    if (kinds.length > 0) return [wrongKind(issue.path, kinds, root)];
    const inner = closest(issue.errors);
    // The branch that got further than the type tells more than "invalid input".
    if (inner.some(({ path, code }) => path.length > 0 || code === 'unrecognized_keys')) {
      const options = unionAt(schema, issue.path);
      const nested = inner.flatMap(part => explainOne(part, valueAt(root, issue.path), options ?? schema));
      return nested.map(told => ({ ...told, at: [...issue.path, ...told.at] }));
    }
  }
  if (issue.code === 'invalid_key') {
    const message = issue.issues[0]?.message ?? issue.message;
    return [
      { at: issue.path, onKey: true, message: `tên khoá không hợp lệ: ${message}`, remedy: 'đổi tên khoá.' },
    ];
  }
  if (issue.code !== 'custom' && valueAt(root, issue.path) === undefined && issue.path.length > 0) {
    return [{ at: issue.path, message: MISSING, remedy: `thêm ${String(issue.path.at(-1))}: …` }];
  }
  return [{ at: issue.path, message: sentence(issue), remedy: remedyOf(issue, root) }];
}

function unknownKey(path: readonly PropertyKey[], key: string, known: readonly string[]): Explained {
  const meant = nearest(key, known);
  const list = known.length > 0 ? `bỏ khoá này; các khoá dùng được: ${known.join(', ')}.` : 'bỏ khoá này.';
  return {
    at: [...path, key],
    onKey: true,
    meant,
    message: 'không có khoá này.',
    remedy: meant === undefined ? list : `ý bạn là ${meant}?`,
  };
}

/** `paging.kind`: the word that decides which of several shapes is meant. */
function wrongKind(path: readonly PropertyKey[], kinds: readonly string[], root: unknown): Explained {
  const given = valueAt(root, path);
  const meant = typeof given === 'string' ? nearest(given, kinds) : undefined;
  const remedy = meant === undefined ? 'chọn một trong các từ trên.' : `ý bạn là ${meant}?`;
  return { at: path, message: `phải là một trong: ${kinds.join(', ')}.`, remedy };
}

function sentence(issue: Issue): string {
  if (issue.code === 'invalid_value') return `phải là một trong: ${issue.values.map(String).join(', ')}.`;
  if (issue.code === 'invalid_type') return typeSentence(issue);
  return issue.message.endsWith('.') ? issue.message : `${issue.message}.`;
}

function typeSentence(issue: z.core.$ZodIssueInvalidType): string {
  const own = issue.message;
  const expected = TYPE_WORDS[issue.expected];
  // Zod's own words name only the type; a schema's own words say more.
  if (expected === undefined || !own.startsWith('Đầu vào không hợp lệ'))
    return own.endsWith('.') ? own : `${own}.`;
  return `cần ${expected}.`;
}

function remedyOf(issue: Issue, root: unknown): string {
  if (issue.code === 'invalid_value') {
    const given = valueAt(root, issue.path);
    const meant = typeof given === 'string' ? nearest(given, issue.values.map(String)) : undefined;
    if (meant !== undefined) return `ý bạn là ${meant}?`;
  }
  if (issue.code === 'invalid_type' && issue.expected === 'string' && isScalar(valueAt(root, issue.path)))
    return 'đặt giá trị trong ngoặc kép.';
  return 'sửa giá trị cho đúng dạng.';
}

/** The union's branch whose issues lie deepest: what the operator was writing. */
function closest(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (issues: readonly Issue[]) =>
    Math.max(0, ...issues.map(({ path, code }) => path.length + (code === 'unrecognized_keys' ? 1 : 0)));
  return branches.reduce((best, branch) => (depth(branch) > depth(best) ? branch : best), branches[0] ?? []);
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const step of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined;
  }
  return value;
}

function isScalar(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}
