import { bare, hostOf } from '../addresses.ts';
import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** A valid certificate, TLS 1.2 or later, http led to https; a warning before the certificate ends. */
export const siteHttps = defineRule({
  id: 'site-https',
  number: 6,
  scope: 'site',
  title: { vi: 'HTTPS hợp lệ', en: 'Valid HTTPS' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: true },
  clauses: [
    {
      cite: 'NĐ 224/2026/NĐ-CP Điều 10(3)c, 21(4)b (nghĩa vụ an toàn chung, không nêu TLS)',
      basis: 'P',
      confidence: 'V',
    },
  ],
  remedy: {
    vi: 'Cài chứng thư số hợp lệ, tắt TLS 1.0/1.1 và chuyển hướng toàn bộ HTTP sang HTTPS.',
    en: 'Install a valid certificate, disable TLS 1.0/1.1, redirect all HTTP to HTTPS.',
  },
  example: '301 http://don-vi.bo.gov.vn/ → https://don-vi.bo.gov.vn/ (TLS 1.3)',
  caveat: { vi: 'Các phiên bản giao thức theo trí nhớ.', en: 'Protocol numbers are from memory.' },
  parameters: {
    warnDays: {
      default: 14,
      about: { vi: 'Báo trước khi chứng thư hết hạn bao nhiêu ngày', en: 'Days before expiry to warn' },
    },
  },
  needs: ['tls', 'now'],
  uses: [],
  check({ site }, { tls, now }, { warnDays }) {
    const findings = [];
    if (!tls.valid) findings.push(found('tls', 'Chứng thư không hợp lệ.', 'The certificate is not valid.'));
    if (tls.protocol !== undefined && /^(?:SSL|TLSv1(?:\.[01])?$)/i.test(tls.protocol))
      findings.push(
        found('tls.protocol', 'Giao thức cũ hơn TLS 1.2.', 'The protocol is older than TLS 1.2.'),
      );
    if (tls.valid && tls.validTo !== undefined && tls.validTo - now <= warnDays * 86_400_000)
      findings.push(
        found(
          'tls.validTo',
          `Chứng thư hết hạn trong ${warnDays} ngày tới.`,
          `The certificate ends within ${warnDays} days.`,
          { severity: 'should' },
        ),
      );
    const there = tls.httpLeadsTo;
    if (
      there !== undefined &&
      !(there.startsWith('https:') && bare(hostOf(there) ?? '') === bare(hostOf(site.homepage) ?? ''))
    )
      findings.push(
        found(
          'tls.http',
          'http:// không chuyển hướng sang https:// cùng tên miền.',
          'http:// does not redirect to https:// on the same host.',
        ),
      );
    return findings;
  },
});
