import { expect, it } from '@jest/globals';
import type { Entry } from '../../schemas/entry.ts';
import type { Federation } from '../../schemas/federation.ts';
import { rules } from '../../schemas/rules/index.ts';
import type { Site, SiteKind } from '../../schemas/site.ts';
import { USUAL } from '../e2e/usual.ts';
import { normaliseBatch } from '../normalise/normalise.ts';
import { judge } from './judge.ts';
import { judgeItems, judgingOf } from './judge-items.ts';
import { rulesInForce } from './rules-in-force.ts';

/** What ordinary sites write, with all that a careless rule would take for something else. */
const SENTENCES = [
  'Sáng 22/11/2026, Cục Việc làm tổ chức phiên giao dịch việc làm lần thứ 12 với 1.250 vị trí tuyển dụng.',
  'Theo kế hoạch số 1331/QĐ-BLĐTBXH ngày 28/8/2024, các đơn vị hoàn thành trước ngày 31/12.',
  'Mức lương tối thiểu vùng I là 4.960.000 đồng/tháng, vùng IV là 3.450.000 đồng/tháng.',
  'Người lao động liên hệ số điện thoại (024) 3936 4417 hoặc đường dây nóng 1900 9068 để được hướng dẫn.',
  'Mọi thắc mắc xin gửi về hòm thư bandoc@don-vi.example.gov.vn trong giờ hành chính.',
  'Mã số thuế của đơn vị là 0100109106; văn bản có 12 trang và 3 phụ lục.',
  'Theo Báo cáo của Tổng cục Thống kê, tỷ lệ thất nghiệp quý III là 2,23%.',
  'Ông Nguyễn Văn Bình, Phó Cục trưởng, cho biết: “Chúng tôi sẽ hỗ trợ tối đa cho người dân”.',
  'Chi tiết xem tại cổng thông tin https://vieclam.example.gov.vn/thong-bao/2026/11/22/thong-bao-123456789012.',
  'Hội nghị tổng kết công tác bảo vệ bí mật nhà nước năm 2026 diễn ra tại Hà Nội.',
  'Thông báo tuyển sinh lớp bồi dưỡng nghiệp vụ: thời gian từ 08h30 đến 11h30, phòng 305, nhà A.',
  'Các tỉnh Đắk Lắk, Hoà Bình, Thừa Thiên Huế và TP.HCM đã giải ngân 98,5% kế hoạch vốn.',
  'Đoàn công tác tặng 200 suất quà, mỗi suất trị giá 500.000 đồng, cho gia đình chính sách.',
  'Ảnh: Đại biểu dự hội nghị. Bài và ảnh: Minh Hằng.',
  'Căn cứ Luật Bảo hiểm xã hội, người tham gia đủ 15 năm được hưởng lương hưu từ 01/7/2025.',
  'Quyết định số 20/2020/QĐ-TTg quy định mã định danh điện tử G13.24.105 cho các cơ quan.',
] as const;
const TITLES = [
  'Hội nghị triển khai công tác năm',
  'Thông báo tuyển dụng viên chức đợt',
  'Tập huấn an toàn lao động lần',
  'Kết quả phiên giao dịch việc làm số',
] as const;

/** WordPress as it comes: HTML, pictures without alt texts, no credits, nothing of Dublin Core. */
function wordpress(n: number): Partial<Entry> {
  const text = paragraphs(n)
    .map(words => `<p>${words}</p>`)
    .join('\n');
  return {
    content: {
      type: 'html',
      value: `${text}<figure><img src="https://trang.example.gov.vn/wp-content/uploads/${n}.jpg"></figure>`,
    },
    authors: [{ name: 'admin' }],
    categories: ['Tin tức'],
  };
}
/** A paper's RSS: a headline and a teaser, no author, a picture without words. */
function rss(n: number): Partial<Entry> {
  return {
    summary: {
      type: 'html',
      value: `<img src="https://trang.example.gov.vn/${n}.jpg"> ${SENTENCES[n % SENTENCES.length]}`,
    },
  };
}
/** A JSON CMS: markdown, a lead, a picture's address. */
function cms(n: number): Partial<Entry> {
  return {
    summary: { type: 'text', value: SENTENCES[n % SENTENCES.length] ?? '' },
    content: { type: 'markdown', value: paragraphs(n).join('\n\n') },
    media: [{ url: `https://trang.example.gov.vn/anh/${n}.png`, role: 'lead' }],
  };
}

function paragraphs(n: number): string[] {
  return Array.from({ length: 5 }, (_, i) => SENTENCES[(n * 7 + i * 3) % SENTENCES.length] ?? '');
}

it.each<[string, SiteKind, (n: number) => Partial<Entry>]>([
  ['a stock WordPress', 'unit', wordpress],
  ['a paper’s RSS without authors and alt texts', 'press', rss],
  ['a JSON CMS', 'portal', cms],
])('at least 98 of 100 items of %s stay in the feed, each with its problems told', (_what, kind, made) => {
  const site: Site = {
    id: 'trang',
    name: 'Trang mẫu',
    kind,
    homepage: 'https://trang.example.gov.vn/',
    hosts: [],
    registry: {},
  };
  const now = Date.parse('2026-11-23T09:00:00+07:00');
  const entries = Array.from(
    { length: 200 },
    (_, n): Entry => ({
      sourceId: `tin-${n}`,
      link: `https://trang.example.gov.vn/tin/${n}`,
      title: { type: 'text', value: `${TITLES[n % TITLES.length]} ${n}` },
      published: '2026-11-22T08:30:00+07:00',
      authors: [],
      categories: [],
      media: [],
      ...made(n),
    }),
  );
  const source = {
    name: 'trang/tin',
    site: 'trang',
    id: 'tin',
    connector: 'feed',
    options: {},
    every: { min: 1, max: 1 },
    since: 1,
    dates: {},
    enabled: true,
  };
  const federation = { ...USUAL, sites: [site] } as unknown as Federation;
  const { drafts, entries: kept } = normaliseBatch(entries, { site, source, topics: [], now });
  const items = drafts.map((item, i) => ({ item, ...(kept[i] && { entry: kept[i] }) }));
  const judged = judgeItems(items, judgingOf(federation, site, { exceptions: [] }, now), rules);
  const inForce = rulesInForce(federation, rules, site.id, now);
  const rulings = drafts.map((draft, i) =>
    judge({ ...draft, ...(judged[i] && { judged: judged[i] }) }, undefined, {
      site,
      inForce,
      now,
      press: federation.republication.press,
    }),
  );
  const out = rulings.filter(
    ({ verdict, full }) => verdict.visibility === 'RELEASED' && (kind === 'press' || !full),
  );
  const why = rulings
    .filter(one => !out.includes(one))
    .map(({ verdict, draft }) => [verdict.reason, draft.contentText.slice(0, 80)]);
  expect({ out: out.length >= 196, why: why.slice(0, 5) }).toEqual({
    out: true,
    why: why.length > 4 ? [] : why,
  });
  // Republished in full, and told what to mend all the same.
  expect(out.every(({ judgement }) => judgement.met.length > 0)).toBe(true);
  expect(out.filter(({ judgement }) => judgement.problems.length > 0).length).toBeGreaterThan(out.length / 2);
});
