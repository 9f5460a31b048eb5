import { readDate } from '../../dates.ts';
import { fold } from '../../fold.ts';
import { dublinCoreOf } from '../dublin-core.ts';
import { found } from '../found.ts';
import { modifiedOf } from '../page-article.ts';
import { defineRule } from '../rule.ts';

/** When the words of a page changed between two fetches, its metadata changed with them. */
export const articleDcFresh = defineRule({
  id: 'article-dc-fresh',
  number: 31,
  scope: 'item',
  title: { vi: 'Dữ liệu đặc tả theo kịp nội dung', en: 'Metadata follows the content' },
  severity: 'should',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit'], gateway: false },
  clauses: [
    { cite: 'NĐ 224/2026/NĐ-CP Điều 11(5), 9(3)', basis: 'P', confidence: 'V' },
    { cite: 'TT 24/2011/TT-BTTTT Điều 9(1)', basis: 'L3', confidence: 'V', history: true },
  ],
  remedy: {
    vi: 'Cập nhật dữ liệu đặc tả ngay sau khi sửa nội dung.',
    en: 'Update metadata as soon as content changes.',
  },
  example: '<meta property="article:modified_time" content="2026-11-22T09:00:00+07:00">',
  caveat: {
    vi: 'Thông tư 24/2011 dường như đã hết hiệu lực từ 05/4/2024; áp dụng theo chính sách.',
    en: 'TT 24/2011 seems to have ended on 5 April 2024; applied as policy.',
  },
  parameters: {},
  needs: ['page', 'previousPage'],
  uses: [],
  check(_subject, { page, previousPage }) {
    if (page.shell || previousPage.shell) return 'unknown';
    if (page.text === previousPage.text) return [];
    const findings = [];
    const title = dublinCoreOf(page).title?.[0];
    const heading = page.headings[0];
    if (title !== undefined && heading !== undefined && fold(title).trim() !== fold(heading))
      findings.push(
        found(
          'page.dc.title',
          'Nội dung đã sửa nhưng DC.title khác tiêu đề đang hiển thị.',
          'The content changed but DC.title differs from the heading shown.',
        ),
      );
    const [now, before] = [modifiedOf(page), modifiedOf(previousPage)].map(text =>
      text === undefined ? undefined : readDate(text)?.at,
    );
    if (now === undefined || (before !== undefined && now < before))
      findings.push(
        found(
          'page.dateModified',
          'Nội dung đã sửa nhưng trang không cho thời điểm sửa mà máy đọc được, hoặc thời điểm lùi lại.',
          'The content changed but there is no machine-readable modified time, or it went back.',
        ),
      );
    return findings;
  },
});
