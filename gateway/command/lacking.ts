import type { Batch, Lack } from '../../connectors/connector.ts';
import type { Draft } from '../../schemas/item.ts';

type Drafted = Pick<Draft, 'link' | 'published' | 'picture' | 'summary' | 'contentText' | 'authors'>;

/** What an item may lack, as people call it, and how to see that it does. */
const PARTS: readonly (readonly [part: string, name: string, has: (draft: Drafted) => boolean])[] = [
  ['published', 'thời gian', ({ published }) => published !== undefined],
  ['summary', 'tóm tắt', ({ summary }) => summary !== ''],
  ['picture', 'ảnh đại diện', ({ picture }) => picture !== undefined],
];
const NAMES: ReadonlyMap<string, string> = new Map([
  ...PARTS.map(([part, name]) => [part, name] as const),
  ['title', 'tiêu đề'],
  ['content', 'toàn văn'],
  ['updated', 'thời gian sửa'],
  ['authors', 'tác giả'],
  ['categories', 'chuyên mục'],
  ['pictureCaption', 'chú thích ảnh'],
  ['pictureCredit', 'nguồn ảnh'],
  ['language', 'ngôn ngữ'],
  ['rights', 'bản quyền'],
  ['id', 'mã'],
]);

/** What a source's first items lack, one sentence each; where the options named a place that gave nothing, that place. */
export function lackingLines({ lacks = [] }: Pick<Batch, 'lacks'>, drafts: readonly Drafted[]): string[] {
  const absent = PARTS.flatMap(([, name, has]) => {
    const without = drafts.filter(draft => !has(draft));
    const [first] = without;
    return first ? [`Không thấy ${name} ở ${without.length}/${drafts.length} tin; như ${first.link}`] : [];
  });
  return [...absent, ...lacks.map(placeLine)];
}

function placeLine({ part, place, missing, of, example }: Lack): string {
  const name = NAMES.get(part) ?? part;
  const every = missing === of ? ': hãy xem lại chỗ này' : '';
  const told = `Chỗ đã ghi cho ${name} (${place}) không cho gì ở ${missing}/${of} bài${every}`;
  return example === undefined ? `${told}.` : `${told}; như ${example}`;
}
