import { describeRule } from '../rule.conformance.ts';
import { feedOf, unit } from '../subject.example.ts';
import { feedWellFormed } from './index.ts';

describeRule(feedWellFormed, {
  accept: [
    ['a feed', feedOf(), {}],
    ['an empty one', feedOf([]), {}],
  ],
  reject: [
    [
      'an HTML page',
      { site: unit, url: 'https://viec-lam.bo.gov.vn/rss', failure: 'HTML_PAGE' },
      {},
      ['document → refuse'],
    ],
    ['repaired', feedOf([], { repaired: ['&'], broken: 1 }), {}, ['feed', 'feed.entries']],
  ],
});
