import { describeRule } from '../rule.conformance.ts';
import { entryOf, feedOf, HOUR, NOW, portal } from '../subject.example.ts';
import { feedFreshness } from './index.ts';

describeRule(feedFreshness, {
  accept: [['three hours old', feedOf([entryOf()], {}, portal), { now: NOW }]],
  reject: [
    [
      'last year',
      feedOf([entryOf({ published: '2025-12-01T00:00:00Z' })], {}, portal),
      { now: NOW },
      ['feed.entries'],
    ],
    [
      'not in the feed',
      feedOf(),
      { now: NOW, homepageNews: [{ link: 'x', firstSeen: NOW - 2 * HOUR, inFeed: false }] },
      ['homepageNews[0]'],
    ],
  ],
  unknown: [['a unit without a cadence on record', feedOf(), { now: NOW }]],
});
