import { describe, expect, it } from '@jest/globals';
import { readPage } from './page-facts.ts';

const URL_HERE = 'https://viec-lam.bo.gov.vn/tin/1';
const read = (html: string) => readPage(html, URL_HERE);

describe('readPage', () => {
  it('reads links with their names, absolute, and what hides them', () => {
    const { anchors } = read(
      '<a href="/a">A <b>b</b></a><div style="display:none"><a href="b"><img alt="ảnh"></a></div>',
    );
    expect(anchors).toEqual([
      { href: 'https://viec-lam.bo.gov.vn/a', name: 'A b', hidden: false },
      { href: 'https://viec-lam.bo.gov.vn/tin/b', name: 'ảnh', hidden: true },
    ]);
  });
  it('reads metas, canonical, headings and language', () => {
    const page = read(
      '<html lang="vi"><head><title> T </title><meta name="DC.Title" content="X"><link rel="canonical" href="/c"></head><h1>H <i>1</i></h1>',
    );
    expect(page).toMatchObject({
      lang: 'vi',
      title: 'T',
      metas: [{ name: 'dc.title', content: 'X' }],
      headings: ['H 1'],
    });
    expect(page.relations).toEqual([{ rel: 'canonical', href: 'https://viec-lam.bo.gov.vn/c' }]);
  });
  it('opens graphs of JSON-LD and counts what does not parse', () => {
    const page = read(
      '<script type="application/ld+json">{"@graph":[{"@type":"A"}]}</script><script type="application/ld+json">{</script>',
    );
    expect(page.jsonLd.map(block => block['@type'])).toEqual([undefined, 'A']);
    expect(page.brokenJsonLd).toBe(1);
  });
  it('keeps scripts and hidden words out of the text, and the footer apart', () => {
    const page = read('<p>một</p><script>hai</script><p hidden>ba</p><footer>bốn</footer>');
    expect([page.text, page.footerText]).toEqual(['một bốn', 'bốn']);
  });
  it('gives a picture the caption of its figure', () => {
    expect(
      read('<figure><img src="a.jpg"><figcaption>Ảnh: A</figcaption></figure><img src="b.jpg">').images.map(
        ({ caption }) => caption,
      ),
    ).toEqual(['Ảnh: A', undefined]);
  });
  it('knows a page that only a browser fills', () => {
    expect([read('<div id=app></div><script src=a.js></script>').shell, read('<p>ít chữ</p>').shell]).toEqual(
      [true, false],
    );
  });
  it.each([
    ['open tags', '<div>'.repeat(200_000)],
    ['links', '<a href=x>'.repeat(100_000)],
    ['quotes', '<a href="'.repeat(100_000)],
  ])('stays quick on a flood of %s', (_name, html) => {
    const start = performance.now();
    read(html);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
