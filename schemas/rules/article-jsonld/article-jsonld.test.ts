import { describeRule } from '../rule.conformance.ts';
import { itemOf, pageOf } from '../subject.example.ts';
import { articleJsonld } from './index.ts';

describeRule(articleJsonld, {
  accept: [
    [
      'a full block',
      itemOf(),
      {
        page: pageOf('x', {
          head: `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: 'Bộ trưởng dự hội nghị việc làm năm 2026', datePublished: '2026-11-22T06:00:00+07:00', dateModified: '2026-11-22T06:00:00+07:00', author: { name: 'A' }, image: 'x' })}</script>`,
        }),
      },
    ],
  ],
  reject: [
    [
      'a syntax error',
      itemOf(),
      { page: pageOf('x', { head: '<script type="application/ld+json">{"a":</script>' }) },
      ['page.jsonLd'],
    ],
    ['none', itemOf(), { page: pageOf('x') }, ['page.jsonLd']],
    [
      'without date, another headline',
      itemOf(),
      {
        page: pageOf('x', {
          head: `<script type="application/ld+json">{"@graph":[{"@type":["NewsArticle"],"headline":"Khác","dateModified":"x","author":"A","image":"x"}]}</script>`,
        }),
      },
      ['page.jsonLd.datePublished', 'page.jsonLd.headline'],
    ],
  ],
});
