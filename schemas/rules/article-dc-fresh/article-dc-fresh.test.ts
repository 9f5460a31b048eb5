import { describeRule } from '../rule.conformance.ts';
import { itemOf, pageOf } from '../subject.example.ts';
import { articleDcFresh } from './index.ts';

describeRule(articleDcFresh, {
  accept: [
    ['nothing changed', itemOf(), { page: pageOf('<h1>A</h1>'), previousPage: pageOf('<h1>A</h1>') }],
    [
      'both changed together',
      itemOf(),
      {
        previousPage: pageOf('<h1>A</h1>'),
        page: pageOf('<h1>B</h1>', {
          head: '<meta name="DC.title" content="B"><meta property="article:modified_time" content="2026-11-22T08:00:00+07:00">',
        }),
      },
    ],
  ],
  reject: [
    [
      'the old headline',
      itemOf(),
      {
        previousPage: pageOf('<h1>A</h1>'),
        page: pageOf('<h1>B</h1>', {
          head: '<meta name="DC.title" content="A"><meta property="article:modified_time" content="2026-11-22T08:00:00+07:00">',
        }),
      },
      ['page.dc.title'],
    ],
    [
      'no time of change',
      itemOf(),
      { previousPage: pageOf('<h1>A</h1>'), page: pageOf('<h1>B</h1>') },
      ['page.dateModified'],
    ],
  ],
});
