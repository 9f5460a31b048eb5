import { describeRule } from '../rule.conformance.ts';
import { pageOf, unit } from '../subject.example.ts';
import { siteMetadataExport } from './index.ts';

describeRule(siteMetadataExport, {
  accept: [
    [
      'all',
      { site: unit },
      {
        latestPages: [
          pageOf('x', {
            head: ['title', 'creator', 'date', 'description', 'publisher', 'identifier']
              .map(name => `<meta name="DC.${name}" content="A">`)
              .join(''),
          }),
        ],
      },
    ],
  ],
  reject: [
    [
      'og only',
      { site: unit },
      { latestPages: [pageOf('x', { head: '<meta property="og:title" content="x">' })] },
      ['latestPages'],
    ],
  ],
  unknown: [['none', { site: unit }, { latestPages: [] }]],
});
