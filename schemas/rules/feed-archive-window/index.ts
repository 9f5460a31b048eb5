import { readDate } from '../../dates.ts';
import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** The window covers twice the longest gap between polls, or pages lead on. */
export const feedArchiveWindow = defineRule({
  id: 'feed-archive-window',
  number: 28,
  scope: 'feed',
  title: { vi: 'Luồng đủ dài để không mất tin', en: 'The window loses nothing' },
  severity: 'should',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'RFC 5005', basis: 'I', confidence: 'M' },
    { cite: 'W3C feed validator: ArchiveIncomplete', basis: 'I', confidence: 'V' },
  ],
  remedy: {
    vi: 'Tăng số tin trong luồng hoặc cung cấp liên kết phân trang để không mất tin.',
    en: 'Enlarge the window or offer paging so no item is lost.',
  },
  example: '<atom:link rel="prev-archive" href="https://don-vi.bo.gov.vn/rss/2026-10.rss"/>',

  parameters: {},
  needs: ['longestPollGap'],
  uses: [],
  check({ feed }, { longestPollGap }) {
    if (feed === undefined) return 'unknown';
    if (feed.complete || feed.next !== undefined || feed.prevArchive !== undefined) return [];
    const times = feed.entries
      .map(({ published }) => (published === undefined ? undefined : readDate(published)?.at))
      .filter(at => at !== undefined);
    if (times.length < 5 || times.length < feed.entries.length / 2) return 'unknown';
    const covers = times.reduce((a, b) => Math.max(a, b)) - times.reduce((a, b) => Math.min(a, b));
    return covers >= 2 * longestPollGap
      ? []
      : [
          found(
            'feed.entries',
            `Luồng chỉ chứa tin của ${Math.round(covers / 60_000)} phút, ngắn hơn hai lần khoảng hỏi dài nhất.`,
            `The window covers ${Math.round(covers / 60_000)} minutes only, less than twice the longest poll gap.`,
          ),
        ];
  },
});
