import { describeRule } from '../rule.conformance.ts';
import { pageOf, unit } from '../subject.example.ts';
import { siteEmcSnippet } from './index.ts';

describeRule(siteEmcSnippet, {
  accept: [
    [
      'the code',
      { site: unit },
      {
        homepage: pageOf(
          `<p>Đã kết nối EMC ${'tin '.repeat(80)}</p><script>_govaq.push(['setTrackerUrl','https://f-emc.ngsp.gov.vn/tracking']);_govaq.push(['setSiteId','8981'])</script>`,
        ),
        registry: { emcSiteId: '8981' },
      },
    ],
    [
      'a variable',
      { site: unit },
      {
        homepage: pageOf(
          `<p>EMC ${'tin '.repeat(80)}</p><script>var s = 8981; _govaq.push(['setTrackerUrl','https://f-emc.ngsp.gov.vn/tracking']);_govaq.push(['setSiteId', s])</script>`,
        ),
      },
    ],
  ],
  reject: [
    [
      'an empty id, no label',
      { site: unit },
      {
        homepage: pageOf(
          `<p>${'tin '.repeat(80)}</p><script>_govaq.push(['setTrackerUrl','https://f-emc.ngsp.gov.vn/tracking']);_govaq.push(['setSiteId',''])</script>`,
        ),
      },
      ['homepage', 'homepage.label'],
    ],
    [
      'commented out',
      { site: unit },
      { homepage: pageOf(`EMC <!--<script>_govaq.push(['setSiteId','8981'])</script>-->`) },
      ['homepage'],
    ],
    [
      'over http',
      { site: unit },
      {
        homepage: pageOf(
          `<p>EMC ${'tin '.repeat(80)}</p><script src="http://f-emc.ngsp.gov.vn/x.js"></script><script>_govaq.push(['setSiteId','8981'])</script>`,
        ),
      },
      ['homepage'],
    ],
  ],
});
