import { describeRule } from '../rule.conformance.ts';
import { DAY, gateway, KEPT, NOW } from '../subject.example.ts';
import { republishRetention } from './index.ts';

describeRule(republishRetention, {
  accept: [
    ['two years', gateway, { now: NOW, retention: KEPT }],
    [
      'since the start',
      gateway,
      {
        now: NOW,
        retention: { ...KEPT, contentDays: 20, processingLogDays: 20, systemLogDays: 20, runningDays: 20 },
      },
    ],
  ],
  reject: [
    [
      'logs rotated at 30 days',
      gateway,
      { now: NOW, retention: { ...KEPT, processingLogDays: 30, systemLogDays: 30 } },
      ['retention.processingLogDays', 'retention.systemLogDays'],
    ],
    [
      'a broken chain, no test',
      gateway,
      { now: NOW, retention: { ...KEPT, chainVerified: false, lastRestoreTest: NOW - 181 * DAY } },
      ['retention.chainVerified', 'retention.lastRestoreTest'],
    ],
  ],
});
