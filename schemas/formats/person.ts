import type { Person } from '../text.ts';

/** Any letters (RFC 6531): CMSs make addresses of names, accents and all. */
const EMAIL = /[\p{L}\p{M}\p{N}._%+'-]{1,64}@[\p{L}\p{M}\p{N}-]{1,63}(?:\.[\p{L}\p{M}\p{N}-]{1,63}){1,8}/u;
const MAX_NAME = 200;

/** `lan@bao.vn (Lan)`, `Lan (lan@bao.vn)`, `Lan <lan@bao.vn>`, or a name alone: RSS writes a person in one string. */
export function personOf(written: string | undefined, url?: string): Person | undefined {
  const text = written?.replace(/\s+/g, ' ').trim().slice(0, 500);
  if (!text) return undefined;
  const email = text.includes('@') ? EMAIL.exec(text)?.[0] : undefined;
  const name = email ? nameBeside(text, email) : text;
  return {
    name: (name || email || text).slice(0, MAX_NAME),
    ...(email && { email }),
    ...(url && { url }),
  };
}

function nameBeside(text: string, email: string): string {
  return text
    .replace(email, ' ')
    .replace(/mailto:/i, ' ')
    .replace(/\(\s*\)|<\s*>|\[\s*\]/g, ' ')
    .trim()
    .replace(/^\((.*)\)$/, '$1')
    .replace(/^["']|["']$/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
