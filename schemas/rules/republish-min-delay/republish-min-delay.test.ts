import { describeRule } from '../rule.conformance.ts';
import { AGREED, DAY, HOUR, MINUTE, NOW, releaseOf } from '../subject.example.ts';
import { republishMinDelay } from './index.ts';

describeRule(republishMinDelay, {
  accept: [
    [
      '08:30 → 09:31',
      releaseOf(),
      {
        sourceTime: { declared: NOW - 61 * MINUTE, declaredBefore: [], firstSeen: NOW - 60 * MINUTE },
        publication: { releasedAt: NOW, mode: 'headline-link', media: 0 },
      },
    ],
    [
      'exactly sixty',
      releaseOf(),
      {
        sourceTime: { declared: NOW - HOUR, declaredBefore: [], firstSeen: NOW - 30 * MINUTE },
        publication: { releasedAt: NOW, mode: 'headline-link', media: 0 },
      },
    ],
  ],
  reject: [
    [
      '08:30 → 08:50',
      releaseOf(),
      {
        sourceTime: { declared: NOW - 20 * MINUTE, declaredBefore: [], firstSeen: NOW - 10 * MINUTE },
        publication: { releasedAt: NOW, mode: 'headline-link', media: 0 },
      },
      ['publication.releasedAt'],
    ],
    [
      'times 7 hours early: first sight counts',
      releaseOf(),
      {
        sourceTime: {
          declared: NOW - 7 * HOUR,
          declaredBefore: [],
          firstSeen: NOW - 5 * MINUTE,
          lastAbsent: NOW - 20 * MINUTE,
        },
        publication: { releasedAt: NOW, mode: 'headline-link', media: 0 },
      },
      ['publication.releasedAt'],
    ],
    [
      'a re-dated item: the latest counts',
      releaseOf(),
      {
        sourceTime: {
          declared: NOW - 10 * MINUTE,
          declaredBefore: [NOW - 5 * HOUR],
          firstSeen: NOW - 5 * HOUR,
        },
        publication: { releasedAt: NOW, mode: 'headline-link', media: 0 },
      },
      ['publication.releasedAt'],
    ],
    [
      'a longer agreement',
      releaseOf(),
      {
        sourceTime: { declared: NOW - 90 * MINUTE, declaredBefore: [], firstSeen: NOW - 80 * MINUTE },
        publication: { releasedAt: NOW, mode: 'full-text', media: 0 },
        agreement: { ...AGREED, delayMinutes: 120 },
      },
      ['publication.releasedAt'],
    ],
    [
      'a date only',
      releaseOf(),
      {
        sourceTime: { declared: NOW - DAY, dateOnly: true, declaredBefore: [], firstSeen: NOW - 30 * MINUTE },
        publication: { releasedAt: NOW, mode: 'headline-link', media: 0 },
      },
      ['publication.releasedAt'],
    ],
  ],
});
