import { describe, expect, it } from '@jest/globals';
import { cleanHtml } from './clean-html.ts';

const base = 'https://bao.example.vn/tin/bai-1.html';
const clean = (html: string) => cleanHtml(html, { base });

describe('what sites really send', () => {
  it.each([
    [
      'Word',
      '<p class="MsoNormal" style="mso-pagination:none"><span lang=VI style="font-size:14.0pt;mso-ansi-language:VI">Căn cứ<o:p></o:p></span></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><![if !supportLists]>- <![endif]>Điều 1',
      '<p>Căn cứ</p>\n- Điều 1',
    ],
    [
      'SharePoint',
      '<div class="ExternalClass0F"><p>\u200bNội dung</p><div><br></div></div>',
      '<div><p>Nội dung</p>\n</div>',
    ],
    [
      'WordPress blocks',
      '<!-- wp:paragraph -->\n<p class="wp-block-paragraph">Một</p>\n<!-- /wp:paragraph -->\n\n<ul class="wp-block-list"><li>Hai</li></ul>',
      '<p>Một</p>\n<ul><li>Hai</li></ul>',
    ],
    [
      'a gallery',
      '<figure class="wp-block-gallery"><figure class="wp-block-image"><a href="/a.jpg"><img src="/a-300x200.jpg" srcset="/a.jpg 900w"></a><figcaption>A</figcaption></figure></figure>',
      '<figure><figure><a href="https://bao.example.vn/a.jpg"><img src="https://bao.example.vn/a-300x200.jpg" /></a><figcaption>A</figcaption></figure></figure>',
    ],
    [
      'a table',
      '<table border=1 style="width:100%"><caption>Biểu 1</caption><colgroup><col width=20></colgroup><thead><tr><th scope="col" colspan="2">STT</th></tr></thead><tbody><tr><td rowspan=2>1</td><td></td></tr></tbody></table>',
      '<table><caption>Biểu 1</caption><colgroup><col /></colgroup><thead><tr><th colspan="2" scope="col">STT</th></tr></thead><tbody><tr><td rowspan="2">1</td><td></td></tr></tbody></table>',
    ],
    ['old markup', '<center><font color=red><strike>Cũ</strike></font></center>', '<div><s>Cũ</s></div>'],
    [
      'a picture in a picture element',
      '<picture><source srcset="/a.webp"><img src="/a.jpg" alt="A"></picture>',
      '<img src="https://bao.example.vn/a.jpg" alt="A" />',
    ],
    [
      'an emoji picture',
      'Vui <img class="emoji" alt="😀" src="https://s.w.org/images/core/emoji/1f600.png">',
      'Vui 😀',
    ],
    [
      'a player',
      '<video controls><source src="/a.mp4" type="video/mp4">Trình duyệt cũ</video>',
      '<video controls><source src="https://bao.example.vn/a.mp4" type="video/mp4" /></video>',
    ],
    [
      'a document in a frame',
      '<p><iframe src="/van-ban.pdf" title="Quyết định 12"></iframe></p>',
      '<p><a href="https://bao.example.vn/van-ban.pdf">Quyết định 12</a></p>',
    ],
    ['paragraphs that only end', 'Một</p>Hai</p>', 'Một<br />Hai'],
    ['a paragraph in a paragraph', '<p>Một<p>Hai', '<p>Một</p><p>Hai</p>'],
    [
      'lists whose items don’t end',
      '<ul><li>a<ul><li>b</ul><li>c</ul>',
      '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>',
    ],
    ['preformatted text', '<pre>a\n\n  b <b> c</b></pre>', '<pre>a\n\n  b <b> c</b></pre>'],
    ['wrapped once too often', '<![CDATA[<p>Tin</p>]]>', '<p>Tin</p>'],
    ['decomposed letters', '<p>Tie\u0302\u0301ng Vie\u0323\u0302t</p>', '<p>Tiếng Việt</p>'],
    ['letters as references', '<p>Ti&#7871;ng Vi&#x1EC7;t &nbsp;&copy;</p>', '<p>Tiếng Việt \u00a0©</p>'],
  ])('%s', (_, html, expected) => {
    expect(clean(html).html).toBe(expected);
    expect(clean(expected).html).toBe(expected);
  });
});

describe('addresses', () => {
  it.each([
    ['/tin/2?a=1&b=2', 'https://bao.example.vn/tin/2?a=1&amp;b=2'],
    ['../anh.html', 'https://bao.example.vn/anh.html'],
    ['#muc-2', 'https://bao.example.vn/tin/bai-1.html#muc-2'],
    ['mailto:a@b.vn', 'mailto:a@b.vn'],
    ['tel:+8424', 'tel:+8424'],
    ['https://vn.example/đường dẫn', 'https://vn.example/%C4%91%C6%B0%E1%BB%9Dng%20d%E1%BA%ABn'],
  ])('%s', (written, absolute) => {
    expect(clean(`<a href="${written}">x</a>`).html).toBe(`<a href="${absolute}">x</a>`);
  });

  it('has no relative ones where nothing says what they are relative to', () => {
    expect(cleanHtml('<a href="/x">x</a> <a href="https://a.vn/">y</a>').html).toBe(
      'x <a href="https://a.vn/">y</a>',
    );
  });
});

describe('pictures', () => {
  const pictures = (html: string) => clean(html).images;
  it.each([
    ['<img src="data:image/gif;base64,R0" data-src="/that.jpg">', 'https://bao.example.vn/that.jpg'],
    ['<img src="/images/placeholder.png" data-original="/that.jpg">', 'https://bao.example.vn/that.jpg'],
    ['<img src="/blank.gif" data-srcset="/nho.jpg 300w, /to.jpg 1200w">', 'https://bao.example.vn/to.jpg'],
    ['<img src="/a.jpg" srcset="/b.jpg 2x">', 'https://bao.example.vn/a.jpg'],
  ])('%s', (html, url) => expect(pictures(html)).toEqual([{ url }]));

  it('take their words from the figure', () => {
    expect(
      pictures(
        '<figure><img src="/a.jpg" alt="A" width="640px" height="50%"><figcaption>Chú\n thích</figcaption></figure>',
      ),
    ).toEqual([{ url: 'https://bao.example.vn/a.jpg', alt: 'A', width: 640, caption: 'Chú thích' }]);
  });

  it('take their words from a caption by class, each its own', () => {
    const html =
      '<div><img src="/a.jpg"></div><div class="PhotoCMS_Caption"><p>Một</p></div><img src="/b.jpg"><p class="image-caption">Hai</p>';
    expect(pictures(html).map(({ caption }) => caption)).toEqual(['Một', 'Hai']);
  });
});

it('gives the text one line a block', () => {
  const html =
    '<h2>Đề mục</h2><p>Một\n hai<br>ba</p><table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table><ul><li>x</li></ul>cuối';
  expect(clean(html).text).toBe('Đề mục\nMột hai\nba\na b\nc\nx\ncuối');
});

it('counts links to pages', () => {
  expect(clean('<a href="/a">a</a><a href="mailto:x@y.vn">b</a><a href="javascript:1">c</a>').links).toBe(1);
});
