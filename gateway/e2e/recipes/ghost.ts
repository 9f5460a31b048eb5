import { json, type RecipeSample } from './sample.ts';

export const sample: RecipeSample = {
  with: origin => ({ site: `${origin}/`, key: 'abc' }),
  answer(url, origin) {
    if (url.pathname !== '/ghost/api/content/posts/' || url.searchParams.get('key') !== 'abc')
      return undefined;
    const page = Number(url.searchParams.get('page') ?? 1);
    const post = {
      id: `60000000000000000000000${page}`,
      title: `Tạp chí số ${page}`,
      slug: `tap-chi-so-${page}`,
      html: '<p>Toàn văn của bài.</p>',
      excerpt: 'Tóm tắt.',
      url: `${origin}/tap-chi-so-${page}/`,
      canonical_url: null,
      feature_image: page === 1 ? `${origin}/content/images/a.jpg` : null,
      feature_image_alt: 'Bìa',
      feature_image_caption: null,
      published_at: '2026-11-22T08:30:00.000+07:00',
      updated_at: '2026-11-22T08:40:00.000+07:00',
      tags: [
        { name: 'Lao động', visibility: 'public' },
        { name: '#noi-bo', visibility: 'internal' },
      ],
      authors: [{ name: 'Lê Thu Hà' }],
    };
    return json({
      posts: [post],
      meta: { pagination: { page, limit: 100, pages: 2, total: 2, next: page === 1 ? 2 : null, prev: null } },
    });
  },
  expected: origin => [
    {
      title: 'Tạp chí số 1',
      link: `${origin}/tap-chi-so-1/`,
      published: '2026-11-22T08:30:00+07:00',
      summary: 'Tóm tắt.',
      content: 'Toàn văn của bài.',
      picture: `${origin}/content/images/a.jpg`,
      authors: ['Lê Thu Hà'],
      categories: ['Lao động'],
    },
    { title: 'Tạp chí số 2', link: `${origin}/tap-chi-so-2/`, published: '2026-11-22T08:30:00+07:00' },
  ],
};
