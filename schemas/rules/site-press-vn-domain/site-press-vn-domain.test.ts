import { describeRule } from '../rule.conformance.ts';
import { press } from '../subject.example.ts';
import { sitePressVnDomain } from './index.ts';

describeRule(sitePressVnDomain, {
  accept: [['.vn', { site: press }, {}]],
  reject: [['.net', { site: { ...press, homepage: 'https://bao-a.example/' } }, {}, ['host']]],
  unknown: [['a private network', { site: { ...press, homepage: 'http://10.1.2.3/' } }, {}]],
});
