import { found } from '../found.ts';
import { isReused, namesNoSource, sourceOf } from '../reuse.ts';
import { defineRule } from '../rule.ts';

/** A re-used item names its source, links the source's article and tells its time. */
export const articleSourceAttribution = defineRule({
  id: 'article-source-attribution',
  number: 35,
  scope: 'item',
  title: { vi: 'Ghi nguồn của tin dẫn lại', en: 'Re-used items state their source' },
  severity: 'must',
  consequence: 'trim',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'Luật 126/2025/QH15 Điều 31(1)', basis: 'L1', confidence: 'V-en' },
    { cite: 'Đường liên kết tới bài gốc: chính sách của Bộ', basis: 'P', confidence: 'M' },
    {
      cite: 'NĐ 43/2011/NĐ-CP Điều 5(3); Luật 103/2016/QH13 Điều 36(1)',
      basis: 'L3',
      confidence: 'V',
      history: true,
    },
  ],
  remedy: {
    vi: 'Ghi rõ tên nguồn, liên kết bài gốc và thời gian đăng gốc; không ghi “Nguồn: Internet”.',
    en: 'State source name, original article link and original time; "Internet" is not a source.',
  },
  example: 'Theo Báo A, 08:30 21/11/2026, https://bao-a.vn/tin/57695',
  caveat: {
    vi: 'Nhận ra tin dẫn lại bằng lời dẫn, nguồn khai báo hoặc độ giống; có thể nhầm. Phần liên kết là chính sách.',
    en: 'Re-use is recognised by its words, a declared source or likeness, which can err. The link part is policy.',
  },
  parameters: {
    similarity: {
      default: 0.8,
      about: {
        vi: 'Giống tin có trước của trang khác đến mức này thì coi là dẫn lại',
        en: 'From this likeness to an earlier item of another site it counts as re-used',
      },
    },
  },
  needs: [],
  uses: ['similar'],
  check({ item }, { similar }, { similarity }) {
    const alike = similar !== undefined && similar.score >= similarity && similar.site !== item.site;
    if (!isReused(item) && !alike) return [];
    if (namesNoSource(item))
      return [
        found(
          'origin',
          '“Internet”, “Sưu tầm” không phải là nguồn.',
          '"Internet" or "collected" is not a source.',
        ),
      ];
    const source = sourceOf(item);
    const findings = [];
    if (!source.name)
      findings.push(
        found(
          'origin.title',
          'Tin có dấu hiệu dẫn lại mà không ghi tên nguồn.',
          'Looks re-used but names no source.',
        ),
      );
    if (!source.articleLink)
      findings.push(
        found(
          'origin.link',
          'Không có liên kết tới bài gốc (trang chủ của nguồn thì chưa đủ).',
          'No link to the original article (the home page of the source is not enough).',
        ),
      );
    if (!source.published)
      findings.push(
        found(
          'origin.published',
          'Không ghi thời điểm đăng gốc.',
          'The original time of publication is missing.',
        ),
      );
    return findings;
  },
});
