import { json, type RecipeSample } from './sample.ts';

const node = (nid: number, alias: string | null) => ({
  type: 'node--article',
  id: `6f2a0b1c-0000-4000-8000-00000000000${nid}`,
  attributes: {
    drupal_internal__nid: nid,
    langcode: 'vi',
    status: true,
    title: `Hội nghị lần ${nid}`,
    created: '2026-11-22T01:30:00+00:00',
    changed: '2026-11-22T02:00:00+00:00',
    path: { alias, pid: nid, langcode: 'vi' },
    body: {
      value: '<p>Toàn văn</p>',
      format: 'basic_html',
      processed: '<p>Toàn văn của bài.</p>',
      summary: 'Tóm tắt.',
    },
  },
  relationships: {
    field_image: {
      data:
        nid === 1
          ? { type: 'file--file', id: 'f1', meta: { alt: 'Toàn cảnh', width: 1200, height: 800 } }
          : null,
    },
    field_tags: { data: [{ type: 'taxonomy_term--tags', id: 't1' }] },
  },
});

export const sample: RecipeSample = {
  with: origin => ({ site: origin }),
  answer(url, origin) {
    if (url.pathname !== '/jsonapi/node/article') return undefined;
    const second = url.searchParams.get('page[offset]') === '50';
    return json({
      jsonapi: { version: '1.0' },
      data: second ? [node(2, null)] : [node(1, '/tin-tuc/hoi-nghi-lan-1')],
      included: [
        {
          type: 'file--file',
          id: 'f1',
          attributes: {
            filename: 'a.jpg',
            uri: { value: 'public://a.jpg', url: '/sites/default/files/a.jpg' },
          },
        },
        { type: 'taxonomy_term--tags', id: 't1', attributes: { name: 'Việc làm' } },
      ],
      links: second ? {} : { next: { href: `${origin}/jsonapi/node/article?page%5Boffset%5D=50` } },
    });
  },
  expected: origin => [
    {
      title: 'Hội nghị lần 1',
      link: `${origin}/tin-tuc/hoi-nghi-lan-1`,
      published: '2026-11-22T01:30:00Z',
      summary: 'Tóm tắt.',
      content: 'Toàn văn của bài.',
      picture: `${origin}/sites/default/files/a.jpg`,
      categories: ['Việc làm'],
    },
    { title: 'Hội nghị lần 2', link: `${origin}/node/2`, published: '2026-11-22T01:30:00Z' },
  ],
};
