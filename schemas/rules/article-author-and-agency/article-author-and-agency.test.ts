import { describeRule } from '../rule.conformance.ts';
import { itemOf, press } from '../subject.example.ts';
import { articleAuthorAndAgency } from './index.ts';

describeRule(articleAuthorAndAgency, {
  accept: [
    ['author and agency', itemOf({}, press), {}],
    ['an agency alone, of a unit', itemOf({ authors: [] }), {}],
  ],
  reject: [
    ['admin', itemOf({ authors: [{ name: 'admin' }] }), {}, ['authors']],
    ['only an e-mail', itemOf({ authors: [{ name: 'a@b.example' }] }), {}, ['authors']],
    ['press without author', itemOf({ authors: [] }, press), {}, ['authors']],
    [
      'nobody at all',
      itemOf({ authors: [], attribution: { text: '', agency: '', authors: [], link: '' } }),
      {},
      ['attribution.agency'],
    ],
  ],
});
