import { describeRule } from '../rule.conformance.ts';
import { itemOf, pageOf } from '../subject.example.ts';
import { articleDcRecommended } from './index.ts';

describeRule(articleDcRecommended, {
  accept: [
    [
      'language and subject',
      itemOf(),
      {
        page: pageOf('x', {
          head: '<meta name="DC.language" content="vi"><meta name="DC.subject" content="Việc làm">',
        }),
      },
    ],
  ],
  reject: [
    ['nothing', itemOf(), { page: pageOf('x') }, ['page.dc.language', 'page.dc.subject']],
    [
      'a word for a tag',
      itemOf(),
      {
        page: pageOf('x', {
          head: '<meta name="DC.language" content="Tiếng Việt"><meta name="DC.subject" content="a">',
        }),
      },
      ['page.dc.language'],
    ],
    [
      'a re-used item without source',
      itemOf({ origin: { title: 'Báo A' } }),
      {
        page: pageOf('x', {
          head: '<meta name="DC.language" content="vi"><meta name="DC.subject" content="a">',
        }),
      },
      ['page.dc.source'],
    ],
  ],
});
