import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** A medium has a credit and a right to use it; a stock agency's mark asks for a licence of its own. */
export const mediaCreditRights = defineRule({
  id: 'media-credit-rights',
  number: 47,
  scope: 'media',
  title: { vi: 'Nguồn ảnh và quyền sử dụng', en: 'Credit and rights of media' },
  severity: 'must',
  consequence: 'trim',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'NĐ 174/2026/NĐ-CP Điều 93(3)d', basis: 'L1', confidence: 'V-ocr' },
    { cite: 'Luật 126/2025/QH15 Điều 39(1)', basis: 'L1', confidence: 'V-en' },
  ],
  remedy: {
    vi: 'Ghi tên tác giả/nguồn ảnh và căn cứ quyền sử dụng; không ghi “Ảnh: Internet”.',
    en: 'Credit the image and record the right to use it; "Internet" is not a credit.',
  },
  example: '<media:credit>Nguyễn Văn A/Cục Việc làm</media:credit>',
  caveat: {
    vi: 'Hình thức ghi nguồn ảnh là chính sách của chúng tôi; Điều 39(1) nằm trong phần bị lược của bản đọc.',
    en: 'The form of the credit is ours; Article 39(1) is in the elided part of the copy read.',
  },
  parameters: {
    ownWork: {
      default: ['portal', 'unit'] as readonly string[],
      about: {
        vi: 'Loại trang mà ảnh mặc nhiên là của trang',
        en: 'Kinds of site whose media count as their own',
      },
    },
    stockAgencies: {
      default: ['Getty', 'AFP', 'Reuters', 'Shutterstock'] as readonly string[],
      about: {
        vi: 'Tên hãng ảnh cần giấy phép riêng',
        en: 'Stock agencies that need a licence of their own',
      },
    },
  },
  needs: [],
  uses: ['agreement'],
  check({ site, medium }, { agreement }, { ownWork, stockAgencies }) {
    const { at, credit = '', caption = '', rights = '' } = medium;
    const said = `${credit} ${caption}`.normalize('NFC').slice(0, 3_000);
    const licensed = /^https?:\/\/|creative ?commons|CC[ -]BY|CC0/i.test(rights.slice(0, 500));
    const stock = stockAgencies.some(name =>
      new RegExp(
        `(?<![\\p{L}\\p{N}])${name.replace(/[^\p{L}\p{N} ]/gu, '\\$&')}(?![\\p{L}\\p{N}])`,
        'iu',
      ).test(said),
    );
    if (stock && !licensed)
      return [
        found(
          `${at}.rights`,
          'Ảnh của hãng ảnh mà không thấy giấy phép.',
          'A stock agency’s picture without a licence.',
        ),
      ];
    const own = ownWork.includes(site.kind);
    const softened = own ? { severity: 'should' as const, consequence: 'score' as const } : {};
    if (
      /(?:ảnh|nguồn)\s{0,3}:\s{0,3}(?:internet|sưu tầm|mạng)|^\s{0,3}(?:internet|sưu tầm)\s{0,3}$/iu.test(
        said,
      )
    )
      return [
        found(`${at}.credit`, '“Internet” không phải là nguồn ảnh.', '"Internet" is not a credit.', softened),
      ];
    if (own || licensed) return [];
    if (agreement === undefined) return 'unknown';
    const covered = agreement?.media === true;
    return covered
      ? []
      : [
          found(
            `${at}.rights`,
            'Ảnh của báo mà chưa có thỏa thuận bao gồm ảnh.',
            'A press picture without an agreement that covers media.',
          ),
        ];
  },
});
