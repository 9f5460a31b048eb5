import { describeRule } from '../rule.conformance.ts';
import { entryOf, feedOf, HOUR } from '../subject.example.ts';
import { feedArchiveWindow } from './index.ts';

describeRule(feedArchiveWindow, {
  accept: [
    [
      'three days',
      feedOf([1, 2, 3, 4, 5].map(day => entryOf({ published: `2026-11-1${day}T08:00:00+07:00` }))),
      { longestPollGap: HOUR },
    ],
    ['pages lead on', feedOf([], { next: 'https://a.example/2' }), { longestPollGap: HOUR }],
  ],
  reject: [
    [
      'forty minutes',
      feedOf([1, 2, 3, 4, 5].map(ten => entryOf({ published: `2026-11-11T08:${ten}0:00+07:00` }))),
      { longestPollGap: HOUR },
      ['feed.entries'],
    ],
  ],
  unknown: [['too few dates', feedOf([]), { longestPollGap: HOUR }]],
});
