import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** A stand-alone secrecy mark in capitals, on a line of its own or as an attachment's name. */
export const articleSecretMarking = defineRule({
  id: 'article-secret-marking',
  number: 39,
  scope: 'item',
  title: { vi: 'Dấu chỉ độ mật, lưu hành nội bộ', en: 'Secrecy or internal-only marks' },
  severity: 'must',
  consequence: 'hold',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [{ cite: 'Luật 126/2025/QH15 Điều 8(6)', basis: 'L1', confidence: 'V-en' }],
  remedy: {
    vi: 'Dừng đăng và kiểm tra ngay tài liệu có dấu chỉ độ mật hoặc lưu hành nội bộ.',
    en: 'Stop and review any document bearing a secrecy or internal-only mark.',
  },
  caveat: {
    vi: 'Danh sách dấu mật theo trí nhớ; luật bí mật nhà nước chưa được đọc.',
    en: 'The list of marks is from memory; the state-secrets law was not read.',
  },
  parameters: {},
  needs: [],
  uses: ['attachments'],
  check({ item }, { attachments = [] }) {
    const lines = item.content
      .slice(0, 20_000)
      .replace(/<(?:\/(?:p|div|td|li|h\d|strong|b|span)|br\s?\/?)>/gi, '\n')
      .replace(/<[^<>]{0,2000}>/g, '');
    const texts: (readonly [string, string])[] = [
      ['title', item.title],
      ['content', `${lines}\n${item.contentText.slice(0, 200)}`],
      ...attachments.map(
        ({ name, firstPage = '' }, n) =>
          [
            `attachments[${n}]`,
            `${name.replace(/\.[a-z0-9]{1,5}$/i, '').replace(/[_-]/g, '\n')}\n${firstPage.slice(0, 10_000)}`,
          ] as const,
      ),
    ];
    return texts.flatMap(([at, text]) =>
      text.split('\n').some(isMark)
        ? [
            found(
              at,
              'Có dòng trông như dấu chỉ độ mật hoặc lưu hành nội bộ.',
              'A line looks like a secrecy or internal-only mark.',
            ),
          ]
        : [],
    );
  },
});

function isMark(line: string): boolean {
  const words = line.normalize('NFC').trim();
  return (
    words.length < 60 &&
    /^[\s[(|*"“]{0,5}(?:TUYỆT MẬT|TỐI MẬT|MẬT|LƯU HÀNH NỘI BỘ)[\s\])|*"”.]{0,5}$/u.test(words)
  );
}
