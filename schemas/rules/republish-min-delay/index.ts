import { found } from '../found.ts';
import { defineRule } from '../rule.ts';
import { sourceReleasedAt } from '../source-release.ts';

/** Released no sooner than the delay after the source's release, counted from the latest time that can be true. */
export const republishMinDelay = defineRule({
  id: 'republish-min-delay',
  number: 49,
  scope: 'republication',
  title: { vi: 'Không sớm hơn 01 giờ sau nguồn', en: 'Never earlier than one hour after the source' },
  severity: 'must',
  consequence: 'hold',
  appliesTo: { kinds: ['press'], gateway: false },
  clauses: [{ cite: 'NĐ 147/2024/NĐ-CP Điều 28(1)', basis: 'L2', confidence: 'Q' }],
  remedy: {
    vi: 'Chỉ phát hành lại theo thời gian thỏa thuận và không sớm hơn 01 giờ kể từ khi báo đăng.',
    en: 'Release at the agreed time, never earlier than 1 hour after the source.',
  },

  parameters: {
    pressMinDelayMinutes: {
      default: 60,
      minimum: 60,
      about: {
        vi: 'Số phút chờ ít nhất; không bao giờ dưới 60, thỏa thuận có thể dài hơn',
        en: 'Minutes to wait at least; never below 60, an agreement may ask for more',
      },
    },
  },
  needs: ['sourceTime', 'publication'],
  uses: ['agreement', 'now'],
  check(_subject, { sourceTime, publication, agreement, now }, { pressMinDelayMinutes }) {
    const at = publication.releasedAt ?? now;
    if (at === undefined) return 'unknown';
    const { at: source, why } = sourceReleasedAt(sourceTime);
    const delay = Math.max(60, pressMinDelayMinutes, agreement?.delayMinutes ?? 0);
    const due = source + delay * 60_000;
    if (at >= due) return [];
    const early = Math.ceil((due - at) / 60_000);
    return [
      found(
        'publication.releasedAt',
        `Còn ${early} phút mới đủ ${delay} phút kể từ khi nguồn phát hành.`,
        `${early} minutes short of the ${delay} after the source's release.`,
        { data: { dueAt: due, counted: why, delay } },
      ),
    ];
  },
});
