import { describeRule } from '../rule.conformance.ts';
import { unit } from '../subject.example.ts';
import { sitePerformance } from './index.ts';

describeRule(sitePerformance, {
  accept: [['quick', { site: unit }, { performance: { fcp: 1.9, lcp: 3.2, si: 4.4, tbt: 0.2 } }]],
  reject: [
    ['slow', { site: unit }, { performance: { fcp: 1.9, lcp: 7.8, si: 4.4, tbt: 0.2 } }, ['performance.lcp']],
  ],
});
