import { capped, found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** What was removed leaves a signal a machine can read; a soft 404 is none. */
export const feedDeletionSignal = defineRule({
  id: 'feed-deletion-signal',
  number: 27,
  scope: 'feed',
  title: { vi: 'Gỡ tin có tín hiệu cho máy', en: 'Removals are signalled' },
  severity: 'should',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: true },
  clauses: [
    { cite: 'RFC 6721', basis: 'I', confidence: 'S' },
    { cite: 'IPTC ninjs: pubstatus', basis: 'I', confidence: 'V' },
    { cite: 'NĐ 147/2024/NĐ-CP Điều 28(1) (gỡ theo nguồn)', basis: 'L2', confidence: 'Q' },
  ],
  remedy: {
    vi: 'Khi gỡ tin, trả mã 410 hoặc phát tín hiệu xóa trong luồng tin; không chuyển hướng về trang chủ.',
    en: 'On removal return 410 or emit a deletion entry; never redirect to home.',
  },
  example: '<at:deleted-entry ref="tag:don-vi.bo.gov.vn,2026:57695" when="2026-11-22T09:00:00+07:00"/>',
  caveat: {
    vi: '404 trần được chấp nhận là tín hiệu yếu. Với trục liên thông, mức là “phải”.',
    en: 'A bare 404 counts as a weak signal. For the gateway itself it is a must.',
  },
  parameters: {},
  needs: ['goneItems'],
  uses: [],
  check({ gateway }, { goneItems }) {
    const severity = gateway ? ('must' as const) : ('should' as const);
    const findings = goneItems.flatMap(({ status, redirectedHome, softText, signalled }, n) => {
      if (signalled || status === 410 || status === 404) return [];
      return redirectedHome || softText
        ? [
            found(
              `goneItems[${n}]`,
              'Tin đã gỡ nhưng máy chủ trả trang khác thay vì 410.',
              'A removed item answers with another page instead of 410.',
              { severity, data: { status } },
            ),
          ]
        : [];
    });
    return capped(findings);
  },
});
