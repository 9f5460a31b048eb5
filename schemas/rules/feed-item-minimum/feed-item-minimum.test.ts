import { describeRule } from '../rule.conformance.ts';
import { entryOf, feedOf, unit } from '../subject.example.ts';
import { feedItemMinimum } from './index.ts';

describeRule(feedItemMinimum, {
  accept: [['all four', feedOf(), {}]],
  reject: [
    [
      'a tag, no date',
      feedOf([entryOf({ title: { type: 'html', value: '<b>Tin</b>' }, published: '' })]),
      {},
      ['entries[0].title', 'entries[0].published'],
    ],
    [
      'neither title nor link',
      feedOf([{ authors: [], categories: [], media: [] }]),
      {},
      ['entries[0].title → refuse', 'entries[0].link → refuse', 'entries[0].published', 'entries[0].summary'],
    ],
  ],
  unknown: [['an unreadable feed', { site: unit, url: 'x' }, {}]],
});
