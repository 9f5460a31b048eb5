/** Texts that broke feed writers and readers; every entry gets the next ones. */
const TEXTS = [
  'Ký tự điều khiển \u0000\u0001\u0008\u000b\u000c\u001f\u007f\u0085\u009f hết',
  'Nửa cặp \ud800 và \udfff, không ký tự \ufffe\uffff\ufdd0',
  'Kết CDATA ]]> rồi ]]>]]> nữa <![CDATA[ x',
  '& &amp; &amp;amp; &lt;b&gt; &#0; &#xD800; &khong;',
  '"nháy" \'đơn\' `ngược` =x onload=alert(1)',
  '</title></entry></feed></item></channel></rss>',
  '<script>alert(1)</script>Tin',
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]>&x;',
  '<!-- chú thích -- > -->',
  '😀👨‍👩‍👧‍👦🇻🇳 Việc làm 🧑🏽‍💻',
  '\u202eược\u202c \u200fمرحبا\u200e \u2066x\u2069 trái sang phải',
  'Dài '.repeat(125),
  '   ',
  'Tiếng Việt dựng sẵn và tổ hợp: e\u0302\u0301, hoà và hòa',
  '\r\nDòng\rmới\tthụt\n\n\nhết\u2028\u2029',
  '\ufeffBOM ở đầu và \ufeff giữa',
  "{{x}} ${x} $& $' %s %00 \\u0000 \\",
  'ﬀ ﬁ ½ ² ㎏ \u00a0\u00ad\u034f',
] as const;

const PEOPLE = ['Lê Thu Hà', 'A & B <c@d>', '"Trích"', '\u0007', 'ông/bà: x@y.vn', ']]>', ''] as const;

function text(n: number, step = 0): string {
  return TEXTS[(n + step) % TEXTS.length] ?? '';
}

function person(n: number): string {
  return PEOPLE[n % PEOPLE.length] ?? '';
}

function time(n: number): number {
  return Date.UTC(2026, 9, 1) + n * 3_600_000;
}

function body(base: string, n: number): string {
  return `<p onclick="x()">${text(n, 5)} &amp; ${text(n, 2)}</p><script>alert(${n})</script><img src="${base}/anh-${n}.jpg?a=1&amp;b=2" alt="${n} &quot;&amp;"><p><a href="javascript:alert(1)">liên kết</a> <a href="/tuong-doi?x=1&y=2">tương đối</a></p>`;
}

/** JSON escapes carry what XML can't: control characters and half surrogate pairs reach us as they are. */
export function hostileJson(base: string, entries: number): string {
  const items = Array.from({ length: entries }, (_, n) => ({
    id: `${base}/?p=${n}&x="y"`,
    url: `${base}/tin/${n}?a=1&b="2"&c=bài viết`,
    title: n % 17 === 0 ? undefined : text(n),
    summary: n % 5 === 1 ? '' : text(n, 7),
    content_html: n % 11 === 0 ? '' : body(base, n),
    date_published: new Date(time(n)).toISOString(),
    authors: [
      { name: person(n), url: n % 3 ? `${base}/?x="&y` : 'javascript:alert(1)' },
      { name: text(n, 3) },
    ],
    tags: [text(n, 1), '"a" & <b>', ''],
    image: `${base}/a"nh&${n}.jpg`,
    language: n % 4 ? 'vi' : 'tiếng "Việt"',
    attachments: [
      {
        url: `${base}/tep-${n}.pdf?a=1&b=2`,
        mime_type: n % 2 ? 'application/pdf' : 'a/b"><x',
        size_in_bytes: 12 + n,
        title: text(n, 4),
      },
      { url: `${base}/phim-${n}.mp4`, mime_type: 'video/mp4; codecs="avc1"', size_in_bytes: -1 },
      { url: 'data:text/html,x', mime_type: 'text/html' },
    ],
  }));
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: text(3),
    home_page_url: base,
    items,
  });
}

export function hostileAtom(base: string, entries: number, withdrawn: boolean): string {
  const gone = (n: number) => withdrawn && n % 7 === 0;
  const rows = Array.from({ length: entries }, (_, n) =>
    gone(n)
      ? `<at:deleted-entry ref="urn:x:${n}&amp;&quot;" when="2026-11-20T00:00:00Z"><at:comment>${cdata(text(n))}</at:comment></at:deleted-entry>`
      : `<entry><id>urn:x:${n}&amp;&quot;</id><title type="html">${cdata(text(n, 9))}</title><link href="${base}/tin/${n}?a=1&amp;b=2"/><link rel="enclosure" href="${base}/am-${n}.mp3?x=&quot;&amp;" type="audio/mpeg" length="khong"/><published>${new Date(time(n) + 60_000).toISOString()}</published><updated>${new Date(time(n) + 120_000).toISOString()}</updated><author><name>${cdata(person(n))}</name></author><category term="${attribute(text(n, 8))}" label="${attribute(text(n, 6))}"/><rights>${cdata(text(n, 3))}</rights><summary>${n % 3 ? cdata(text(n, 10)) : ''}</summary><content type="html">${cdata(body(base, n))}</content></entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><id>${base}</id><title>x</title><updated>2026-11-20T00:00:00Z</updated>${rows.join('\n')}</feed>`;
}

export function hostileRss(base: string, entries: number): string {
  const rows = Array.from(
    { length: entries },
    (_, n) =>
      `<item><guid isPermaLink="false">${n}&amp;"x"</guid><title>${cdata(text(n, 13))}</title><link>${base}/tin/${n}?a=1&amp;b=2&amp;utm_source=rss</link><pubDate>${new Date(time(n) + 180_000).toUTCString()}</pubDate><author>${cdata(person(n))}</author><category domain="&quot;&amp;">${cdata(text(n, 15))}</category><enclosure url="${base}/a-${n}.jpg?a=1&amp;b=&quot;" length="" type="image/jpeg"/><description>${cdata(n % 6 ? body(base, n) : '')}</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><link>${base}</link><description/>${rows.join('\n')}</channel></rss>`;
}

/** As sites write it: control characters and half pairs as they are, the end of CDATA split once. */
function cdata(value: string): string {
  return `<![CDATA[${value.replace(']]>', ']]]]><![CDATA[>')}]]>`;
}

function attribute(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
