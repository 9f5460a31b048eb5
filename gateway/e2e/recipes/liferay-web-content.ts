import { json, type RecipeSample } from './sample.ts';

export const sample: RecipeSample = {
  with: origin => ({
    site: origin,
    siteId: '20121',
    link: `${origin}/w/{friendlyUrlPath}`,
    body: 'noiDung',
    image: 'anh',
  }),
  answer(url) {
    if (url.pathname !== '/o/headless-delivery/v1.0/sites/20121/structured-contents') return undefined;
    return json({
      items: [
        {
          id: 41000,
          uuid: 'a1b2c3d4-0000-4000-8000-000000000001',
          title: 'Quyết định mới',
          description: '',
          friendlyUrlPath: 'quyet-dinh-moi',
          datePublished: '2026-11-22T01:30:00Z',
          dateModified: '2026-11-22T02:30:00Z',
          creator: { name: 'Lê Thu Hà' },
          taxonomyCategoryBriefs: [{ taxonomyCategoryId: 7, taxonomyCategoryName: 'Văn bản' }],
          contentFields: [
            { name: 'tieuDe', dataType: 'string', contentFieldValue: { data: 'Quyết định mới' } },
            { name: 'noiDung', dataType: 'string', contentFieldValue: { data: '<p>Toàn văn của bài.</p>' } },
            {
              name: 'anh',
              dataType: 'image',
              contentFieldValue: { image: { contentUrl: '/documents/20121/0/b.png', title: 'b' } },
            },
          ],
        },
      ],
      lastPage: 1,
      page: 1,
      pageSize: 100,
      totalCount: 1,
    });
  },
  expected: origin => [
    {
      title: 'Quyết định mới',
      link: `${origin}/w/quyet-dinh-moi`,
      published: '2026-11-22T01:30:00Z',
      content: 'Toàn văn của bài.',
      picture: `${origin}/documents/20121/0/b.png`,
      categories: ['Văn bản'],
    },
  ],
};
