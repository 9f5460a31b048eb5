import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** Four limits of a lab run; without a measurement unknown. */
export const sitePerformance = defineRule({
  id: 'site-performance',
  number: 12,
  scope: 'site',
  title: { vi: 'Tốc độ tải trang', en: 'Page speed' },
  severity: 'should',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit'], gateway: true },
  clauses: [
    { cite: 'Bộ tiêu chí đánh giá của Bộ KH&CN năm 2025', basis: 'P', confidence: 'S' },
    { cite: 'NĐ 224/2026/NĐ-CP Điều 12(2)b', basis: 'P', confidence: 'V' },
  ],
  remedy: {
    vi: 'Tối ưu ảnh, bộ đệm và mã nguồn để FCP < 3 s, LCP < 4 s, hiển thị đầy đủ < 5,8 s, thời gian chặn < 0,6 s.',
    en: 'Optimise images, caching and scripts to meet the four limits.',
  },
  caveat: { vi: 'Các con số biết qua nguồn thứ cấp.', en: 'The numbers are second-hand.' },
  parameters: {
    fcp: { default: 3, about: { vi: 'Giây tới nét vẽ đầu', en: 'Seconds to first paint' } },
    lcp: { default: 4, about: { vi: 'Giây tới phần lớn nhất', en: 'Seconds to the largest paint' } },
    si: { default: 5.8, about: { vi: 'Giây tới hiển thị đầy đủ', en: 'Seconds to full display' } },
    tbt: { default: 0.6, about: { vi: 'Giây bị chặn', en: 'Seconds of blocking' } },
  },
  needs: ['performance'],
  uses: [],
  check(_subject, { performance }, limits) {
    const names = ['fcp', 'lcp', 'si', 'tbt'] as const;
    if (names.some(name => !Number.isFinite(performance[name]))) return 'unknown';
    return names
      .filter(name => performance[name] > limits[name])
      .map(name =>
        found(
          `performance.${name}`,
          `${name.toUpperCase()} ${performance[name]} giây, giới hạn ${limits[name]}.`,
          `${name.toUpperCase()} is ${performance[name]} s, the limit ${limits[name]}.`,
        ),
      );
  },
});
