import { describeRule } from '../rule.conformance.ts';
import { pageOf, unit } from '../subject.example.ts';
import { siteA11yBasics } from './index.ts';

describeRule(siteA11yBasics, {
  accept: [
    [
      'well made',
      { site: unit },
      {
        homepage: pageOf('<a href="/">Trang chủ</a>', {
          head: '<title>A</title><meta name="viewport" content="width=device-width">',
        }),
      },
    ],
  ],
  reject: [
    [
      'a ticker and an empty link',
      { site: unit },
      {
        homepage: pageOf('<marquee>x</marquee><a href="/"></a>', {
          lang: 'en',
          head: '<title>A</title><meta name="viewport" content="width=1,user-scalable=no">',
        }),
      },
      ['homepage.lang', 'homepage.viewport', 'homepage.moving', 'homepage.links'],
    ],
  ],
});
