import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** What declares itself made by AI carries a visible label. */
export const articleAiLabel = defineRule({
  id: 'article-ai-label',
  number: 37,
  scope: 'item',
  title: { vi: 'Nhãn nội dung do AI tạo', en: 'AI content is labelled' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'NĐ 237/2026/NĐ-CP Điều 24(3)', basis: 'L1', confidence: 'V-ocr' },
    { cite: 'NĐ 142/2026/NĐ-CP Điều 17–18', basis: 'L2', confidence: 'S' },
  ],
  remedy: {
    vi: 'Gắn nhãn rõ ràng, dễ nhận biết cho nội dung do AI tạo hoặc chỉnh sửa có khả năng gây nhầm lẫn.',
    en: 'Label AI-made or AI-edited content clearly where it could mislead.',
  },
  example: 'Ảnh minh họa do AI tạo',
  caveat: {
    vi: 'Chỉ biết khi nội dung tự khai là AI; nội dung không khai thì máy không nhận ra được.',
    en: 'Only what declares itself can be known; undeclared AI content cannot be detected.',
  },
  parameters: {},
  needs: [],
  uses: ['page', 'entry'],
  check({ item }, { page, entry }) {
    const declared = [
      JSON.stringify(item.own?.fields ?? {}),
      ...(page?.metas ?? []).map(({ name, content }) => `${name}=${content}`),
      ...(page?.jsonLd ?? []).map(block => String(block.digitalSourceType ?? '')),
      ...(entry?.categories ?? []),
      ...item.media.map(({ rights = '' }) => rights),
    ];
    const declaresAi = declared.some(text =>
      /(?:trainedAlgorithmicMedia|digitalsourcetype=\S{0,100}algorithmic|"ai(?:Generated|_generated)?":\s?true|ai[-_ ]generated)/i.test(
        text.slice(0, 20_000),
      ),
    );
    if (!declaresAi) return [];
    const shown = [
      item.title,
      item.contentText.slice(0, 50_000),
      ...item.media.map(({ caption = '', alt = '' }) => `${caption} ${alt}`),
      page?.text.slice(0, 50_000) ?? '',
    ];
    return shown.some(text => /(?<![\p{L}\p{N}])AI(?![\p{L}\p{N}])|trí tuệ nhân tạo/u.test(text))
      ? []
      : [
          found(
            'content',
            'Nội dung tự khai là do AI tạo nhưng không thấy nhãn cho người đọc.',
            'The content declares itself AI-made but shows no label to readers.',
          ),
        ];
  },
});
