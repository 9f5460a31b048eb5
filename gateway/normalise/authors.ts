import type { Person } from '../../schemas/text.ts';
import { linkAddress } from './clean-url.ts';
import { plainLine } from './foreign-text.ts';

export interface Authors {
  readonly authors: readonly Person[];
  readonly notes: readonly string[];
}

const MAX_AUTHORS = 20;
const MAX_NAME = 200;
const ACCOUNT =
  /^(?:admin\w{0,12}|administrator|quan\s?tri(?: vien)?|quản trị(?: viên)?|webmaster|root|editor|user\d{0,4}|bientap\w{0,6}|btv)$/i;
const PREFIX =
  /^(?:theo|tác giả|bài và ảnh|bài, ảnh|tin và ảnh|tin, ảnh|tin bài|bài|tin|thực hiện|by)\s*:\s*|^theo\s+|^by\s+/iu;
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}/;
const SEPARATOR = /\s+[-–—|/]\s+|\s*[;|&]\s*|\s+(?:và|and)\s+|\s*,\s+/u;

/**
 * Names, one a person: joined ones apart, each once. Addresses of e-mail are left behind, because nobody needs them to
 * print a name and they are personal data; names of accounts stay, with a note, because the publisher wrote them.
 */
export function authorsOf(written: readonly Person[]): Authors {
  const notes: string[] = [];
  const byName = new Map<string, Person>();
  for (const person of written.slice(0, MAX_AUTHORS)) {
    const name = nameOf(person.name);
    if (name === '' && EMAIL.test(`${person.name.slice(0, 500)} ${person.email?.slice(0, 200) ?? ''}`))
      notes.push('Tác giả chỉ có địa chỉ thư điện tử.');
    const names = apart(name);
    const url = names.length === 1 && person.url ? linkAddress(person.url, undefined) : undefined;
    for (const one of names) {
      if (ACCOUNT.test(one)) notes.push(`Tác giả là tên tài khoản: ${one}.`);
      const key = one.toLowerCase();
      if (!byName.has(key)) byName.set(key, url?.startsWith('http') ? { name: one, url } : { name: one });
    }
  }
  return { authors: [...byName.values()].slice(0, MAX_AUTHORS), notes: [...new Set(notes)] };
}

/** `a@b.vn (Nguyễn Văn A)`, `Nguyễn Văn A <a@b.vn>`, `Theo: Nguyễn Văn A` → `Nguyễn Văn A`. */
function nameOf(written: string): string {
  const line = plainLine(written).slice(0, 1_000);
  const named = EMAIL.test(line) ? line.replace(EMAIL, '').replace(/[<>()[\]]/g, ' ') : line;
  const bare = named
    .replace(/\s+/g, ' ')
    .trim()
    .replace(PREFIX, '')
    .replace(/^\((.{1,200})\)$/, '$1');
  return bare
    .replace(/^[\s,;:.\-–|/]{1,9}|[\s,;:\-–|/]{1,9}$/g, '')
    .slice(0, MAX_NAME)
    .toWellFormed();
}

/** Split only when every part looks like a name: `Nguyễn Văn A, Phó Cục trưởng` is one person. */
function apart(name: string): string[] {
  if (name === '') return [];
  const parts = name
    .split(SEPARATOR)
    .map(part => part.replace(PREFIX, '').trim())
    .filter(Boolean);
  return parts.length > 1 && parts.every(isName) ? parts : [name];
}

const ROLE =
  /(?:trưởng|giám đốc|chủ tịch|bộ trưởng|thứ trưởng|chuyên viên|thạc sĩ|tiến sĩ|giáo sư|bí thư|ủy viên|uỷ viên|luật sư|phóng viên)/iu;

function isName(part: string): boolean {
  return (
    part.length <= 60 &&
    /^\p{Lu}/u.test(part) &&
    part.split(' ').length <= 6 &&
    !/\d/.test(part) &&
    !ROLE.test(part)
  );
}
