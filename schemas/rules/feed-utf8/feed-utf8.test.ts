import { describeRule } from '../rule.conformance.ts';
import { feedOf } from '../subject.example.ts';
import { feedUtf8 } from './index.ts';

describeRule(feedUtf8, {
  accept: [
    [
      'UTF-8',
      feedOf(),
      {
        document: {
          status: 200,
          charset: { http: 'utf-8', declared: 'UTF-8', used: 'utf-8' },
          text: 'XÃ HỘI Bộ Nội vụ',
        },
      },
    ],
  ],
  reject: [
    [
      'a header that says otherwise',
      feedOf(),
      { document: { status: 200, charset: { http: 'iso-8859-1', used: 'utf-8' }, text: 'a' } },
      ['document.charset.http'],
    ],
    [
      'encoded twice',
      feedOf(),
      { document: { status: 200, charset: { used: 'utf-8' }, text: 'Bá»™ Ná»™i vá»¥' } },
      ['document'],
    ],
  ],
});
