import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** The released words are the source's, or a marked and contiguous extract; the headline is the same. */
export const republishVerbatim = defineRule({
  id: 'republish-verbatim',
  number: 50,
  scope: 'republication',
  title: { vi: 'Đăng nguyên văn', en: 'Word for word' },
  severity: 'must',
  consequence: 'trim',
  appliesTo: { kinds: ['press'], gateway: false },
  clauses: [
    { cite: 'NĐ 147/2024/NĐ-CP Điều 28(1) (chính xác theo nguồn)', basis: 'L2', confidence: 'Q' },
    {
      cite: 'Luật 103/2016/QH13 Điều 36(1); NĐ 72/2013/NĐ-CP Điều 20(2)',
      basis: 'L3',
      confidence: 'V',
      history: true,
    },
  ],
  remedy: {
    vi: 'Đăng nguyên văn, chính xác; không sửa tít, không thêm bớt nội dung.',
    en: 'Re-publish word for word; do not change the headline or body.',
  },

  parameters: {},
  needs: ['wording'],
  uses: [],
  check(_subject, { wording: { source, released } }) {
    const findings = [];
    if (normalised(source.title) !== normalised(released.title))
      findings.push(
        found(
          'wording.title',
          'Tiêu đề phát lại khác tiêu đề của nguồn.',
          "The headline differs from the source's.",
        ),
      );
    const [from, to] = [normalised(source.text), normalised(released.text)];
    if (from === to || to === '') return findings;
    const extract = from.includes(to);
    if (!extract)
      findings.push(
        found(
          'wording.text',
          'Nội dung phát lại khác nội dung của nguồn.',
          "The text differs from the source's.",
        ),
      );
    else if (released.markedExtract !== true)
      findings.push(
        found(
          'wording.text',
          'Nội dung bị lược mà không đánh dấu là trích.',
          'The text is an extract that is not marked as one.',
        ),
      );
    return findings;
  },
});

/** Tags were taken out before; blanks and Unicode forms make no difference. */
function normalised(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
