import { describeRule } from '../rule.conformance.ts';
import { pageOf, unit } from '../subject.example.ts';
import { siteListedOnPortal } from './index.ts';

describeRule(siteListedOnPortal, {
  accept: [
    ['listed', { site: unit }, { portalPages: [pageOf('<a href="https://viec-lam.bo.gov.vn">x</a>')] }],
  ],
  reject: [
    [
      'another port of a private network',
      { site: { ...unit, homepage: 'http://127.0.0.1:4001/' } },
      { portalPages: [pageOf('<a href="http://127.0.0.1:4002/">x</a>')] },
      ['portalPages'],
    ],
    ['not', { site: unit }, { portalPages: [pageOf('x')] }, ['portalPages']],
  ],
  unknown: [
    ['a portal that only browsers see', { site: unit }, { portalPages: [pageOf('<script>1</script>')] }],
  ],
});
