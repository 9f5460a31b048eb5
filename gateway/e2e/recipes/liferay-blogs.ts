import { json, type RecipeSample } from './sample.ts';

export const sample: RecipeSample = {
  with: origin => ({ site: origin, siteId: 20121, link: `${origin}/tin-tuc/-/blogs/{friendlyUrlPath}` }),
  answer(url) {
    if (url.pathname !== '/o/headless-delivery/v1.0/sites/20121/blog-postings') return undefined;
    const page = Number(url.searchParams.get('page') ?? 1);
    return json({
      items: [
        {
          id: 30000 + page,
          headline: `Bài blog ${page}`,
          alternativeHeadline: '',
          description: 'Tóm tắt.',
          articleBody: '<p>Toàn văn của bài.</p>',
          friendlyUrlPath: `bai-blog-${page}`,
          datePublished: '2026-11-22T01:30:00Z',
          dateCreated: '2026-11-21T01:30:00Z',
          dateModified: '2026-11-22T02:30:00Z',
          creator: { id: 1, name: 'Lê Thu Hà', givenName: 'Hà' },
          keywords: ['việc làm'],
          image: { caption: 'Toàn cảnh', contentUrl: '/documents/20121/0/a.jpg/uuid?t=1', imageId: 5 },
        },
      ],
      lastPage: 2,
      page,
      pageSize: 100,
      totalCount: 2,
    });
  },
  expected: origin =>
    [1, 2].map(page => ({
      title: `Bài blog ${page}`,
      link: `${origin}/tin-tuc/-/blogs/bai-blog-${page}`,
      published: '2026-11-22T01:30:00Z',
      summary: 'Tóm tắt.',
      content: 'Toàn văn của bài.',
      picture: `${origin}/documents/20121/0/a.jpg/uuid?t=1`,
      authors: ['Lê Thu Hà'],
      categories: ['việc làm'],
    })),
};
