import { describeRule } from '../rule.conformance.ts';
import { gateway, HOUR, MINUTE, NOW } from '../subject.example.ts';
import { republishDownstream } from './index.ts';

describeRule(republishDownstream, {
  accept: [
    [
      '4 of 4',
      gateway,
      {
        now: NOW,
        downstream: {
          at: NOW - HOUR,
          entryInFeedsAt: NOW - 59 * MINUTE,
          entryKeptDays: 180,
          itemStatus: 410,
          cachesPurgedAt: NOW - 59 * MINUTE,
          subscribers: [{ id: 'a', acknowledgedAt: NOW - 58 * MINUTE }],
        },
      },
    ],
  ],
  reject: [
    [
      'vanished without a trace',
      gateway,
      {
        now: NOW,
        downstream: { at: NOW - 3 * HOUR, entryKeptDays: 0, itemStatus: 404, subscribers: [{ id: 'a' }] },
      },
      [
        'downstream.entryInFeedsAt',
        'downstream.entryKeptDays',
        'downstream.itemStatus',
        'downstream.cachesPurgedAt',
        'downstream.subscribers',
      ],
    ],
  ],
});
