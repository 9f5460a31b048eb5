import { describeRule } from '../rule.conformance.ts';
import { entryOf, feedOf, unit } from '../subject.example.ts';
import { feedRegisteredUrls } from './index.ts';

describeRule(feedRegisteredUrls, {
  accept: [
    ['its own', feedOf(), {}],
    ['www', feedOf([entryOf({ link: 'https://www.viec-lam.bo.gov.vn/1' })]), {}],
    [
      'its own, where the whole site is in a private network',
      {
        ...feedOf([entryOf({ link: 'http://127.0.0.1:4100/tin/1' })]),
        site: { ...unit, homepage: 'http://127.0.0.1:4100/' },
      },
      {},
    ],
  ],
  reject: [
    [
      'a picture in the text with a relative address',
      feedOf([entryOf({ content: { type: 'html', value: '<p><img alt="" src="/anh/1.jpg"></p>' } })]),
      {},
      ['entries[0].content'],
    ],
    [
      'a relative link that only the reader made whole',
      feedOf([{ ...entryOf(), relativeLink: true }]),
      {},
      ['entries[0].link'],
    ],
    [
      'all the wrong ones',
      feedOf([
        entryOf({ link: '/tin/123' }),
        entryOf({ link: 'http://10.0.0.5/a' }),
        entryOf({ link: 'https://khac.example/1' }),
        entryOf({ link: 'https://tin.bo.gov.vn/1' }),
        entryOf({ link: 'https://u:p@viec-lam.bo.gov.vn/' }),
      ]),
      {},
      ['entries[0].link', 'entries[1].link', 'entries[2].link → hold', 'entries[3].link', 'entries[4].link'],
    ],
  ],
  unknown: [['an unreadable feed', { site: unit, url: 'x' }, {}]],
});
