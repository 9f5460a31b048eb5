import { describeRule } from '../rule.conformance.ts';
import { mediumOf, unit } from '../subject.example.ts';
import { mediaHttpsAbsolute } from './index.ts';

describeRule(mediaHttpsAbsolute, {
  accept: [
    ['https', mediumOf({}), { mediaSight: { status: 200, type: 'image/webp' } }],
    [
      'its own, where the whole site is in a private network',
      {
        ...mediumOf({ url: 'http://127.0.0.1:4100/a.jpg' }),
        site: { ...unit, homepage: 'http://127.0.0.1:4100/' },
      },
      {},
    ],
    ['a CDN', mediumOf({ url: 'https://cdn.example/a.webp' }), {}],
  ],
  reject: [
    [
      'http on its own host',
      mediumOf({ url: 'http://viec-lam.bo.gov.vn/a.jpg' }),
      {},
      ['media[0].url → score'],
    ],
    ['http elsewhere', mediumOf({ url: 'http://anh.example.vn/a.jpg' }), {}, ['media[0].url']],
    ['relative', mediumOf({ url: '/Upload/a.jpg', at: 'content.img[2]' }), {}, ['content.img[2].url']],
    ['private', mediumOf({ url: 'https://10.0.0.5/a.jpg' }), {}, ['media[0].url']],
    ['an error page', mediumOf({}), { mediaSight: { status: 200, type: 'text/html' } }, ['media[0].type']],
  ],
});
