import { describeRule } from '../rule.conformance.ts';
import { DAY, entryOf, feedOf, NOW, unit } from '../subject.example.ts';
import { feedDateValid } from './index.ts';

describeRule(feedDateValid, {
  accept: [
    ['both forms', feedOf([entryOf(), entryOf({ published: '2026-11-21T08:30:00+07:00' })]), { now: NOW }],
  ],
  reject: [
    [
      'the epoch',
      feedOf([entryOf({ published: 'Thu, 01 Jan 1970 00:00:00 GMT' })]),
      { now: NOW },
      ['entries[0].published'],
    ],
    [
      'a local form, the future',
      feedOf([entryOf({ published: '21/11/2026 08:30' }), entryOf({ published: '2027-01-01T00:00:00Z' })]),
      { now: NOW },
      ['entries[0].published', 'entries[1].published'],
    ],
    [
      'before the launch',
      feedOf([entryOf({ published: '1970-01-01T00:00:00Z' })]),
      { now: NOW, registry: { launched: NOW - DAY } },
      ['entries[0].published'],
    ],
  ],
  unknown: [['an unreadable feed', { site: unit, url: 'x' }, { now: NOW }]],
});
