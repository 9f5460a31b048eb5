import { isPlaceholder } from '../dublin-core.ts';
import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** An author who is a person, or an agency; for press both. */
export const articleAuthorAndAgency = defineRule({
  id: 'article-author-and-agency',
  number: 33,
  scope: 'item',
  title: { vi: 'Có tác giả và cơ quan', en: 'Author and agency are stated' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'Luật 126/2025/QH15 Điều 31(1)', basis: 'L1', confidence: 'V-en' },
    { cite: 'NĐ 147/2024/NĐ-CP Điều 28(1)', basis: 'L2', confidence: 'Q' },
    {
      cite: 'Luật 103/2016/QH13 Điều 36(1); NĐ 72/2013/NĐ-CP Điều 20(2)',
      basis: 'L3',
      confidence: 'V',
      history: true,
    },
  ],
  remedy: {
    vi: 'Ghi tên tác giả hoặc bút danh và tên cơ quan; không dùng tên tài khoản quản trị.',
    en: 'State author or pen name and the agency; do not expose admin account names.',
  },
  example: '<dc:creator>Nguyễn Văn A</dc:creator>',
  caveat: {
    vi: 'Định nghĩa đầy đủ trong Nghị định 147/2024 chưa được đọc.',
    en: 'The exact wording of the definition in 147/2024 was not read.',
  },
  parameters: {},
  needs: [],
  uses: ['registry'],
  check({ site, item }, { registry }) {
    const agency = registry?.agency ?? item.attribution.agency;
    const named = item.authors.filter(({ name }) => !isPlaceholder(name) && !name.includes('@'));
    const accounts = item.authors.length > 0 && named.length === 0;
    const enough =
      site.kind === 'press'
        ? named.length > 0 && agency.trim() !== ''
        : named.length > 0 || agency.trim() !== '';
    if (accounts)
      return [
        found(
          'authors',
          'Tác giả là tên tài khoản hoặc chỉ có thư điện tử.',
          'The author is an account name or only an e-mail.',
        ),
      ];
    if (enough) return [];
    return agency.trim() === ''
      ? [found('attribution.agency', 'Không rõ cơ quan.', 'The agency is not known.')]
      : [
          found(
            'authors',
            'Tin báo chí không có tác giả hoặc bút danh.',
            'A press item without an author or pen name.',
          ),
        ];
  },
});
