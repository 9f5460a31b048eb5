import { describeRule } from '../rule.conformance.ts';
import { entryOf, feedOf, unit } from '../subject.example.ts';
import { feedItemIdStable } from './index.ts';

describeRule(feedItemIdStable, {
  accept: [['one each', feedOf([entryOf(), entryOf({ sourceId: 'b' })]), {}]],
  reject: [
    ['a guid that claims to be a link', feedOf([{ ...entryOf(), idIsNoLink: true }]), {}, ['entries[0].id']],
    [
      'none and a double',
      feedOf([entryOf(), entryOf(), entryOf({ sourceId: '' })]),
      {},
      ['entries[1].id', 'entries[2].id'],
    ],
    [
      'another one each time',
      feedOf([entryOf({ link: 'https://a.example/1', sourceId: 'b' })]),
      { earlierIds: [{ 'https://a.example/1': 'a' }] },
      ['entries[0].id'],
    ],
  ],
  unknown: [['an unreadable feed', { site: unit, url: 'x' }, {}]],
});
