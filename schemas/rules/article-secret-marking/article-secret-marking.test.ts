import { describeRule } from '../rule.conformance.ts';
import { itemOf } from '../subject.example.ts';
import { articleSecretMarking } from './index.ts';

describeRule(articleSecretMarking, {
  accept: [
    [
      'ordinary words',
      itemOf({ title: 'Tăng cường bảo mật thông tin', content: '<p>TUYỆT MẬT là phim hay</p>' }),
      {},
    ],
    ['honey', itemOf({ content: '<p>MẬT ONG RỪNG</p>' }), {}],
  ],
  reject: [
    ['a line of its own', itemOf({ content: '<p>MẬT</p><p>Kế hoạch</p>' }), {}, ['content']],
    [
      'an attachment',
      itemOf(),
      { attachments: [{ name: 'ke-hoach.pdf', firstPage: 'BỘ A\nTỐI MẬT\nSố 1' }] },
      ['attachments[0]'],
    ],
    ['in brackets', itemOf({ title: '[LƯU HÀNH NỘI BỘ]' }), {}, ['title']],
  ],
});
