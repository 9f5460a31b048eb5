import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** An AAAA record, and 443 answering over IPv6 where that could be tried. */
export const siteIpv6 = defineRule({
  id: 'site-ipv6',
  number: 5,
  scope: 'site',
  title: { vi: 'Dùng được qua IPv6', en: 'Reachable over IPv6' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit'], gateway: true },
  clauses: [{ cite: 'NĐ 224/2026/NĐ-CP Điều 11(4)', basis: 'L1', confidence: 'V' }],
  remedy: {
    vi: 'Công bố bản ghi AAAA và mở dịch vụ web trên IPv6.',
    en: 'Publish an AAAA record and serve the site over IPv6.',
  },
  example: 'don-vi.bo.gov.vn. AAAA 2001:db8::10',

  parameters: {},
  needs: ['dns'],
  uses: [],
  check(_subject, { dns }) {
    if (dns.aaaa.length === 0)
      return [found('dns', 'Tên miền không có bản ghi AAAA.', 'The host has no AAAA record.')];
    if (dns.answersOnV6 === undefined) return 'unknown';
    return dns.answersOnV6
      ? []
      : [
          found(
            'dns',
            'Có bản ghi AAAA nhưng cổng 443 không trả lời qua IPv6.',
            'There is an AAAA record but 443 does not answer over IPv6.',
          ),
        ];
  },
});
