import { describeRule } from '../rule.conformance.ts';
import { itemOf, pageOf } from '../subject.example.ts';
import { articleDcMandatory } from './index.ts';

describeRule(articleDcMandatory, {
  accept: [
    [
      'all six',
      itemOf(),
      {
        page: pageOf('<p>x</p>', {
          head: ['title', 'creator', 'date', 'description', 'publisher', 'identifier']
            .map(name => `<meta name="DC.${name}" content="A; B">`)
            .join(''),
        }),
      },
    ],
    [
      'dcterms spelling',
      itemOf(),
      {
        page: pageOf('<p>x</p>', {
          head: ['title', 'creator', 'issued', 'description', 'publisher', 'identifier']
            .map(name => `<meta name="dcterms.${name}" content="A">`)
            .join(''),
        }),
      },
    ],
  ],
  reject: [
    [
      'only og:*',
      itemOf(),
      { page: pageOf('<p>x</p>', { head: '<meta property="og:title" content="x">' }) },
      ['title', 'creator', 'date', 'description', 'publisher', 'identifier'].map(name => `page.dc.${name}`),
    ],
    [
      'a blank description and an admin',
      itemOf(),
      {
        page: pageOf('<p>x</p>', {
          head: `${['title', 'date', 'publisher', 'identifier']
            .map(name => `<meta name="DC.${name}" content="A">`)
            .join('')}<meta name="DC.Description" content=""><meta name="DC.creator" content="admin">`,
        }),
      },
      ['page.dc.creator', 'page.dc.description'],
    ],
  ],
  unknown: [
    [
      'a page that only a browser fills',
      itemOf(),
      { page: pageOf('<div id=app></div><script src="/app.js"></script>') },
    ],
  ],
});
