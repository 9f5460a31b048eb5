import { bare, hostOf, siteKeyOf } from '../addresses.ts';
import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** A visible link on a unit's home page to the Ministry's portal. */
export const siteComponentBacklink = defineRule({
  id: 'site-component-backlink',
  number: 1,
  scope: 'site',
  title: { vi: 'Trang chủ dẫn tới Cổng của Bộ', en: 'The home page links the portal' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['unit'], gateway: false },
  clauses: [
    { cite: 'NĐ 224/2026/NĐ-CP Điều 11(1)', basis: 'L1', confidence: 'V' },
    { cite: 'Luật 104/2016/QH13 Điều 19(4)', basis: 'L1', confidence: 'V' },
    { cite: '“Một đường liên kết” là phép thử tối thiểu của chúng tôi', basis: 'P', confidence: 'M' },
  ],
  remedy: {
    vi: 'Bổ sung đường liên kết hiển thị trên trang chủ tới Cổng Thông tin điện tử Bộ; trang của đơn vị phải là thành phần của Cổng.',
    en: 'Add a visible home-page link to the Ministry portal; a unit site must be a component of that portal.',
  },
  example: '<a href="https://bo.gov.vn/">Cổng Thông tin điện tử Bộ</a>',
  caveat: {
    vi: '“Một đường liên kết” là phép thử tối thiểu của chúng tôi cho “thành phần”.',
    en: '"A link" is our minimum test of "component".',
  },
  parameters: {},
  needs: ['homepage', 'portalHost'],
  uses: ['linkSights'],
  check(_subject, { homepage, portalHost, linkSights = {} }) {
    if (homepage.shell || portalHost === '') return 'unknown';
    const keyOf = portalHost.includes(':') ? siteKeyOf : (href: string) => bare(hostOf(href) ?? '');
    const links = homepage.anchors.filter(({ href }) => keyOf(href) === bare(portalHost));
    if (links.length === 0)
      return [
        found(
          'homepage',
          'Trang chủ không có liên kết tới Cổng của Bộ.',
          'The home page has no link to the portal.',
        ),
      ];
    if (links.every(({ hidden }) => hidden))
      return [found('homepage', 'Liên kết tới Cổng của Bộ bị ẩn.', 'The link to the portal is hidden.')];
    const dead = links.every(
      ({ href }) => (linkSights[href]?.status ?? 200) >= 400 || linkSights[href]?.status === 0,
    );
    return dead
      ? [
          found(
            'homepage',
            'Liên kết tới Cổng của Bộ không trả lời.',
            'The link to the portal does not answer.',
          ),
        ]
      : [];
  },
});
