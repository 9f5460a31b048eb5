import { exact } from '../../schemas/fold.ts';
import { cut } from './clean-text.ts';
import { plainLine } from './foreign-text.ts';

const MAX_CATEGORIES = 50;
const MAX_LENGTH = 200;

/** Every CMS has one that means none. */
const NONE: ReadonlySet<string> = new Set([
  'uncategorized',
  'uncategorised',
  'chưa phân loại',
  'chưa được phân loại',
  'không phân loại',
]);

/** Plain names, each once; SharePoint's `12;#Tin tức` without its number. */
export function categoriesOf(written: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const one of written) {
    if (byKey.size >= MAX_CATEGORIES) break;
    const name = cut(plainLine(one).replace(/^\d{1,6};#/, ''), MAX_LENGTH).trim();
    const key = exact(name);
    if (name !== '' && !NONE.has(name.toLowerCase()) && !byKey.has(key)) byKey.set(key, name);
  }
  return [...byKey.values()];
}
