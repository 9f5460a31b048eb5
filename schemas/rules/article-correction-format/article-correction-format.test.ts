import { describeRule } from '../rule.conformance.ts';
import { itemOf, press } from '../subject.example.ts';
import { articleCorrectionFormat } from './index.ts';

describeRule(articleCorrectionFormat, {
  accept: [
    ['no correction', itemOf({}, press), {}],
    [
      'all parts',
      itemOf(
        {
          title: 'Thông tin cải chính, xin lỗi',
          contentText:
            'Bài “Lương tối thiểu vùng tăng” trên chuyên mục Việc làm ngày 20/11/2026. Nội dung sai: 5%. Nội dung đúng: 6%.',
        },
        press,
      ),
      {},
    ],
  ],
  reject: [
    [
      'nothing but a word',
      itemOf({ title: 'Đính chính', contentText: 'Chúng tôi xin lỗi.' }, press),
      {},
      ['title', 'content.date', 'content.work', 'content.section', 'content.corrected'],
    ],
    [
      'without the section',
      itemOf(
        {
          title: 'Thông tin cải chính, xin lỗi',
          content: '<a href="https://bao-a.vn/tin/1">bài</a>',
          contentText: 'Bài “Lương tối thiểu vùng tăng” ngày 20/11/2026',
        },
        press,
      ),
      { knownLinks: { 'https://bao-a.vn/tin/1': 'urn:uuid:1' } },
      ['content.section'],
    ],
  ],
});
