import { json, type RecipeSample } from './sample.ts';

export const sample: RecipeSample = {
  with: origin => ({ cms: origin, link: `${origin}/tin/{slug}` }),
  answer(url) {
    if (url.pathname !== '/api/articles') return undefined;
    const page = Number(url.searchParams.get('pagination[page]') ?? 1);
    return json({
      data: [
        {
          id: page,
          documentId: `doc${page}`,
          title: `Thông báo ${page}`,
          slug: `thong-bao-${page}`,
          lead: null,
          description: 'Tóm tắt.',
          body: 'Toàn văn **của bài**.',
          publishedAt: '2026-11-22T01:30:00.000Z',
          updatedAt: '2026-11-22T02:30:00.000Z',
          author: { id: 1, name: 'Lê Thu Hà' },
          category: { id: 1, name: 'Việc làm' },
          cover: {
            id: 3,
            url: '/uploads/a.jpg',
            alternativeText: 'Ảnh',
            width: 800,
            height: 600,
            mime: 'image/jpeg',
          },
        },
      ],
      meta: { pagination: { page, pageSize: 100, pageCount: 2, total: 2 } },
    });
  },
  expected: origin =>
    [1, 2].map(page => ({
      title: `Thông báo ${page}`,
      link: `${origin}/tin/thong-bao-${page}`,
      published: '2026-11-22T01:30:00Z',
      summary: 'Tóm tắt.',
      content: 'Toàn văn của bài.',
      picture: `${origin}/uploads/a.jpg`,
      authors: ['Lê Thu Hà'],
      categories: ['Việc làm'],
    })),
};
