import { describeRule } from '../rule.conformance.ts';
import { HOUR, NOW, ORDER, releaseOf } from '../subject.example.ts';
import { republishAuthorityTakedown } from './index.ts';

describeRule(republishAuthorityTakedown, {
  accept: [
    [
      'urgent, closed in 2 h',
      releaseOf(),
      { now: NOW, order: { ...ORDER, removedAt: { html: NOW - HOUR } } },
    ],
    [
      'still within its hours',
      releaseOf(),
      { now: NOW, order: { ...ORDER, removedAt: { html: null }, receipts: 0 } },
    ],
  ],
  reject: [
    ['came back', releaseOf(), { now: NOW, order: { ...ORDER, cameBack: true } }, ['order.cameBack']],
    [
      'late',
      releaseOf(),
      { now: NOW, order: { ...ORDER, receivedAt: NOW - 8 * HOUR, removedAt: { rss: NOW - HOUR } } },
      ['order.removedAt.rss'],
    ],
    [
      'nobody signed',
      releaseOf(),
      { now: NOW, order: { ...ORDER, sender: '', receipts: 0 } },
      ['order.sender', 'order.receipts'],
    ],
  ],
});
