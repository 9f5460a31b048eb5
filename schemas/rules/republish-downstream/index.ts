import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** A removal reaches those who take our feeds: entry, 410, purge, and a trace of each subscriber. */
export const republishDownstream = defineRule({
  id: 'republish-downstream',
  number: 60,
  scope: 'republication',
  title: { vi: 'Báo tới nơi nhận tin', en: 'Removals reach downstream' },
  severity: 'must',
  consequence: 'own-duty',
  appliesTo: { kinds: [], gateway: true },
  clauses: [
    { cite: 'NĐ 147/2024/NĐ-CP Điều 28(1)', basis: 'L2', confidence: 'Q' },
    { cite: 'NĐ 237/2026/NĐ-CP Điều 20(2)', basis: 'L1', confidence: 'V-ocr' },
    { cite: 'NĐ 47/2020/NĐ-CP Điều 45', basis: 'L3', confidence: 'V' },
    { cite: 'Thời hạn và cách báo: chính sách', basis: 'P', confidence: 'M' },
    { cite: 'RFC 6721', basis: 'I', confidence: 'S' },
  ],
  remedy: {
    vi: 'Phát tín hiệu gỡ/thay thế tới mọi nơi nhận tin, xóa bộ đệm và lưu xác nhận.',
    en: 'Send removal or replacement to all receivers, purge caches, keep acks.',
  },
  caveat: { vi: 'Các thời hạn là của chúng tôi.', en: 'The times are ours.' },
  parameters: {
    withinMinutes: {
      default: 15,
      about: { vi: 'Số phút từ lúc gỡ (mức của chúng tôi)', en: 'Minutes from the removal (ours)' },
    },
    silentMinutes: {
      default: 120,
      about: { vi: 'Nơi nhận im lặng quá ngần này thì báo', en: 'A subscriber silent for longer is told' },
    },
    entryKeptDays: {
      default: 30,
      about: {
        vi: 'Dấu gỡ giữ trong luồng ít nhất bao nhiêu ngày',
        en: 'Days a deletion entry stays in the feeds',
      },
    },
  },
  needs: ['downstream', 'now'],
  uses: [],
  check(_subject, { downstream, now }, { withinMinutes, silentMinutes, entryKeptDays }) {
    const { at, entryInFeedsAt, entryKeptDays: kept, itemStatus, cachesPurgedAt, subscribers } = downstream;
    const limit = at + withinMinutes * 60_000;
    const findings = [];
    if ((entryInFeedsAt ?? now) > limit)
      findings.push(
        found(
          'downstream.entryInFeedsAt',
          `Luồng tin chưa có dấu gỡ hoặc thay thế trong ${withinMinutes} phút.`,
          `The feeds had no deletion or replacement within ${withinMinutes} minutes.`,
        ),
      );
    if (kept < entryKeptDays)
      findings.push(
        found(
          'downstream.entryKeptDays',
          `Dấu gỡ chỉ giữ ${kept} ngày.`,
          `The deletion entry is kept for ${kept} days only.`,
        ),
      );
    if (itemStatus !== 410)
      findings.push(
        found(
          'downstream.itemStatus',
          'Địa chỉ của tin chưa trả lời 410.',
          'The item address does not answer 410.',
          { data: { status: itemStatus } },
        ),
      );
    if ((cachesPurgedAt ?? now) > limit)
      findings.push(
        found(
          'downstream.cachesPurgedAt',
          `Bộ đệm chưa được xoá trong ${withinMinutes} phút.`,
          `Caches were not purged within ${withinMinutes} minutes.`,
        ),
      );
    const silent = subscribers.filter(
      ({ acknowledgedAt }) => (acknowledgedAt ?? now) - at > silentMinutes * 60_000,
    ).length;
    if (silent > 0)
      findings.push(
        found(
          'downstream.subscribers',
          `${silent} nơi nhận im lặng quá ${silentMinutes} phút.`,
          `${silent} subscribers were silent for over ${silentMinutes} minutes.`,
          { data: { silent } },
        ),
      );
    return findings;
  },
});
