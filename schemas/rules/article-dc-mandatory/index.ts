import { dublinCoreOf, isPlaceholder, MANDATORY_DC } from '../dublin-core.ts';
import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** The six mandatory elements in the page's Dublin Core, none blank, none a placeholder. */
export const articleDcMandatory = defineRule({
  id: 'article-dc-mandatory',
  number: 29,
  scope: 'item',
  title: { vi: 'Đủ sáu yếu tố dữ liệu đặc tả bắt buộc', en: 'Six mandatory metadata elements' },
  severity: 'should',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit'], gateway: true },
  clauses: [
    { cite: 'NĐ 224/2026/NĐ-CP Điều 11(5)', basis: 'P', confidence: 'V' },
    { cite: 'TT 24/2011/TT-BTTTT Điều 4(1), 5(1), 5(4), 6(3)', basis: 'L3', confidence: 'V', history: true },
  ],
  remedy: {
    vi: 'Điền đủ 6 yếu tố dữ liệu đặc tả bắt buộc; nhiều giá trị cách nhau bằng dấu chấm phẩy.',
    en: 'Fill all six mandatory elements; separate several values with ";".',
  },
  example: '<meta name="DC.creator" content="Nguyễn Văn A; Trần Thị B">',
  caveat: {
    vi: 'Thông tư 24/2011 dường như đã hết hiệu lực từ 05/4/2024; danh sách sáu yếu tố áp dụng theo chính sách. Cách viết tên thẻ chưa được đọc: chấp nhận DC.x và dcterms.x.',
    en: 'TT 24/2011 seems to have ended on 5 April 2024; the six elements are applied as policy. The spelling of the tags was not read: DC.x and dcterms.x both count.',
  },
  parameters: {},
  needs: ['page'],
  uses: [],
  check({ site }, { page }) {
    if (page.shell) return 'unknown';
    const values = dublinCoreOf(page);
    return MANDATORY_DC.flatMap(element => {
      const given = values[element] ?? [];
      const at = `page.dc.${element}`;
      if (given.length === 0)
        return [found(at, `Trang không có DC.${element}.`, `The page has no DC.${element}.`)];
      if (given.every(isPlaceholder))
        return [
          found(
            at,
            `DC.${element} để trống hoặc là giá trị mặc định của hệ thống.`,
            `DC.${element} is blank or a system placeholder.`,
          ),
        ];
      const isSiteName = element === 'description' && given.every(value => value === site.name);
      return isSiteName
        ? [
            found(
              at,
              'DC.description chỉ lặp lại tên trang.',
              'DC.description only repeats the name of the site.',
            ),
          ]
        : [];
    });
  },
});
