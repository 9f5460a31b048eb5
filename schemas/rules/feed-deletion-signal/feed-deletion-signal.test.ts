import { describeRule } from '../rule.conformance.ts';
import { feedOf } from '../subject.example.ts';
import { feedDeletionSignal } from './index.ts';

describeRule(feedDeletionSignal, {
  accept: [
    [
      '410 and 404',
      feedOf(),
      {
        goneItems: [
          { link: 'x', status: 410 },
          { link: 'y', status: 404 },
          { link: 'z', status: 200, softText: true, signalled: true },
        ],
      },
    ],
  ],
  reject: [
    [
      'led home',
      feedOf(),
      { goneItems: [{ link: 'x', status: 302, redirectedHome: true }] },
      ['goneItems[0]'],
    ],
  ],
});
