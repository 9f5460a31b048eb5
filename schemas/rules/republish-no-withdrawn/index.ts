import { capped, found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** Nothing withdrawn, canceled, embargoed or expired is served by any channel. */
export const republishNoWithdrawn = defineRule({
  id: 'republish-no-withdrawn',
  number: 56,
  scope: 'republication',
  title: { vi: 'Không phát nội dung đã gỡ, chưa đến hạn', en: 'Nothing withdrawn or embargoed is served' },
  severity: 'must',
  consequence: 'remove',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: true },
  clauses: [
    { cite: 'Luật 126/2025/QH15 Điều 8(11)', basis: 'L1', confidence: 'V-en' },
    { cite: 'IPTC ninjs: pubstatus, embargoed, expires', basis: 'I', confidence: 'V' },
  ],
  remedy: {
    vi: 'Không phát hành nội dung đã bị gỡ, thu hồi, cải chính hoặc chưa đến hạn công bố.',
    en: 'Never serve removed, recalled, corrected, embargoed or expired content.',
  },

  parameters: {},
  needs: ['servedIds', 'now'],
  uses: ['limits'],
  check(_subject, { servedIds, limits, now }) {
    const findings = servedIds.map(({ channel }, n) =>
      found(
        `servedIds[${n}]`,
        `Kênh ${channel} vẫn phát một tin đã gỡ hoặc bị chặn.`,
        `The channel ${channel} still serves a withdrawn or blocked item.`,
      ),
    );
    if (limits?.pubStatus === 'withheld' || limits?.pubStatus === 'canceled')
      findings.push(
        found(
          'limits.pubStatus',
          'Nhà xuất bản đã rút hoặc tạm dừng tin này.',
          'The publisher withheld or canceled this item.',
        ),
      );
    if (limits?.embargoed !== undefined && limits.embargoed > now)
      findings.push(found('limits.embargoed', 'Chưa đến hạn công bố.', 'Still under embargo.'));
    if (limits?.expires !== undefined && limits.expires < now)
      findings.push(found('limits.expires', 'Đã hết hạn công bố.', 'Expired.'));
    return capped(findings);
  },
});
