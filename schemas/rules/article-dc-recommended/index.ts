import { dublinCoreOf } from '../dublin-core.ts';
import { found } from '../found.ts';
import { isReused } from '../reuse.ts';
import { defineRule } from '../rule.ts';

/** Language and subject in the page's Dublin Core; source too when the item is re-used. */
export const articleDcRecommended = defineRule({
  id: 'article-dc-recommended',
  number: 30,
  scope: 'item',
  title: { vi: 'Dữ liệu đặc tả khuyến nghị', en: 'Recommended metadata elements' },
  severity: 'should',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit'], gateway: false },
  clauses: [
    { cite: 'NĐ 224/2026/NĐ-CP Điều 11(5)', basis: 'P', confidence: 'V' },
    { cite: 'TT 24/2011/TT-BTTTT Điều 4(2)', basis: 'L3', confidence: 'V', history: true },
  ],
  remedy: {
    vi: 'Bổ sung ngôn ngữ, chủ đề; ghi nguồn khi dẫn lại tin.',
    en: 'Add language and subject; add source for re-used items.',
  },
  example: '<meta name="DC.language" content="vi"> <meta name="DC.subject" content="Việc làm">',
  caveat: {
    vi: 'Thông tư 24/2011 dường như đã hết hiệu lực từ 05/4/2024; áp dụng theo chính sách.',
    en: 'TT 24/2011 seems to have ended on 5 April 2024; applied as policy.',
  },
  parameters: {},
  needs: ['page'],
  uses: [],
  check({ item }, { page }) {
    if (page.shell) return 'unknown';
    const { language = [], subject = [], source = [] } = dublinCoreOf(page);
    const findings = [];
    if (!language.some(tag => /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(tag)))
      findings.push(
        found(
          'page.dc.language',
          'Thiếu DC.language dạng BCP 47 (tiếng Việt là vi).',
          'DC.language as a BCP 47 tag is missing (vi for Vietnamese).',
        ),
      );
    if (!subject.some(value => value !== ''))
      findings.push(found('page.dc.subject', 'Thiếu DC.subject.', 'DC.subject is missing.'));
    if (isReused(item) && !source.some(value => value !== ''))
      findings.push(
        found('page.dc.source', 'Tin dẫn lại mà không có DC.source.', 'A re-used item without DC.source.'),
      );
    return findings;
  },
});
