import { describeRule } from '../rule.conformance.ts';
import { mediumOf, NOW, press } from '../subject.example.ts';
import { mediaCreditRights } from './index.ts';

describeRule(mediaCreditRights, {
  accept: [
    ['a unit’s own picture', mediumOf({}), {}],
    [
      'covered by the agreement',
      mediumOf({ credit: 'Sơn Nguyễn' }, press),
      {
        agreement: {
          id: 'TT-07',
          parties: [],
          mode: 'full-text',
          media: true,
          from: 0,
          until: NOW,
          document: 'sha256:0',
        },
      },
    ],
  ],
  reject: [
    ['Internet, of a unit', mediumOf({ caption: 'Ảnh: Internet' }), {}, ['media[0].credit → score']],
    ['a stock agency', mediumOf({ credit: 'AFP' }), {}, ['media[0].rights']],
    ['press without agreement', mediumOf({ credit: 'A' }, press), { agreement: null }, ['media[0].rights']],
  ],
  unknown: [['press, nobody looked for an agreement', mediumOf({}, press), {}]],
});
