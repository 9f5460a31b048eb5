import { describeRule } from '../rule.conformance.ts';
import { DAY, HOUR, itemOf, NOW, pageOf, rawEntry } from '../subject.example.ts';
import { articlePublishTime } from './index.ts';

describeRule(articlePublishTime, {
  accept: [
    [
      'the same on both',
      itemOf(),
      {
        now: NOW,
        entry: rawEntry(),
        page: pageOf('x', {
          head: '<meta property="article:published_time" content="2026-11-22T06:02:00+07:00">',
        }),
      },
    ],
    ['a page that says nothing', itemOf(), { now: NOW, page: pageOf('x') }],
  ],
  reject: [
    ['a date only', itemOf(), { now: NOW, entry: rawEntry({ published: '2026-11-22' }) }, ['published']],
    ['no zone', itemOf(), { now: NOW, entry: rawEntry({ published: '22/11/2026 06:00' }) }, ['published']],
    ['the future', itemOf({ published: NOW + HOUR }), { now: NOW }, ['published']],
    ['changed before it was', itemOf({ updated: NOW - DAY }), { now: NOW }, ['updated']],
    [
      'another time on the page',
      itemOf(),
      {
        now: NOW,
        page: pageOf('x', {
          head: '<meta property="article:published_time" content="2026-11-22T07:00:00+07:00">',
        }),
      },
      ['page.datePublished'],
    ],
    ['none', itemOf({ published: undefined } as never), { now: NOW }, ['published']],
  ],
});
