import { describe, expect, it } from '@jest/globals';
import { plainText } from './plain-text.ts';

describe('plainText', () => {
  it.each([
    ['L&atilde;i su&#7845;t &#038; gi&aacute;', 'Lãi suất & giá'],
    ['Lãi suất <5% &#038; a<b', 'Lãi suất <5% & a<b'],
    ['Tỷ lệ x<y hay x>y', 'Tỷ lệ x<y hay x>y'],
    ['<em>Nóng</em>: H<sub>2</sub>O<br/>', 'Nóng: H2O'],
    ['<a href="/x">Tin</a> mới', 'Tin mới'],
    ['&amp;lt;b&amp;gt; và &lt;b&gt;', '&lt;b&gt; và <b>'],
    ['Tin<script>alert(1)</script> mới<style>p{}</style>', 'Tin mới'],
    ['<ScRiPt src=//x>Tin', 'Tin'],
    ['<img src=x onerror=alert(1)>Tin', 'Tin'],
    ['&#8220;Việc làm&#8221; &hellip;', '“Việc làm” …'],
    ['  ', ''],
  ])('%j → %j', (rendered, text) => {
    expect(plainText(rendered)).toEqual(text);
  });

  it('is done with the worst in little time', () => {
    const worst = ['<script>'.repeat(2000), '<a '.repeat(5000), '<'.repeat(10_000), '&'.repeat(10_000)];
    const start = performance.now();
    for (const text of worst) plainText(text);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
