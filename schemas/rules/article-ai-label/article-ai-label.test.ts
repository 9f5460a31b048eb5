import { describeRule } from '../rule.conformance.ts';
import { itemOf } from '../subject.example.ts';
import { articleAiLabel } from './index.ts';

describeRule(articleAiLabel, {
  accept: [
    ['nothing declared', itemOf(), {}],
    [
      'declared and labelled',
      itemOf({
        media: [
          {
            url: 'https://viec-lam.bo.gov.vn/a.jpg',
            caption: 'Ảnh tạo bằng AI',
            rights: 'trainedAlgorithmicMedia',
          },
        ],
      }),
      {},
    ],
  ],
  reject: [
    [
      'declared by the picture',
      itemOf({
        media: [
          {
            url: 'https://viec-lam.bo.gov.vn/a.jpg',
            rights: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
          },
        ],
      }),
      {},
      ['content'],
    ],
    ['declared by a field', itemOf({ own: { type: 'X', fields: { aiGenerated: true } } }), {}, ['content']],
  ],
});
