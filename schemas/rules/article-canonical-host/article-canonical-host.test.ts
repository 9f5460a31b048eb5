import { describeRule } from '../rule.conformance.ts';
import { itemOf, pageOf } from '../subject.example.ts';
import { articleCanonicalHost } from './index.ts';

describeRule(articleCanonicalHost, {
  accept: [
    ['none', itemOf(), { page: pageOf('x') }],
    [
      'the same page, tracked',
      itemOf({ link: 'https://viec-lam.bo.gov.vn/tin/57695?utm_source=rss' }),
      {
        page: pageOf('x', {
          head: '<link rel="canonical" href="https://www.viec-lam.bo.gov.vn/tin/57695/">',
        }),
      },
    ],
  ],
  reject: [
    [
      'a staging host',
      itemOf(),
      { page: pageOf('x', { head: '<link rel="canonical" href="https://staging.bo.gov.vn/tin/57695">' }) },
      ['page.canonical'],
    ],
    [
      'another page',
      itemOf(),
      { page: pageOf('x', { head: '<link rel="canonical" href="/">' }) },
      ['page.canonical'],
    ],
  ],
});
