import { describeRule } from '../rule.conformance.ts';
import { pageOf, unit } from '../subject.example.ts';
import { siteListedOnPortal } from './index.ts';

describeRule(siteListedOnPortal, {
  accept: [
    ['listed', { site: unit }, { portalPages: [pageOf('<a href="https://viec-lam.bo.gov.vn">x</a>')] }],
  ],
  reject: [['not', { site: unit }, { portalPages: [pageOf('x')] }, ['portalPages']]],
  unknown: [
    ['a portal that only browsers see', { site: unit }, { portalPages: [pageOf('<script>1</script>')] }],
  ],
});
