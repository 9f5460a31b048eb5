import { siteKeyOf } from '../addresses.ts';
import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** The portal links the unit's site, within two clicks. */
export const siteListedOnPortal = defineRule({
  id: 'site-listed-on-portal',
  number: 2,
  scope: 'site',
  title: { vi: 'Cổng của Bộ dẫn tới trang đơn vị', en: 'The portal lists the unit' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['unit'], gateway: false },
  clauses: [
    { cite: 'Luật 104/2016/QH13 Điều 19(4)', basis: 'L1', confidence: 'V' },
    { cite: 'NĐ 224/2026/NĐ-CP Điều 11(1), 12(2)a', basis: 'L1', confidence: 'V' },
    { cite: 'Đánh giá cổng, trang TTĐT năm 2024', basis: 'L2', confidence: 'S' },
  ],
  remedy: {
    vi: 'Đưa địa chỉ trang của đơn vị vào mục liên kết các trang thành phần trên Cổng và kiểm tra liên kết còn hoạt động.',
    en: "List the unit's address among the component sites on the portal and keep the link alive.",
  },
  example: '<a href="https://don-vi.bo.gov.vn/">Cục Việc làm</a>',

  parameters: {},
  needs: ['portalPages'],
  uses: ['linkSights'],
  check({ site }, { portalPages, linkSights = {} }) {
    if (portalPages.length === 0 || portalPages.every(({ shell }) => shell)) return 'unknown';
    const own = siteKeyOf(site.homepage);
    const links = portalPages
      .flatMap(({ anchors }) => anchors)
      .filter(({ href }) => own !== undefined && siteKeyOf(href) === own);
    if (links.length === 0)
      return [
        found(
          'portalPages',
          'Không thấy Cổng của Bộ dẫn tới trang này trong phạm vi hai lần bấm.',
          'No link to this site was found on the portal within two clicks.',
        ),
      ];
    const dead = links.every(
      ({ href }) => (linkSights[href]?.status ?? 200) >= 400 || linkSights[href]?.status === 0,
    );
    return dead
      ? [
          found(
            'portalPages',
            'Liên kết trên Cổng tới trang này không trả lời.',
            "The portal's link to this site does not answer.",
          ),
        ]
      : [];
  },
});
