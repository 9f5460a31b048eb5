import { describeRule } from '../rule.conformance.ts';
import { itemOf, rawEntry } from '../subject.example.ts';
import { articleBlockedLinks } from './index.ts';

describeRule(articleBlockedLinks, {
  accept: [
    ['clean', itemOf({ content: '<a href="https://bo.gov.vn/">b</a>' }), { denyList: ['xau.example'] }],
  ],
  reject: [
    [
      'a denied host, below',
      itemOf({ content: '<a href="https://m.xau.example/x">b</a>' }),
      { denyList: ['xau.example'] },
      ['content.a[0]'],
    ],
    [
      'led there',
      itemOf({ content: '<a href="https://ngan.example/x">b</a>' }),
      {
        denyList: ['xau.example'],
        linkSights: { 'https://ngan.example/x': { status: 200, tries: 1, hosts: ['xau.example'] } },
      },
      ['content.a[0]'],
    ],
    [
      'a bare address',
      itemOf({ content: '<img src="http://203.0.113.9/a.gif">' }),
      { denyList: [] },
      ['content.img[0]'],
    ],
    [
      'a hidden block',
      itemOf(),
      {
        denyList: [],
        entry: rawEntry({
          content: {
            type: 'html',
            value: `<div style="display:none">${'<a href="https://ca-do.example/">x</a>'.repeat(6)}</div>`,
          },
        }),
      },
      ['content'],
    ],
  ],
});
