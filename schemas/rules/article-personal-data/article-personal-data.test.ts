import { describeRule } from '../rule.conformance.ts';
import { itemOf } from '../subject.example.ts';
import { articlePersonalData } from './index.ts';

describeRule(articlePersonalData, {
  accept: [
    ['a hotline', itemOf({ contentText: 'Hotline 1900 6868, điện thoại (024) 3936 4407' }), {}],
    ['a long number that is no id', itemOf({ contentText: 'Mã hồ sơ 001085012345 đã được duyệt.' }), {}],
    ['a document number', itemOf({ contentText: 'Hộ chiếu công vụ theo Nghị định 136/2007.' }), {}],
  ],
  reject: [
    ['an id number', itemOf({ contentText: 'Nguyễn Văn A, CCCD 001085012345' }), {}, ['content → hold']],
    ['a mobile', itemOf({ contentText: 'Liên hệ ông B: 0912.345.678' }), {}, ['content']],
    ['a passport', itemOf({ summary: 'Hộ chiếu số C1234567' }), {}, ['summary → hold']],
    [
      'a bank account beside a name',
      itemOf({ contentText: 'STK: 0071000123456 Nguyễn Thị Hoa' }),
      {},
      ['content → hold'],
    ],
    [
      'an id card as a picture',
      itemOf({ media: [{ url: 'https://viec-lam.bo.gov.vn/cccd-mat-truoc.jpg' }] }),
      {},
      ['media[0] → hold'],
    ],
  ],
});
