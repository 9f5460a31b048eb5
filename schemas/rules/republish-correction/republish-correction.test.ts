import { describeRule } from '../rule.conformance.ts';
import { HOUR, MINUTE, NOW, releaseOf } from '../subject.example.ts';
import { republishCorrection } from './index.ts';

describeRule(republishCorrection, {
  accept: [
    [
      'with the same reach',
      releaseOf(),
      {
        now: NOW,
        correction: {
          detectedAt: NOW - HOUR,
          replaces: 'urn:uuid:1',
          falseWithdrawnAt: NOW - 50 * MINUTE,
          releasedAt: NOW - 50 * MINUTE,
          reachBefore: ['rss'],
          reachNow: ['rss', 'html'],
        },
      },
    ],
  ],
  reject: [
    [
      'silently edited',
      releaseOf(),
      { now: NOW, correction: { detectedAt: NOW - 4 * HOUR, reachBefore: [], reachNow: [] } },
      ['correction.replaces', 'correction.falseWithdrawnAt', 'correction.releasedAt'],
    ],
    [
      'less reach',
      releaseOf(),
      {
        now: NOW,
        correction: {
          detectedAt: NOW - HOUR,
          replaces: 'urn:uuid:1',
          falseWithdrawnAt: NOW,
          releasedAt: NOW,
          reachBefore: ['rss', 'html'],
          reachNow: ['html'],
        },
      },
      ['correction.reachNow'],
    ],
  ],
});
