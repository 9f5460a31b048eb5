import { type RecipeSample, rss } from './sample.ts';

export const sample: RecipeSample = {
  with: origin => ({ category: `${origin}/tin-tuc` }),
  answer(url, origin) {
    if (url.pathname !== '/tin-tuc' || url.searchParams.get('format') !== 'feed') return undefined;
    return rss(`<?xml version="1.0" encoding="utf-8"?>
<!-- generator="Joomla! - Open Source Content Management" -->
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>Tin tức</title>
    <link>${origin}/tin-tuc</link>
    <atom:link rel="self" type="application/rss+xml" href="${origin}/tin-tuc?format=feed&amp;type=rss"/>
    <language>vi-vn</language>
    <item>
      <title>Ngày hội việc làm</title>
      <link>${origin}/tin-tuc/12-ngay-hoi-viec-lam</link>
      <guid isPermaLink="true">${origin}/tin-tuc/12-ngay-hoi-viec-lam</guid>
      <description><![CDATA[<img src="${origin}/images/a.jpg" alt=""/><p>Hơn 500 vị trí.</p>]]></description>
      <author>ha@don-vi.example.gov.vn (Lê Thu Hà)</author>
      <category>Tin tức</category>
      <pubDate>Sun, 22 Nov 2026 08:30:00 +0700</pubDate>
    </item>
  </channel>
</rss>`);
  },
  expected: origin => [
    {
      title: 'Ngày hội việc làm',
      link: `${origin}/tin-tuc/12-ngay-hoi-viec-lam`,
      published: '2026-11-22T08:30:00+07:00',
      summary: 'Hơn 500 vị trí.',
      picture: `${origin}/images/a.jpg`,
      authors: ['Lê Thu Hà'],
      categories: ['Tin tức'],
    },
  ],
};
