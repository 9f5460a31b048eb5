import { describeRule } from '../rule.conformance.ts';
import { pageOf, unit } from '../subject.example.ts';
import { siteComponentBacklink } from './index.ts';

describeRule(siteComponentBacklink, {
  accept: [
    [
      'the port of a private network',
      { site: unit },
      { portalHost: '127.0.0.1:4000', homepage: pageOf('<a href="http://127.0.0.1:4000/">Cổng</a>') },
    ],
    [
      'a link',
      { site: unit },
      { portalHost: 'bo.gov.vn', homepage: pageOf('<a href="https://www.bo.gov.vn">Cổng</a>') },
    ],
  ],
  reject: [
    [
      'another port of a private network',
      { site: unit },
      { portalHost: '127.0.0.1:4000', homepage: pageOf('<a href="http://127.0.0.1:4001/">Tin</a>') },
      ['homepage'],
    ],
    [
      'the old portal',
      { site: unit },
      {
        portalHost: 'bo.gov.vn',
        homepage: pageOf('<footer><a href="http://www.bo-cu.gov.vn">Cổng</a></footer>'),
      },
      ['homepage'],
    ],
    [
      'hidden',
      { site: unit },
      {
        portalHost: 'bo.gov.vn',
        homepage: pageOf('<div style="display: none"><a href="https://bo.gov.vn">Cổng</a></div>'),
      },
      ['homepage'],
    ],
  ],
  unknown: [['a shell', { site: unit }, { portalHost: 'bo.gov.vn', homepage: pageOf('<script>1</script>') }]],
});
