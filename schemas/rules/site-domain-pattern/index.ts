import { bare, hostOf, isPrivateHost } from '../addresses.ts';
import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** ministry.gov.vn for the portal, unit.ministry.gov.vn for its units. */
export const siteDomainPattern = defineRule({
  id: 'site-domain-pattern',
  number: 3,
  scope: 'site',
  title: { vi: 'Tên miền đúng dạng', en: 'Domain of the prescribed form' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit'], gateway: false },
  clauses: [{ cite: 'NĐ 224/2026/NĐ-CP Điều 11(4)a', basis: 'L1', confidence: 'V' }],
  remedy: {
    vi: 'Chuyển sang tên miền cấp 4 dạng tendonvi.tenbonganh.gov.vn; giữ tên miền cũ để chuyển hướng 301.',
    en: 'Move to the level-4 form unit.ministry.gov.vn; keep the old name as a 301 redirect.',
  },
  example: 'https://don-vi.bo.gov.vn/',
  caveat: {
    vi: 'Cách hiểu với đơn vị sự nghiệp (viện, tạp chí) là của chúng tôi; Bộ có thể đặt ngoại lệ cho từng trang.',
    en: 'The reading for public non-business units is ours; the Ministry may except single sites.',
  },
  parameters: {},
  needs: ['portalHost'],
  uses: [],
  check({ site }, { portalHost }) {
    const host = bare(hostOf(site.homepage) ?? '');
    const portal = bare(portalHost);
    // Names in a private network follow no pattern of public ones.
    if (host === '' || portal === '' || isPrivateHost(host)) return 'unknown';
    const fits =
      site.kind === 'portal'
        ? /^[a-z0-9-]+\.gov\.vn$/.test(host)
        : host.endsWith(`.${portal}`) && /^[a-z0-9-]+$/.test(host.slice(0, -portal.length - 1));
    return fits
      ? []
      : [
          found(
            'host',
            `Tên miền ${host.slice(0, 100)} không theo dạng tendonvi.tenbonganh.gov.vn.`,
            `The host ${host.slice(0, 100)} is not of the form unit.ministry.gov.vn.`,
          ),
        ];
  },
});
