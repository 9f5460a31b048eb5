import { json, type RecipeSample } from './sample.ts';

export const sample: RecipeSample = {
  with: origin => ({ api: `${origin}/api/tin-bai?chuyenMuc=tin-tuc`, link: `${origin}/tin-tuc/{slug}` }),
  answer(url) {
    if (url.pathname !== '/api/tin-bai' || url.searchParams.get('chuyenMuc') !== 'tin-tuc') return undefined;
    const page = Number(url.searchParams.get('page') ?? 1);
    const bai = {
      id: page,
      tieuDe: `Tin số ${page}`,
      moTa: 'Tóm tắt.',
      noiDung: '<p>Toàn văn của bài.</p>',
      ngayDang: '05/11/2026 08:30',
      ngayCapNhat: null,
      anhDaiDien: '/upload/a.jpg',
      tacGia: 'Lê Thu Hà',
      chuyenMuc: { id: 1, ten: 'Tin tức', name: 'Tin tức' },
      slug: `tin-so-${page}`,
    };
    return json({ success: true, data: { items: page <= 2 ? [bai] : [], total: 2 } });
  },
  expected: origin =>
    [1, 2].map(page => ({
      title: `Tin số ${page}`,
      link: `${origin}/tin-tuc/tin-so-${page}`,
      published: '2026-11-05T08:30:00+07:00',
      summary: 'Tóm tắt.',
      content: 'Toàn văn của bài.',
      picture: `${origin}/upload/a.jpg`,
      authors: ['Lê Thu Hà'],
      categories: ['Tin tức'],
    })),
};
