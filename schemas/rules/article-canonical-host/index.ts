import { hostOf, isRegistered, pageKey } from '../addresses.ts';
import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** The canonical address is on a host of this site and is the one the feed links. */
export const articleCanonicalHost = defineRule({
  id: 'article-canonical-host',
  number: 36,
  scope: 'item',
  title: { vi: 'Canonical đúng tên miền', en: 'Canonical on the official host' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    {
      cite: 'NĐ 224/2026/NĐ-CP Điều 11(1), 11(5) (liên kết; không điều khoản nào nói tới canonical)',
      basis: 'P',
      confidence: 'V',
    },
  ],
  remedy: {
    vi: 'Đặt thẻ canonical về đúng tên miền chính thức.',
    en: 'Point canonical at the official host.',
  },
  example: '<link rel="canonical" href="https://don-vi.bo.gov.vn/tin/57695">',

  parameters: {},
  needs: ['page'],
  uses: [],
  check({ site, item }, { page }) {
    const canonical = page.relations.find(({ rel }) => rel.split(/\s+/).includes('canonical'))?.href;
    if (canonical === undefined) return page.shell ? 'unknown' : [];
    const host = hostOf(canonical);
    if (host === undefined)
      return [
        found(
          'page.canonical',
          'Canonical không phải địa chỉ http(s) đầy đủ.',
          'The canonical is no absolute http(s) address.',
        ),
      ];
    if (!isRegistered(host, site) || /(?:^|\.)(?:staging|stg|dev|test|uat)\d{0,3}\./.test(`${host}.`))
      return [
        found(
          'page.canonical',
          `Canonical trỏ tới ${host.slice(0, 100)}, không phải tên miền chính thức của trang.`,
          `The canonical points to ${host.slice(0, 100)}, not an official host of this site.`,
        ),
      ];
    return pageKey(canonical) === pageKey(page.url) || pageKey(canonical) === pageKey(item.link)
      ? []
      : [
          found(
            'page.canonical',
            'Canonical khác địa chỉ mà luồng tin dẫn tới.',
            'The canonical differs from the address the feed leads to.',
          ),
        ];
  },
});
