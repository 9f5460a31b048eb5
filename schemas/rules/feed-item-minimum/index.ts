import { capped, found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** Title (plain, of a sound length), link, date, and a summary or content. */
export const feedItemMinimum = defineRule({
  id: 'feed-item-minimum',
  number: 25,
  scope: 'feed',
  title: { vi: 'Mỗi tin đủ phần tối thiểu', en: 'Each entry has the minimum' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'W3C feed validator: ItemMustContainTitleOrDescription', basis: 'I', confidence: 'V' },
    { cite: 'TT 24/2011/TT-BTTTT Điều 4(1), 5(1)', basis: 'L3', confidence: 'V', history: true },
  ],
  remedy: {
    vi: 'Mỗi tin phải có tiêu đề thuần văn bản, liên kết, thời gian và tóm tắt hoặc nội dung.',
    en: 'Each item needs a plain-text title, link, date and summary or content.',
  },
  example: '<title>…</title> <link>https://…</link> <pubDate>…</pubDate> <description>…</description>',

  parameters: {
    titleMin: {
      default: 8,
      about: { vi: 'Tiêu đề ngắn nhất (mức của chúng tôi)', en: 'Shortest title (ours)' },
    },
    titleMax: {
      default: 250,
      about: { vi: 'Tiêu đề dài nhất (mức của chúng tôi)', en: 'Longest title (ours)' },
    },
  },
  needs: [],
  uses: [],
  check({ feed }, _given, { titleMin, titleMax }) {
    if (feed === undefined) return 'unknown';
    const refuse = { consequence: 'refuse' as const };
    const findings = feed.entries.flatMap(({ title, link, published, summary, content }, n) => {
      const at = `entries[${n}]`;
      const words = title?.value.trim() ?? '';
      const missing = [];
      if (words === '')
        missing.push(found(`${at}.title`, 'Tin không có tiêu đề.', 'The entry has no title.', refuse));
      else if (/<\/?[a-z][^<>]{0,200}>/i.test(words.slice(0, 5_000)))
        missing.push(found(`${at}.title`, 'Tiêu đề có thẻ HTML.', 'The title has HTML tags.'));
      else if (words.length < titleMin || words.length > titleMax)
        missing.push(
          found(
            `${at}.title`,
            `Tiêu đề không dài ${titleMin}–${titleMax} ký tự.`,
            `The title is not ${titleMin}–${titleMax} characters long.`,
          ),
        );
      if (!link?.trim())
        missing.push(found(`${at}.link`, 'Tin không có liên kết.', 'The entry has no link.', refuse));
      if (!published?.trim())
        missing.push(found(`${at}.published`, 'Tin không có thời gian.', 'The entry has no date.'));
      if (!summary?.value.trim() && !content?.value.trim())
        missing.push(
          found(
            `${at}.summary`,
            'Tin không có tóm tắt hay nội dung.',
            'The entry has neither summary nor content.',
          ),
        );
      return missing;
    });
    return capped(findings);
  },
});
