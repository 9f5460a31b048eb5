import { capped, found } from '../found.ts';
import { defineRule } from '../rule.ts';
import { personalData } from './personal-data.ts';

/** Personal numbers in texts and captions: kind and place are told, never the number. */
export const articlePersonalData = defineRule({
  id: 'article-personal-data',
  number: 38,
  scope: 'item',
  title: { vi: 'Không lộ dữ liệu cá nhân', en: 'No personal data' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'Luật 91/2025/QH15; NĐ 356/2025/NĐ-CP', basis: 'L2', confidence: 'S' },
    { cite: 'NĐ 224/2026/NĐ-CP Điều 21(4)a', basis: 'L1', confidence: 'V' },
  ],
  remedy: {
    vi: 'Che hoặc bỏ số định danh, số điện thoại cá nhân, số tài khoản, ảnh giấy tờ trước khi đăng.',
    en: 'Mask id numbers, personal phones, accounts and id images before publishing.',
  },
  caveat: {
    vi: 'Nhận theo mẫu số và từ đứng gần; có thể nhầm, nên tin được giữ cho người xem lại chứ không bị loại.',
    en: 'Recognised by pattern and nearby words, which can err: the item waits for a person and is not refused.',
  },
  parameters: {
    hotlines: {
      default: [] as readonly string[],
      about: { vi: 'Số điện thoại công vụ được phép nêu', en: 'Phone numbers that may be named' },
    },
  },
  needs: [],
  uses: ['attachments'],
  check({ item }, { attachments = [] }, { hotlines }) {
    const texts: (readonly [string, string])[] = [
      ['title', item.title],
      ['summary', item.summary],
      ['content', item.contentText],
      ...item.media.map(
        ({ caption = '', alt = '', url }, n) =>
          [`media[${n}]`, `${caption} ${alt} ${fileName(url)}`] as const,
      ),
      ...attachments.map(
        ({ name, firstPage = '' }, n) => [`attachments[${n}]`, `${name} ${firstPage}`] as const,
      ),
    ];
    const findings = texts.flatMap(([at, text]) =>
      personalData(text, hotlines).map(({ kind, count }) => {
        const held = kind.hold ? { consequence: 'hold' as const } : {};
        return found(at, `Có dấu hiệu ${kind.vi}.`, `Looks like ${kind.en}.`, {
          ...held,
          data: { kind: kind.id, count },
        });
      }),
    );
    return capped(findings);
  },
});

function fileName(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
