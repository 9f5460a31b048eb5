import { describeRule } from '../rule.conformance.ts';
import { feedOf, unit } from '../subject.example.ts';
import { feedWellFormed } from './index.ts';

describeRule(feedWellFormed, {
  accept: [
    [
      'a feed too long for the common reader',
      feedOf(),
      { strictReader: { entries: 0, refusedAt: 'Tài liệu dài hơn 1 MiB.' } },
    ],
    ['a feed', feedOf(), {}],
    ['an empty one', feedOf([]), {}],
  ],
  reject: [
    [
      'a feed that a common reader refuses',
      feedOf(),
      { strictReader: { entries: 0, refusedAt: 'dòng 3, cột 17: Unquoted attribute value' } },
      ['feed'],
    ],
    ['a feed of which a common reader sees a part', feedOf(), { strictReader: { entries: 0 } }, ['feed']],
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
