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
      'a document type declaration',
      feedOf(),
      {
        document: {
          status: 200,
          charset: { used: 'utf-8' },
          text: '<?xml version="1.0"?>\n<!DOCTYPE rss [<!ENTITY a "b">]><rss/>',
        },
      },
      ['document.doctype'],
    ],
    [
      'an HTML page',
      { site: unit, url: 'https://viec-lam.bo.gov.vn/rss', failure: 'HTML_PAGE' },
      {},
      ['document → refuse'],
    ],
    ['repaired', feedOf([], { repaired: ['&'], broken: 1 }), {}, ['feed', 'feed.entries']],
  ],
});
