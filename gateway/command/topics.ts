import { stringify } from 'yaml';
import type { Topic } from '../../schemas/federation.ts';
import { fold, words } from '../../schemas/fold.ts';
import { phrase } from '../normalise/topics.ts';
import type { CategoryCount } from '../store/items.ts';
import type { Setting } from './setting.ts';

export interface TopicsFlags {
  readonly stub?: boolean;
  readonly json?: boolean;
  /** Categories of fewer items are left out. */
  readonly min: string;
}

/** A category that no topic maps, in every spelling that sites use. */
export interface Unmapped {
  readonly spellings: readonly string[];
  readonly sites: readonly string[];
  readonly items: number;
  /** Topic that has the same words but for their accents or tones. */
  readonly near?: string;
}

/** Lists the categories of all sites that no topic maps, the most frequent first; `--stub` writes the block for the file. */
export async function topics({ stub, json, min }: TopicsFlags, setting: Setting): Promise<number> {
  const store = await setting.openStore();
  try {
    const counts = await store.items.categories();
    const least = Math.max(1, Number.parseInt(min, 10) || 1);
    const unmapped = unmappedCategories(counts, setting.federation.topics).filter(
      ({ items }) => items >= least,
    );
    if (json) console.log(JSON.stringify(unmapped, null, 2));
    else if (stub) console.log(stubOf(unmapped, setting.federation.topics));
    else show(unmapped, counts.length);
    return 0;
  } finally {
    await store.close();
  }
}

/** Pure. Spellings that are one phrase to a reader (case, tone marks' place) are one category. */
export function unmappedCategories(counts: readonly CategoryCount[], known: readonly Topic[]): Unmapped[] {
  const mapped = new Set(known.flatMap(({ categories }) => categories.map(phrase)));
  const near = new Map(
    known.flatMap(({ id, categories }) => categories.map(one => [fold(phrase(one)), id] as const)),
  );
  const groups = Map.groupBy(
    counts.filter(({ category }) => phrase(category).trim() !== '' && !mapped.has(phrase(category))),
    ({ category }) => phrase(category),
  );
  return [...groups]
    .map(([name, rows]): Unmapped => {
      const topic = near.get(fold(name));
      return {
        spellings: [...new Set(rows.toSorted((a, b) => b.items - a.items).map(({ category }) => category))],
        sites: [...new Set(rows.map(({ site }) => site))].toSorted(),
        items: rows.reduce((sum, { items }) => sum + items, 0),
        ...(topic !== undefined && { near: topic }),
      };
    })
    .toSorted(
      (a, b) => b.items - a.items || (a.spellings[0] ?? '').localeCompare(b.spellings[0] ?? '', 'vi'),
    );
}

function show(unmapped: readonly Unmapped[], all: number): void {
  for (const line of linesOf(unmapped, all)) console.log(line);
}

function linesOf(unmapped: readonly Unmapped[], all: number): string[] {
  if (all === 0) return ['Chưa có tin nào mang chuyên mục.'];
  if (unmapped.length === 0) return ['Mọi chuyên mục đều thuộc một chủ đề.'];
  return [
    'Chuyên mục chưa thuộc chủ đề nào (tin vẫn được phát, chỉ là không có chủ đề):',
    ...unmapped.map(({ spellings, sites, items, near }) => {
      const hint = near === undefined ? '' : `\tgần giống chủ đề ${near}: thêm vào categories của nó?`;
      return `${items}\t${spellings.join(' | ')}\t${sites.join(', ')}${hint}`;
    }),
    '`lienthong topics --stub` viết sẵn đoạn cho tệp liên thông.',
  ];
}

/** A block that can be pasted as it is: one topic a category; ids that the file has already are passed over. */
export function stubOf(unmapped: readonly Unmapped[], known: readonly Topic[]): string {
  const taken = new Set(known.map(({ id }) => id));
  const made = unmapped.flatMap(({ spellings, near }) => {
    const [title = ''] = spellings;
    const id = idOf(title);
    if (near !== undefined || id === '' || taken.has(id)) return [];
    taken.add(id);
    return [{ id, title, categories: [...spellings] }];
  });
  const head =
    '# Ghép vào `topics:` của tệp liên thông; gộp hoặc bỏ bớt tuỳ ý. Từ khoá (keywords) phải viết đủ dấu.\n';
  return head + stringify({ topics: made }, { lineWidth: 0 }).trimEnd();
}

function idOf(title: string): string {
  return words(fold(title))
    .join('-')
    .replace(/[^a-z0-9-]/g, '')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
}
