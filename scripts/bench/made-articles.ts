import { createHash } from 'node:crypto';
import { randomNumbers } from '../../gateway/e2e/random-numbers.ts';
import type { NewItem } from '../../gateway/e2e/seed.ts';

/** Terms of a ministry's news: what people look for, and what stands in most articles. */
const TERMS =
  'lao động|việc làm|bảo hiểm xã hội|bảo hiểm thất nghiệp|bảo hiểm y tế|tiền lương|lương tối thiểu|hợp đồng lao động|người lao động|xuất khẩu lao động|an toàn vệ sinh lao động|đào tạo nghề|giáo dục nghề nghiệp|người có công|trợ giúp xã hội|giảm nghèo|trẻ em|bình đẳng giới|cán bộ công chức|cải cách hành chính|quyết định|thông tư|nghị định|hướng dẫn thực hiện|doanh nghiệp|thành phố Hồ Chí Minh|Hà Nội|Đà Nẵng|hội nghị|triển khai nhiệm vụ'.split(
    '|',
  );
const ONSETS = 'b c ch d đ g gi h kh l m n ng nh ph qu r s t th tr v x'.split(' ');
const RIMES =
  'an ang anh ao âm ân âu ăn ăng em en eo ên êu im in inh iên iêu oan oai on ông ôn ơi ơn ung uôn uy ươi ương ưu á ài ảnh ão ấm ần ẩu ắn ằng é èn ẻo ến ều ím ìn ỉnh ín iến iệu oán oài ó ống ồn ới ờn úng uổn ủy ười ướng ứu ạn ặng ậm ẹn ện ịnh ọng ộc ợi ụng ượng ựu át ắt ất ết ít ốt ớt út'.split(
    ' ',
  );
const WORDS = ONSETS.flatMap(onset => RIMES.map(rime => onset + rime));
const SITES = 40;
const MINUTE = 60_000;
export const MADE_AT = Date.parse('2026-11-20T08:00:00+07:00');

/** Made-up article number `n`, always the same: words as uneven as a language's, the oldest first. */
export function madeArticle(n: number): NewItem {
  const random = randomNumbers(Math.imul(n + 1, 0x9e3779b1));
  const site = Math.floor(random() * random() * SITES);
  const siteKind = site === 0 ? 'portal' : site % 4 === 3 ? 'press' : 'unit';
  const link = `https://site-${site}.example.vn/tin/${n}`;
  const listed = MADE_AT - (2_000_000 - n) * MINUTE;
  const title = text(random, 10);
  const summary = text(random, 25);
  const contentText = `${text(random, 70)} số ${n}/QĐ`;
  const hex = createHash('sha1').update(String(n)).digest('hex');
  return {
    id: `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
    site: `site-${site}`,
    siteKind,
    source: `site-${site}/tin`,
    sourceId: String(n),
    link,
    canonicalLink: link.slice('https://'.length),
    title,
    summary,
    content: `<p>${contentText}</p>`,
    contentText,
    authors: [],
    categories: [],
    topics: random() < 0.3 ? [`topic-${Math.floor(random() * 10)}`] : [],
    published: listed,
    language: 'vi',
    media: [],
    attribution: { text: `Trang ${site}`, agency: `Trang ${site}`, authors: [], published: listed, link },
    pubStatus: 'usable',
    hash: hex,
    cleaner: 1,
    visibility: 'RELEASED',
    firstSeen: listed,
    listed,
    released: listed,
    backfill: false,
  };
}

/** A word that stands in about one article of two hundred. */
export const RARE = WORDS[1_900] ?? '';

function text(random: () => number, count: number): string {
  const parts = Array.from({ length: count }, () =>
    random() < 0.15 ? pick(TERMS, random()) : pick(WORDS, random()),
  );
  return parts.join(' ');
}

/** Few are taken often and most hardly ever: like Zipf's law, rank by rank. */
function pick(from: readonly string[], chance: number): string {
  return from[Math.floor(from.length ** chance) - 1] ?? '';
}
