import { describe, expect, it } from '@jest/globals';
import { attributionOf } from './attribution.ts';
import { authorsOf } from './authors.ts';
import { context } from './batch.example.ts';
import { categoriesOf } from './categories.ts';
import { plainLine } from './foreign-text.ts';
import { changedFields, contentHash } from './hash.ts';
import { languageOf } from './language.ts';
import { mediaOf } from './media.ts';
import { leadPicture } from './picture.ts';
import { proposeDates } from './propose-dates.ts';
import { summaryOf } from './summary.ts';
import { topicFinder } from './topics.ts';

it.each([
  ['Nguyễn Văn A - Trần B', ['Nguyễn Văn A', 'Trần B']],
  ['Nguyễn Văn A, Trần B và Lê C', ['Nguyễn Văn A', 'Trần B', 'Lê C']],
  ['Nguyễn Văn A, Phó Cục trưởng', ['Nguyễn Văn A, Phó Cục trưởng']],
  ['Theo TTXVN', ['TTXVN']],
  ['Bài và ảnh: Minh Anh', ['Minh Anh']],
  ['a.b@bao.example.vn (Nguyễn Văn A)', ['Nguyễn Văn A']],
  ['Nguyễn Văn A <a@bao.example.vn>', ['Nguyễn Văn A']],
  ['a.b@bao.example.vn', []],
  ['admin', ['admin']],
  ['  ', []],
])('author %s', (name, names) => {
  expect(authorsOf([{ name }, { name }]).authors.map(one => one.name)).toEqual(names);
});

it('tells of accounts and bare addresses as authors', () => {
  expect(authorsOf([{ name: 'admin' }, { name: 'a@b.vn' }]).notes).toEqual([
    'Tác giả là tên tài khoản: admin.',
    'Tác giả chỉ có địa chỉ thư điện tử.',
  ]);
});

it('keeps each category once', () => {
  expect(
    categoriesOf(['Việc làm', ' việc  làm', '12;#Tin tức', 'Uncategorized', '<b>', 'Hoà bình', 'Hòa bình']),
  ).toEqual(['Việc làm', 'Tin tức', '<b>', 'Hoà bình']);
});

it.each([
  [{ type: 'html', value: 'Lương &lt; 5 triệu &amp; <b>hơn</b>' }, 'Lương < 5 triệu & hơn'],
  [{ type: 'text', value: 'Lao động &amp;  Xã hội &quot;mới&quot;' }, 'Lao động & Xã hội "mới"'],
  [{ type: 'text', value: 'Thẻ &lt;b&gt; là gì' }, 'Thẻ &lt;b&gt; là gì'],
  [{ type: 'text', value: 'Vie\u0323\u0302c\u200b l\u00e0m\n\tmới\u202e' }, 'Việc làm mới'],
] as const)('line %j', (text, line) => expect(plainLine(text)).toBe(line));

describe('summary', () => {
  const content = `${'Câu chữ của bài. '.repeat(30)}`;
  it.each([
    ['Tóm tắt của báo.', 'Tóm tắt của báo.'],
    ['Phần đầu của bài […]', 'Phần đầu của bài…'],
    ['Phần đầu [&hellip;]', 'Phần đầu…'],
    ['Phần đầu của bài. Continue reading Tên bài →', 'Phần đầu của bài.'],
    ['Phần đầu. The post Tên bài appeared first on Cục Việc làm.', 'Phần đầu.'],
  ])('%s', (given, kept) => expect(summaryOf(given, content)).toBe(kept));

  it.each([[''], ['[…]'], ['...'], [content]])('excerpt instead of %s', given => {
    const made = summaryOf(given, content);
    expect(made.length).toBeLessThanOrEqual(300);
    expect(made).toMatch(/^Câu chữ của bài\. .* bài…$|^Câu chữ.*…$/);
  });
});

it.each([
  ['vi-VN', undefined, '', 'vi'],
  ['VN', undefined, '', 'vi'],
  ['en_GB', undefined, '', 'en-GB'],
  [undefined, 'en-US', 'Bộ trưởng chủ trì hội nghị triển khai nhiệm vụ của ngành', 'vi'],
  [undefined, 'en-US', 'The Minister chairs a meeting', 'en'],
  [undefined, undefined, 'The Minister chairs a meeting', undefined],
  ['!', undefined, 'x', undefined],
])('language %s %s %s', (own, source, text, language) =>
  expect(languageOf(own, source, text)).toBe(language),
);

describe('topics', () => {
  const find = topicFinder([
    { id: 'bao-hiem', title: '', categories: ['BHXH'], keywords: ['bảo hiểm', 'hoà giải'], sites: [] },
    { id: 'viec-lam', title: '', categories: [], keywords: [], sites: ['viec-lam'] },
  ]);
  const topics = (title: string, categories: string[] = [], site = 'bao-a') =>
    find({ site, title, summary: '', categories });
  it.each([
    ['Mức đóng BẢO HIỂM mới', ['bao-hiem']],
    ['Bao hiem va doi song', []],
    ['Bảo hiểmx', []],
    ['Bảo, hiểm', ['bao-hiem']],
    ['Tổ hòa giải cơ sở', ['bao-hiem']],
  ])('%s', (title, ids) => expect(topics(title)).toEqual(ids));
  it('come by category and by site', () => {
    expect(topics('x', ['bhxh'], 'viec-lam')).toEqual(['bao-hiem', 'viec-lam']);
  });
});

describe('media', () => {
  const url = 'https://cdn.example.vn/anh.jpg';
  it('are one whatever the size', () => {
    const found = mediaOf(
      [
        { url: 'https://cdn.example.vn/anh-150x150.jpg', role: 'thumbnail', alt: 'A' },
        { url, role: 'content', width: 900, height: 600, caption: 'Họp. (Ảnh: Sơn Nguyễn)' },
      ],
      [{ url: 'https://cdn.example.vn/anh-300x200.jpg' }],
      undefined,
    );
    expect(found).toEqual([
      {
        url,
        role: 'content',
        type: 'image/jpeg',
        width: 900,
        height: 600,
        alt: 'A',
        caption: 'Họp. (Ảnh: Sơn Nguyễn)',
        credit: 'Sơn Nguyễn',
      },
    ]);
  });

  it('without an address to show, or only a dot, are none', () => {
    const dot = { url: 'https://a.vn/dot.gif', width: 1, height: 1 };
    expect(
      mediaOf([{ url: 'javascript:1' }, dot, { url: 'https://pixel.wp.com/b.gif' }], [], undefined),
    ).toEqual([]);
  });

  it('have one lead: the site’s own, else the first picture large enough', () => {
    const { site } = context;
    const lead = (list: Parameters<typeof mediaOf>[0], images: Parameters<typeof mediaOf>[1] = []) =>
      leadPicture(mediaOf(list, images, undefined), site)?.url;
    expect(
      lead([
        { url: 'https://a.vn/1.jpg', role: 'content' },
        { url: 'https://a.vn/2.jpg', role: 'lead' },
      ]),
    ).toBe('https://a.vn/2.jpg');
    expect(lead([], [{ url: 'https://a.vn/icon.png', width: 32 }, { url: 'https://a.vn/to.jpg' }])).toBe(
      'https://a.vn/to.jpg',
    );
    expect(lead([{ url: 'https://a.vn/phim.mp4', role: 'enclosure' }])).toBeUndefined();
    expect(lead([{ url: 'http://cdn.other.vn/1.jpg', role: 'lead' }])).toBeUndefined();
    expect(lead([{ url: 'http://vl.example.gov.vn/1.jpg', role: 'lead' }])).toBe(
      'https://vl.example.gov.vn/1.jpg',
    );
  });
});

describe('attribution', () => {
  const published = Date.parse('2026-11-21T08:30:00+07:00');
  const press = {
    ...context.site,
    kind: 'press',
    name: 'Dân trí',
    registry: { agency: 'Báo Dân trí' },
  } as const;
  const link = 'https://a.vn/1';
  it.each([
    [{ authors: [{ name: 'Phạm Công' }], published, link }, 'Phạm Công – Báo Dân trí, 08:30, 21/11/2026'],
    [{ authors: [], published, link }, 'Báo Dân trí, 08:30, 21/11/2026'],
    [{ authors: [{ name: 'Báo Dân trí' }], link }, 'Báo Dân trí'],
  ])('%j', (item, text) => expect(attributionOf(press, item).text).toBe(text));
  it('bears a unit’s own name', () => {
    const { agency } = attributionOf({ ...press, kind: 'unit' }, { authors: [], link });
    expect(agency).toBe('Dân trí');
  });
});

describe('hash', () => {
  const item = {
    link: 'l',
    title: 't',
    summary: '',
    content: 'c',
    authors: [],
    categories: [],
    topics: [],
    media: [],
  };
  it('tells what changed', () => {
    const after = { ...item, title: 'u', categories: ['x'] };
    expect(changedFields(item, after)).toEqual(['title', 'categories']);
    expect(changedFields(item, { ...item })).toEqual([]);
  });
  it('does not move for the measured size of the picture, does for its address and its site', () => {
    const url = 'https://a.vn/1.jpg';
    const sized = contentHash('s', { ...item, picture: { url, width: 3, height: 2 } });
    expect(contentHash('s', { ...item, picture: { url } })).toBe(sized);
    expect(contentHash('s', { ...item, picture: { url: `${url}?2` } })).not.toBe(sized);
    expect(contentHash('x', { ...item, picture: { url } })).not.toBe(sized);
  });
  it('keeps one field from passing for another', () => {
    expect(contentHash('s', { ...item, title: 'a', summary: 'b' })).not.toBe(
      contentHash('s', { ...item, title: 'b', summary: 'a' }),
    );
    expect(contentHash('s', { ...item, content: '' })).not.toBe(
      contentHash('s', { ...item, summary: 'c', content: '' }),
    );
  });
});

describe('the two clock faults', () => {
  const now = Date.parse('2026-11-22T10:00:00+07:00');
  const since = now - 600_000;
  it.each([
    ['local time labelled GMT', ['Sun, 22 Nov 2026 09:55:00 GMT', 'Sat, 21 Nov 2026 09:55:00 GMT'], '+07:00'],
    ['UTC labelled +0700', ['Sun, 22 Nov 2026 02:55:00 +0700'], 'Z'],
    ['right', ['Sun, 22 Nov 2026 02:55:00 GMT'], undefined],
    ['right and late', ['Sun, 22 Nov 2026 09:55:00 +0700', 'Sat, 21 Nov 2026 08:00:00 +0700'], undefined],
    ['next year', ['Sun, 22 Nov 2027 09:55:00 GMT'], undefined],
  ])('%s', (_, dates, force) => {
    const entries = dates.map(published => ({ published }));
    expect(proposeDates(entries, now, {}, since)?.force).toBe(force);
  });
  it('are not proposed again where the operator has set it', () => {
    expect(
      proposeDates([{ published: 'Sun, 22 Nov 2026 09:55:00 GMT' }], now, { force: '+07:00' }),
    ).toBeUndefined();
  });
});
