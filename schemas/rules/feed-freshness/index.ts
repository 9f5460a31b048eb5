import { readDate } from '../../dates.ts';
import { capped, found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** The newest entry is young enough, and what the home page shows is in the feed within the hour. */
export const feedFreshness = defineRule({
  id: 'feed-freshness',
  number: 26,
  scope: 'feed',
  title: { vi: 'Luồng tin được cập nhật', en: 'The feed is fresh' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'NĐ 244/2026/NĐ-CP Điều 6(2)a (hằng tháng), 6(3)đ', basis: 'L1', confidence: 'V-ocr' },
    { cite: 'NĐ 224/2026/NĐ-CP Điều 9(3), 12(2)a', basis: 'L1', confidence: 'V' },
    { cite: 'Luật 104/2016/QH13 Điều 19(4)', basis: 'L1', confidence: 'V' },
  ],
  remedy: {
    vi: 'Cập nhật luồng tin ngay khi đăng tin; kiểm tra tác vụ sinh RSS.',
    en: 'Update the feed when you publish; check the feed job.',
  },

  parameters: {
    portalFreshnessDays: {
      default: 31,
      about: {
        vi: 'Tin mới nhất của cổng cũ nhất bao nhiêu ngày',
        en: "Age in days of the portal's newest item, at most",
      },
    },
    feedWithinMinutes: {
      default: 60,
      about: {
        vi: 'Tin trên trang chủ phải vào luồng trong bao nhiêu phút (mức của chúng tôi)',
        en: 'Minutes until news of the home page is in the feed (ours)',
      },
    },
  },
  needs: ['now'],
  uses: ['registry', 'homepageNews'],
  check({ site, feed }, { now, registry, homepageNews }, { portalFreshnessDays, feedWithinMinutes }) {
    if (feed === undefined) return 'unknown';
    const days = registry?.cadenceDays ?? (site.kind === 'portal' ? portalFreshnessDays : undefined);
    if (days === undefined && homepageNews === undefined) return 'unknown';
    const times = feed.entries
      .map(({ published }) => (published === undefined ? undefined : readDate(published)?.at))
      .filter(at => at !== undefined);
    const newest = times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const findings = [];
    if (days !== undefined && times.length > 0 && now - newest > days * 86_400_000)
      findings.push(
        found(
          'feed.entries',
          `Tin mới nhất đã quá ${days} ngày.`,
          `The newest entry is over ${days} days old.`,
        ),
      );
    (homepageNews ?? []).forEach(({ firstSeen, inFeed }, n) => {
      if (!inFeed && now - firstSeen > feedWithinMinutes * 60_000)
        findings.push(
          found(
            `homepageNews[${n}]`,
            `Tin trên trang chủ chưa vào luồng sau ${feedWithinMinutes} phút.`,
            `News on the home page is not in the feed after ${feedWithinMinutes} minutes.`,
          ),
        );
    });
    return capped(findings);
  },
});
