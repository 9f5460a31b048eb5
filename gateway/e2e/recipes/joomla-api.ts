import { json, type RecipeSample } from './sample.ts';

const article = (id: number) => ({
  type: 'articles',
  id: String(id),
  attributes: {
    id,
    title: `Bài ${id} của Joomla`,
    alias: `bai-${id}-cua-joomla`,
    state: 1,
    language: 'vi-VN',
    text: '<p>Toàn văn của bài.</p>',
    created: '2026-11-20 01:00:00',
    publish_up: '2026-11-22 01:30:00',
    modified: '2026-11-22 02:00:00',
    images: {
      image_intro: 'images/a.jpg#joomlaImage://local-images/a.jpg?width=800&height=600',
      image_intro_alt: 'Ảnh',
      image_fulltext: '',
    },
  },
  relationships: { category: { data: { type: 'categories', id: '9' } } },
});

export const sample: RecipeSample = {
  with: origin => ({ site: origin, token: 'khoa', link: `${origin}/tin-tuc/{id}-{attributes.alias}` }),
  answer(url, origin, headers) {
    if (url.pathname !== '/api/index.php/v1/content/articles' || headers['x-joomla-token'] !== 'khoa')
      return undefined;
    const offset = Number(url.searchParams.get('page[offset]') ?? 0);
    const next = `${origin}/api/index.php/v1/content/articles?page%5Boffset%5D=20&page%5Blimit%5D=20`;
    return json({
      links: offset === 0 ? { self: url.href, next } : { self: url.href },
      data: [article(offset === 0 ? 1 : 2)],
    });
  },
  expected: origin =>
    [1, 2].map(id => ({
      title: `Bài ${id} của Joomla`,
      link: `${origin}/tin-tuc/${id}-bai-${id}-cua-joomla`,
      published: '2026-11-22T01:30:00Z',
      content: 'Toàn văn của bài.',
      picture: `${origin}/images/a.jpg`,
    })),
};
