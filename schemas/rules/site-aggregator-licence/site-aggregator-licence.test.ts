import { describeRule } from '../rule.conformance.ts';
import { NOW, pageOf, unit } from '../subject.example.ts';
import { siteAggregatorLicence } from './index.ts';

describeRule(siteAggregatorLicence, {
  accept: [
    ['none re-posted', { site: unit }, { pressReposts: { fullText: 0 } }],
    [
      'licensed',
      { site: unit },
      {
        pressReposts: { fullText: 2 },
        registry: { aggregatorLicence: { no: '123/GP', date: NOW, issuer: 'Cục A' } },
        homepage: pageOf('Giấy phép số 123/GP'),
      },
    ],
  ],
  reject: [
    [
      'no licence on record',
      { site: unit },
      { pressReposts: { fullText: 2 }, registry: {} },
      ['registry.aggregatorLicence'],
    ],
  ],
  unknown: [['without a record', { site: unit }, { pressReposts: { fullText: 2 } }]],
});
