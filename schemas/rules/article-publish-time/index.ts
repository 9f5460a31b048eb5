import { readDate } from '../../dates.ts';
import { found } from '../found.ts';
import { publishedOf } from '../page-article.ts';
import { defineRule } from '../rule.ts';

/** A publication time to the minute, with zone, not in the future, the same on page and feed. */
export const articlePublishTime = defineRule({
  id: 'article-publish-time',
  number: 34,
  scope: 'item',
  title: { vi: 'Thời điểm đăng rõ đến phút', en: 'Publication time to the minute' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    {
      cite: 'NĐ 147/2024/NĐ-CP Điều 28(1) (chậm 01 giờ tính từ lúc nguồn phát hành)',
      basis: 'L2',
      confidence: 'Q',
    },
    { cite: 'NĐ 237/2026/NĐ-CP Điều 23(1) (ngày)', basis: 'L1', confidence: 'V-ocr' },
  ],
  remedy: {
    vi: 'Công bố thời điểm đăng đến phút kèm múi giờ, thống nhất giữa trang và luồng tin.',
    en: 'Publish the time to the minute with zone, equal on page and feed.',
  },
  example: '<meta property="article:published_time" content="2026-11-21T08:30:00+07:00">',

  parameters: {
    differMinutes: {
      default: 5,
      about: {
        vi: 'Trang và luồng được lệch nhau bao nhiêu phút (ngưỡng của chúng tôi)',
        en: 'Minutes page and feed may differ (our own limit)',
      },
    },
  },
  needs: ['now'],
  uses: ['entry', 'page'],
  check({ item }, { now, entry, page }, { differMinutes }) {
    const { published, updated } = item;
    if (published === undefined)
      return [found('published', 'Không đọc được thời điểm đăng.', 'No publication time could be read.')];
    const findings = [];
    const written = entry?.published === undefined ? undefined : readDate(entry.published);
    if (written?.dateOnly)
      findings.push(found('published', 'Chỉ có ngày, không có giờ phút.', 'A date only, without the time.'));
    else if (written?.zoned === false)
      findings.push(
        found(
          'published',
          'Giờ không kèm múi giờ; tạm hiểu là +07:00.',
          'The time has no zone; +07:00 was assumed.',
        ),
      );
    if (published > now + 10 * 60_000)
      findings.push(
        found('published', 'Thời điểm đăng ở tương lai.', 'The publication time is in the future.'),
      );
    if (updated !== undefined && updated < published)
      findings.push(
        found('updated', 'Thời điểm sửa trước thời điểm đăng.', 'Modified before it was published.'),
      );
    const shown = page && !page.shell ? publishedOf(page) : undefined;
    const onPage = shown === undefined ? undefined : readDate(shown);
    if (onPage && !onPage.dateOnly && Math.abs(onPage.at - published) > differMinutes * 60_000)
      findings.push(
        found(
          'page.datePublished',
          `Trang và luồng tin ghi lệch nhau quá ${differMinutes} phút.`,
          `Page and feed differ by more than ${differMinutes} minutes.`,
        ),
      );
    return findings;
  },
});
