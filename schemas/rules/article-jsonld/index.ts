import { readDate } from '../../dates.ts';
import { fold } from '../../fold.ts';
import { found } from '../found.ts';
import { articleOf } from '../page-article.ts';
import { defineRule } from '../rule.ts';

/** NewsArticle data that parses, is whole, and agrees with page and feed. */
export const articleJsonld = defineRule({
  id: 'article-jsonld',
  number: 43,
  scope: 'item',
  title: { vi: 'Dữ liệu có cấu trúc NewsArticle', en: 'NewsArticle structured data' },
  severity: 'should',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'Google Search Central, Article structured data; schema.org', basis: 'I', confidence: 'V' },
  ],
  remedy: {
    vi: 'Bổ sung dữ liệu có cấu trúc NewsArticle thống nhất với nội dung trang.',
    en: 'Add NewsArticle structured data that agrees with the page.',
  },
  example:
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"…","datePublished":"2026-11-21T08:30:00+07:00", …}</script>',
  caveat: {
    vi: 'Theo Google thì không thuộc tính nào bắt buộc tuyệt đối.',
    en: 'Google strictly requires no property.',
  },
  parameters: {},
  needs: ['page'],
  uses: [],
  check({ item }, { page }) {
    if (page.brokenJsonLd > 0)
      return [
        found('page.jsonLd', 'Khối JSON-LD sai cú pháp.', 'A JSON-LD block does not parse.', {
          data: { blocks: page.brokenJsonLd },
        }),
      ];
    const article = articleOf(page);
    if (article === undefined)
      return page.shell
        ? 'unknown'
        : [found('page.jsonLd', 'Trang không có dữ liệu NewsArticle.', 'The page has no NewsArticle data.')];
    const missing = ['headline', 'datePublished', 'dateModified', 'author', 'image'].filter(
      name => article[name] === undefined || article[name] === '',
    );
    const findings = missing.map(name =>
      found(`page.jsonLd.${name}`, `NewsArticle thiếu ${name}.`, `NewsArticle lacks ${name}.`),
    );
    if (typeof article.headline === 'string' && fold(article.headline).trim() !== fold(item.title).trim())
      findings.push(
        found(
          'page.jsonLd.headline',
          'headline khác tiêu đề của tin.',
          "headline differs from the item's title.",
        ),
      );
    const at = typeof article.datePublished === 'string' ? readDate(article.datePublished) : undefined;
    if (at && !at.dateOnly && item.published !== undefined && Math.abs(at.at - item.published) > 5 * 60_000)
      findings.push(
        found(
          'page.jsonLd.datePublished',
          'datePublished lệch luồng tin quá 5 phút.',
          'datePublished differs from the feed by more than 5 minutes.',
        ),
      );
    return findings;
  },
});
