import { describeRule } from '../rule.conformance.ts';
import { itemOf } from '../subject.example.ts';
import { articleBrokenLinks } from './index.ts';

describeRule(articleBrokenLinks, {
  accept: [
    [
      'a live link',
      itemOf({ content: '<a href="/a">a</a>' }),
      { linkSights: { 'https://viec-lam.bo.gov.vn/a': { status: 200, tries: 1, hosts: [] } } },
    ],
    [
      'dead once',
      itemOf({ content: '<a href="/a">a</a>' }),
      { linkSights: { 'https://viec-lam.bo.gov.vn/a': { status: 404, tries: 1, hosts: [] } } },
    ],
  ],
  reject: [
    [
      'dead twice',
      itemOf({ content: '<p><a href="/ok">o</a> <a href="https://cu.example/x">x</a></p>' }),
      { linkSights: { 'https://cu.example/x': { status: 0, tries: 2, hosts: [] } } },
      ['content.a[1]'],
    ],
  ],
});
