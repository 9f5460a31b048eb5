import { describeRule } from '../rule.conformance.ts';
import { itemOf, rawEntry } from '../subject.example.ts';
import { articleVnUnicode } from './index.ts';

describeRule(articleVnUnicode, {
  accept: [
    ['Unicode', itemOf({ title: 'Bộ Lao động - Thương binh và Xã hội' }), {}],
    ['a trade mark and soft hyphens', itemOf({ contentText: 'Microsoft® ra mắt Win\u00addows mới' }), {}],
    ['decomposed letters', itemOf({ title: 'Bộ Nội vụ'.normalize('NFD') }), {}],
  ],
  reject: [
    ['TCVN3 in a title', itemOf({ title: 'Bé Lao ®éng - Th\u00ad¬ng binh vµ X· héi' }), {}, ['title → hold']],
    [
      'TCVN3 in the body',
      itemOf({ contentText: 'Bé Lao ®éng - Th\u00ad¬ng binh vµ X· héi' }),
      {},
      ['content'],
    ],
    ['private use', itemOf({ summary: 'Bộ \ue001 vụ' }), {}, ['summary']],
    [
      'a control character at the source',
      itemOf(),
      { entry: rawEntry({ title: { type: 'text', value: 'A\u0001' } }) },
      ['title'],
    ],
  ],
});
