import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** Gone from every channel within the limit, counted from the last successful sight of the source. */
export const republishTakedown = defineRule({
  id: 'republish-takedown',
  number: 53,
  scope: 'republication',
  title: { vi: 'Gỡ theo nguồn trong 03 giờ', en: 'Removed within 3 hours of the source' },
  severity: 'must',
  consequence: 'remove',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'NĐ 147/2024/NĐ-CP Điều 28(1)', basis: 'L2', confidence: 'Q' },
    { cite: 'Luật 103/2016/QH13 Điều 36(4)', basis: 'L3', confidence: 'V', history: true },
  ],
  remedy: {
    vi: 'Gỡ ngay nội dung đăng lại, chậm nhất 03 giờ sau khi nguồn gỡ, trên mọi kênh.',
    en: 'Remove at once, at most 3 hours after the source, on every channel.',
  },
  caveat: {
    vi: 'Ẩn khi còn nghi ngờ là cách của chúng tôi; với trang không phải báo chí, thời hạn là chính sách.',
    en: 'Hiding on doubt is ours; for sites other than press the limit is policy.',
  },
  parameters: {
    sourceRemovalMaxMinutes: {
      default: 180,
      about: {
        vi: 'Số phút nhiều nhất từ lần cuối thấy bài gốc',
        en: 'Minutes at most since the original was last seen',
      },
    },
    hideAfterMinutes: {
      default: 120,
      about: {
        vi: 'Nghi ngờ bao nhiêu phút thì tạm ẩn toàn văn',
        en: 'Minutes of doubt after which a full text is hidden',
      },
    },
  },
  needs: ['removal', 'now'],
  uses: [],
  check(_subject, { removal, now }, { sourceRemovalMaxMinutes, hideAfterMinutes }) {
    const { verdict, lastSeen, fullText, hiddenAt, removedAt } = removal;
    if (verdict === 'there') return [];
    if (verdict === 'doubt') {
      const late = fullText && (hiddenAt ?? now) - lastSeen > hideAfterMinutes * 60_000;
      return late
        ? [
            found(
              'removal.hiddenAt',
              `Không thấy bài gốc đã quá ${hideAfterMinutes} phút mà toàn văn chưa được tạm ẩn kịp.`,
              `The original was not seen for over ${hideAfterMinutes} minutes and the full text was not hidden in time.`,
            ),
          ]
        : [];
    }
    return Object.entries(removedAt).flatMap(([channel, at]) => {
      const minutes = Math.ceil(((at ?? now) - lastSeen) / 60_000);
      if (at === null)
        return [
          found(
            `removal.${channel}`,
            `Nguồn đã gỡ nhưng kênh ${channel} vẫn còn.`,
            `The source removed it but the channel ${channel} still has it.`,
            { data: { minutes } },
          ),
        ];
      return minutes <= sourceRemovalMaxMinutes
        ? []
        : [
            found(
              `removal.${channel}`,
              `Kênh ${channel} gỡ sau ${minutes} phút kể từ lần cuối thấy bài gốc.`,
              `The channel ${channel} removed it ${minutes} minutes after the last sight.`,
              { data: { minutes } },
            ),
          ];
    });
  },
});
