import { describeRule } from '../rule.conformance.ts';
import { pageOf, unit } from '../subject.example.ts';
import { siteResponsibleInfo } from './index.ts';

describeRule(siteResponsibleInfo, {
  accept: [
    [
      'a full footer',
      { site: unit },
      {
        homepage: pageOf(
          '<footer>Cục Việc làm. Địa chỉ: 35 Phố A. ĐT: (024) 3936 4407. Email: cuc@bo.gov.vn. Chịu trách nhiệm chính: Ông Nguyễn Văn A</footer>',
        ),
        registry: { ownerName: 'Cục Việc Làm' },
      },
    ],
  ],
  reject: [
    [
      'no person',
      { site: unit },
      { homepage: pageOf('<footer>Địa chỉ: 35 Phố A. ĐT: 024 3936 4407. Email: cuc@bo.gov.vn</footer>') },
      ['homepage.responsible'],
    ],
    [
      'another owner and nothing else',
      { site: unit },
      { homepage: pageOf('Bộ cũ'), registry: { ownerName: 'Cục Việc làm' } },
      ['homepage.owner', 'homepage.address', 'homepage.email', 'homepage.phone', 'homepage.responsible'],
    ],
  ],
});
