import { describeRule } from '../rule.conformance.ts';
import { DAY, HOUR, MINUTE, NOW, releaseOf } from '../subject.example.ts';
import { republishTakedown } from './index.ts';

describeRule(republishTakedown, {
  accept: [
    [
      'last seen 10:00, purged 11:05',
      releaseOf(),
      {
        now: NOW,
        removal: {
          verdict: 'removed',
          lastSeen: NOW - 70 * MINUTE,
          fullText: true,
          removedAt: { html: NOW - 5 * MINUTE, rss: NOW - 5 * MINUTE },
        },
      },
    ],
    [
      'an hour of 503',
      releaseOf(),
      { now: NOW, removal: { verdict: 'doubt', lastSeen: NOW - HOUR, fullText: true, removedAt: {} } },
    ],
    [
      'doubt about a headline',
      releaseOf(),
      { now: NOW, removal: { verdict: 'doubt', lastSeen: NOW - DAY, fullText: false, removedAt: {} } },
    ],
  ],
  reject: [
    [
      'still in one channel',
      releaseOf(),
      {
        now: NOW,
        removal: {
          verdict: 'removed',
          lastSeen: NOW - 70 * MINUTE,
          fullText: true,
          removedAt: { html: NOW, rss: null },
        },
      },
      ['removal.rss'],
    ],
    [
      'too late',
      releaseOf(),
      {
        now: NOW,
        removal: {
          verdict: 'removed',
          lastSeen: NOW - 5 * HOUR,
          fullText: true,
          removedAt: { html: NOW - 30 * MINUTE },
        },
      },
      ['removal.html'],
    ],
    [
      'doubt, not hidden',
      releaseOf(),
      {
        now: NOW,
        removal: { verdict: 'doubt', lastSeen: NOW - 121 * MINUTE, fullText: true, removedAt: {} },
      },
      ['removal.hiddenAt'],
    ],
  ],
});
