import { describeRule } from '../rule.conformance.ts';
import { pageOf, press } from '../subject.example.ts';
import { sitePressIdentity } from './index.ts';

describeRule(sitePressIdentity, {
  accept: [
    [
      'an imprint',
      { site: press },
      {
        homepage: pageOf(
          '<footer>Cơ quan chủ quản: Bộ A. Giấy phép số 12/GP-BTTTT ngày 14/7/2026. Tổng biên tập: B</footer>',
        ),
        registry: { governingBody: 'Bộ A' },
      },
    ],
  ],
  reject: [
    [
      'the old ministry, no date',
      { site: press },
      {
        homepage: pageOf('<footer>Cơ quan của Bộ Cũ. Giấy phép số 12/GP-BTTTT. Tổng biên tập: B</footer>'),
        registry: { governingBody: 'Bộ A' },
      },
      ['homepage.licence', 'homepage.governing'],
    ],
  ],
});
