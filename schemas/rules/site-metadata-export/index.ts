import { dublinCoreOf, MANDATORY_DC } from '../dublin-core.ts';
import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** The six mandatory elements can be had by a machine for nearly all of the latest items. */
export const siteMetadataExport = defineRule({
  id: 'site-metadata-export',
  number: 14,
  scope: 'site',
  title: { vi: 'Dữ liệu đặc tả kết xuất được', en: 'Metadata can be exported' },
  severity: 'should',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit'], gateway: false },
  clauses: [
    { cite: 'NĐ 224/2026/NĐ-CP Điều 11(5)', basis: 'P', confidence: 'V' },
    { cite: 'TT 24/2011/TT-BTTTT Điều 10', basis: 'L3', confidence: 'V', history: true },
  ],
  remedy: {
    vi: 'Cho phép truy cập và kết xuất dữ liệu đặc tả (thẻ meta DC, RSS có dc:*, hoặc API).',
    en: 'Make metadata accessible and exportable (DC meta tags, dc:* in the feed, or an API).',
  },
  example: '<meta name="DC.title" content="…"> <meta name="DC.publisher" content="Cục Việc làm">',
  caveat: {
    vi: 'Thông tư 24/2011 dường như đã hết hiệu lực từ 05/4/2024; áp dụng theo chính sách. Tỉ lệ 95 % là của chúng tôi.',
    en: 'TT 24/2011 seems to have ended on 5 April 2024; applied as policy. 95 % is ours.',
  },
  parameters: {
    share: {
      default: 0.95,
      about: {
        vi: 'Tỉ lệ tin phải có đủ (mức của chúng tôi)',
        en: 'Share of items that must have them (ours)',
      },
    },
  },
  needs: ['latestPages'],
  uses: [],
  check(_subject, { latestPages }, { share }) {
    const readable = latestPages.filter(({ shell }) => !shell);
    if (readable.length === 0) return 'unknown';
    const full = readable.filter(page => {
      const values = dublinCoreOf(page);
      return MANDATORY_DC.every(element => values[element]?.some(value => value !== '') === true);
    }).length;
    return full / readable.length >= share
      ? []
      : [
          found(
            'latestPages',
            `${full}/${readable.length} tin mới nhất có đủ sáu yếu tố.`,
            `${full} of the latest ${readable.length} items have all six elements.`,
            { data: { full, of: readable.length } },
          ),
        ];
  },
});
