import { describeRule } from '../rule.conformance.ts';
import { DAY, NOW, unit } from '../subject.example.ts';
import { siteHttps } from './index.ts';

describeRule(siteHttps, {
  accept: [
    [
      'all well',
      { site: unit },
      {
        now: NOW,
        tls: {
          valid: true,
          protocol: 'TLSv1.3',
          validTo: NOW + 90 * DAY,
          httpLeadsTo: 'https://viec-lam.bo.gov.vn/',
        },
      },
    ],
  ],
  reject: [
    ['expired', { site: unit }, { now: NOW, tls: { valid: false, fault: 'expired' } }, ['tls']],
    [
      'old, ending, plain',
      { site: unit },
      {
        now: NOW,
        tls: {
          valid: true,
          protocol: 'TLSv1.1',
          validTo: NOW + DAY,
          httpLeadsTo: 'http://viec-lam.bo.gov.vn/',
        },
      },
      ['tls.protocol', 'tls.validTo', 'tls.http'],
    ],
  ],
});
