import { hostOf, isPrivateHost } from '../addresses.ts';
import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** A paper's host ends in .vn. */
export const sitePressVnDomain = defineRule({
  id: 'site-press-vn-domain',
  number: 4,
  scope: 'site',
  title: { vi: 'Báo dùng tên miền .vn', en: 'Press on a .vn name' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['press'], gateway: true },
  clauses: [{ cite: 'NĐ 174/2026/NĐ-CP Điều 45(1)d', basis: 'L1', confidence: 'V-ocr' }],
  remedy: {
    vi: 'Báo điện tử, trang tổng hợp phải dùng tên miền quốc gia “.vn”.',
    en: 'Online press and aggregators must use a ".vn" name.',
  },
  example: 'https://bao-a.vn/',
  caveat: {
    vi: 'Cụm “thuộc đối tượng cấp phép” có thể chỉ nói về mạng xã hội.',
    en: 'The words about licensing may attach only to social networks.',
  },
  parameters: {},
  needs: [],
  uses: [],
  check({ site }) {
    const host = hostOf(site.homepage);
    if (host === undefined || isPrivateHost(host)) return 'unknown';
    return host.endsWith('.vn')
      ? []
      : [found('host', 'Tên miền không phải .vn.', 'The name is not under .vn.')];
  },
});
