const WORDS =
  'người lao động việc làm bảo hiểm xã hội thất nghiệp tiền lương hợp đồng an toàn vệ sinh đào tạo nghề doanh nghiệp chính sách hỗ trợ tỉnh thành phố quyết định thông tư hướng dẫn thực hiện năm 2026'.split(
    ' ',
  );

/** RSS as an ordinary site writes it; feed and item numbers make every text another. */
export function madeFeed(feed: number, items: number, paragraphs: number): string {
  const entries = Array.from({ length: items }, (_, n) => {
    const seed = feed * items + n;
    const body = Array.from(
      { length: paragraphs },
      (_, p) => `<p class="x">${words(seed * 7 + p, 40)} <a href="/tin/${n}?utm_source=rss">xem thêm</a></p>`,
    );
    const time = new Date(Date.UTC(2026, 10, 20) - seed * 60_000).toUTCString();
    return `<item><guid isPermaLink="false">${feed}-${n}</guid><title>${words(seed, 10)} ${seed}</title><link>http://127.0.0.1:${feed + 20_000}/tin/${n}</link><pubDate>${time}</pubDate><dc:creator>Lê Thu Hà</dc:creator><category>Việc làm</category><description><![CDATA[${body.join('')}<img src="/anh/${n}.jpg" alt="">]]></description></item>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Trang ${feed}</title><link>http://127.0.0.1:${feed + 20_000}/</link><description>Tin</description>${entries.join('\n')}</channel></rss>`;
}

function words(seed: number, count: number): string {
  return Array.from({ length: count }, (_, i) => WORDS[(seed * 31 + i * i * 7 + i) % WORDS.length]).join(' ');
}
