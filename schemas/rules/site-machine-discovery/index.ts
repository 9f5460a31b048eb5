import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** At least one endpoint for machines works. */
export const siteMachineDiscovery = defineRule({
  id: 'site-machine-discovery',
  number: 11,
  scope: 'site',
  title: { vi: 'Có đầu nối cho máy đọc', en: 'A machine endpoint works' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'NĐ 224/2026/NĐ-CP Điều 11(5), 23(3)a–c', basis: 'P', confidence: 'V' },
    { cite: 'TT 22/2023/TT-BTTTT (dịch vụ web)', basis: 'L3', confidence: 'S' },
    { cite: 'TT 32/2017/TT-BTTTT Điều 16(4)b (sitemap XML)', basis: 'L3', confidence: 'V', history: true },
  ],
  remedy: {
    vi: 'Cung cấp ít nhất một đầu nối máy đọc: RSS/Atom, API, hoặc sitemap XML có lastmod, và khai báo trên trang chủ.',
    en: 'Provide at least one machine endpoint (RSS/Atom, API, or XML sitemap with lastmod) and declare it.',
  },
  example: '<link rel="alternate" type="application/rss+xml" title="Tin mới" href="/rss/tin-moi.rss">',
  caveat: {
    vi: 'Nghĩa vụ nêu chung; danh sách định dạng (RSS, API, sitemap) là của chúng tôi.',
    en: 'The duty is general; the list of formats is ours.',
  },
  parameters: {},
  needs: ['endpoints'],
  uses: [],
  check(_subject, { endpoints }) {
    const works = endpoints.some(
      ({ kind, works, lastmod }) => works && (kind !== 'sitemap' || lastmod === true),
    );
    return works
      ? []
      : [
          found(
            'endpoints',
            'Không tìm thấy luồng tin, API hay sitemap có lastmod nào dùng được.',
            'No feed, API or sitemap with lastmod that works was found.',
            { data: { tried: endpoints.length } },
          ),
        ];
  },
});
