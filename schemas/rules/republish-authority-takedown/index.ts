import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** An order by a competent authority is on record whole, obeyed in time, and what it names stays out. */
export const republishAuthorityTakedown = defineRule({
  id: 'republish-authority-takedown',
  number: 54,
  scope: 'republication',
  title: { vi: 'Gỡ theo yêu cầu của cơ quan có thẩm quyền', en: 'Removal by order of an authority' },
  severity: 'must',
  consequence: 'remove',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'NĐ 333/2026/NĐ-CP Điều 16(4)', basis: 'L2', confidence: 'S' },
    { cite: 'NĐ 147/2024/NĐ-CP Điều 24, 80', basis: 'L2', confidence: 'S' },
    { cite: 'NĐ 237/2026/NĐ-CP Điều 20(1)–(2)', basis: 'L1', confidence: 'V-ocr' },
    { cite: 'NĐ 72/2013/NĐ-CP Điều 23d(1)c', basis: 'L3', confidence: 'V', history: true },
  ],
  remedy: {
    vi: 'Gỡ trong 24 giờ (06 giờ nếu khẩn cấp) theo yêu cầu của cơ quan có thẩm quyền và chặn tái đăng.',
    en: 'Remove within 24 h (6 h urgent) on a competent order and block re-ingest.',
  },
  caveat: { vi: 'Số giờ biết qua nguồn thứ cấp.', en: 'The hours are second-hand.' },
  parameters: {
    authorityRemovalMaxHours: { default: 24, about: { vi: 'Số giờ nhiều nhất', en: 'Hours at most' } },
    authorityRemovalUrgentHours: {
      default: 6,
      about: { vi: 'Số giờ nhiều nhất khi khẩn cấp', en: 'Hours at most when urgent' },
    },
  },
  needs: ['order', 'now'],
  uses: [],
  check(_subject, { order, now }, { authorityRemovalMaxHours, authorityRemovalUrgentHours }) {
    const parts = [
      ['sender', order.sender, 'cơ quan gửi', 'sender'],
      ['legalReference', order.legalReference, 'căn cứ', 'legal reference'],
      ['scope', order.scope, 'phạm vi', 'scope'],
      ['actor', order.actor, 'người xử lý', 'actor'],
    ] as const;
    const missing = parts
      .filter(([, value]) => !value?.trim())
      .map(([name, , vi, en]) =>
        found(`order.${name}`, `Phiếu yêu cầu thiếu ${vi}.`, `The order lacks its ${en}.`),
      );
    const hours = order.urgent ? authorityRemovalUrgentHours : authorityRemovalMaxHours;
    const limit = order.receivedAt + hours * 3_600_000;
    const late = Object.entries(order.removedAt).filter(([, at]) => (at ?? now) > limit);
    const findings = late.map(([channel]) =>
      found(
        `order.removedAt.${channel}`,
        `Kênh ${channel} không gỡ trong ${hours} giờ.`,
        `The channel ${channel} did not remove it within ${hours} hours.`,
      ),
    );
    if (order.cameBack)
      findings.push(
        found(
          'order.cameBack',
          'Nội dung đã gỡ theo yêu cầu lại xuất hiện.',
          'What was removed by order came back.',
        ),
      );
    const done = Object.values(order.removedAt).every(at => at !== null);
    if (done && order.receipts === 0)
      findings.push(
        found(
          'order.receipts',
          'Chưa có biên nhận xoá bộ đệm trong sổ cái.',
          'No purge receipt in the ledger.',
        ),
      );
    return [...missing, ...findings];
  },
});
