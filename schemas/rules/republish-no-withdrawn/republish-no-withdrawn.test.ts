import { describeRule } from '../rule.conformance.ts';
import { NOW, releaseOf } from '../subject.example.ts';
import { republishNoWithdrawn } from './index.ts';

describeRule(republishNoWithdrawn, {
  accept: [
    [
      'clean',
      releaseOf(),
      { now: NOW, servedIds: [], limits: { pubStatus: 'usable', embargoed: NOW - 1, expires: NOW + 1 } },
    ],
  ],
  reject: [
    [
      'search still has it',
      releaseOf(),
      { now: NOW, servedIds: [{ channel: 'graphql', item: 'urn:uuid:1', why: 'withdrawn' }] },
      ['servedIds[0]'],
    ],
    [
      'canceled, under embargo, expired',
      releaseOf(),
      { now: NOW, servedIds: [], limits: { pubStatus: 'canceled', embargoed: NOW + 1, expires: NOW - 1 } },
      ['limits.pubStatus', 'limits.embargoed', 'limits.expires'],
    ],
  ],
});
