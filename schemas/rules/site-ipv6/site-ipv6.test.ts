import { describeRule } from '../rule.conformance.ts';
import { unit } from '../subject.example.ts';
import { siteIpv6 } from './index.ts';

describeRule(siteIpv6, {
  accept: [['both', { site: unit }, { dns: { aaaa: ['2001:db8::1'], answersOnV6: true } }]],
  reject: [
    ['A only', { site: unit }, { dns: { aaaa: [] } }, ['dns']],
    ['a closed door', { site: unit }, { dns: { aaaa: ['2001:db8::1'], answersOnV6: false } }, ['dns']],
  ],
  unknown: [['no IPv6 route of ours', { site: unit }, { dns: { aaaa: ['2001:db8::1'] } }]],
});
