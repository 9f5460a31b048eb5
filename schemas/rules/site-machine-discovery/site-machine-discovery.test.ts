import { describeRule } from '../rule.conformance.ts';
import { unit } from '../subject.example.ts';
import { siteMachineDiscovery } from './index.ts';

describeRule(siteMachineDiscovery, {
  accept: [['a feed', { site: unit }, { endpoints: [{ kind: 'feed', url: 'x', works: true }] }]],
  reject: [
    [
      'a sitemap without lastmod',
      { site: unit },
      { endpoints: [{ kind: 'sitemap', url: 'x', works: true, lastmod: false }] },
      ['endpoints'],
    ],
  ],
});
