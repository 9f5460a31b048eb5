import { describeRule } from '../rule.conformance.ts';
import { portal, unit } from '../subject.example.ts';
import { siteDomainPattern } from './index.ts';

describeRule(siteDomainPattern, {
  accept: [
    ['a unit', { site: unit }, { portalHost: 'bo.gov.vn' }],
    ['the portal', { site: portal }, { portalHost: 'bo.gov.vn' }],
  ],
  reject: [
    [
      'a domain of its own',
      { site: { ...unit, homepage: 'https://cuc.gov.vn/' } },
      { portalHost: 'bo.gov.vn' },
      ['host'],
    ],
  ],
  unknown: [
    [
      'a private network',
      { site: { ...unit, homepage: 'http://127.0.0.1:4001/' } },
      { portalHost: '127.0.0.1:4000' },
    ],
  ],
});
