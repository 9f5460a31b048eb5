import { capped, found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** The measuring code with a numeric site id, over https, on every page; the id is the one issued. */
export const siteEmcSnippet = defineRule({
  id: 'site-emc-snippet',
  number: 7,
  scope: 'site',
  title: { vi: 'Mã đo lường EMC', en: 'The EMC measuring code' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit'], gateway: true },
  clauses: [
    { cite: 'TT 22/2023/TT-BTTTT (kết nối EMC, nhãn)', basis: 'L3', confidence: 'S' },
    { cite: 'NĐ 224/2026/NĐ-CP Điều 11(3), 12(2)c, 12(3)', basis: 'L1', confidence: 'V' },
    { cite: 'QĐ 1331/QĐ-BLĐTBXH mục (4)', basis: 'L3', confidence: 'S' },
  ],
  remedy: {
    vi: 'Nhúng mã đo lường EMC với siteId được cấp vào mọi trang, dùng https, và gắn nhãn đã kết nối EMC.',
    en: 'Embed the EMC code with the issued siteId on every page, over https, and show the EMC label.',
  },
  example: "_govaq.push(['setSiteId','1234']); s.src='https://f-emc.ngsp.gov.vn/…';",
  caveat: {
    vi: 'Điểm kết nối sau 01/7/2026 chưa rõ; chỉ xét được mã nhúng, không biết số liệu có tới nơi.',
    en: 'The endpoint after 1 July 2026 is not known; only the embed can be seen, not whether data arrives.',
  },
  parameters: {
    emcHost: {
      default: 'f-emc.ngsp.gov.vn',
      about: {
        vi: 'Máy chủ đo lường (chưa rõ sau 01/7/2026)',
        en: 'The measuring host (not known after 1 July 2026)',
      },
    },
  },
  needs: ['homepage'],
  uses: ['pages', 'registry'],
  check(_subject, { homepage, pages = [], registry }, { emcHost }) {
    if (homepage.shell) return 'unknown';
    const findings = [homepage, ...pages].flatMap((page, n) => {
      const at = n === 0 ? 'homepage' : `pages[${n - 1}]`;
      const code = page.scripts
        .map(({ src = '', text }) => `${src}\n${text}`)
        .join('\n')
        .slice(0, 500_000);
      if (!code.includes('_govaq'))
        return [found(at, 'Không có mã đo lường EMC.', 'The EMC code is missing.')];
      if (code.includes(`http://${emcHost}`))
        return [found(at, 'Mã EMC gọi qua http, không phải https.', 'The EMC code calls over http.')];
      const written =
        /['"]setSiteId['"]\s{0,5},\s{0,5}(?:['"]([^'"]{0,40})['"]|([A-Za-z_$][\w$]{0,60})|(\d{1,20}))/.exec(
          code,
        );
      const id = written?.[1] ?? written?.[3] ?? literalOf(code, written?.[2]);
      if (id === undefined || !/^\d{1,20}$/.test(id))
        return [found(at, 'setSiteId để trống hoặc không phải số.', 'setSiteId is empty or no number.')];
      if (!code.includes(`https://${emcHost}`))
        return [
          found(
            at,
            'Mã EMC không gọi tới máy chủ đo lường.',
            'The EMC code does not call the measuring host.',
          ),
        ];
      return registry?.emcSiteId !== undefined && registry.emcSiteId !== id
        ? [found(at, 'siteId khác số được cấp trong hồ sơ.', 'The site id is not the one on record.')]
        : [];
    });
    const labelled =
      homepage.images.some(({ alt = '', src }) => /EMC/.test(alt) || src.includes(emcHost)) ||
      /(?<![\p{L}\d])EMC(?![\p{L}\d])/u.test(homepage.text);
    if (!labelled)
      findings.push(
        found('homepage.label', 'Không thấy nhãn đã kết nối EMC.', 'No EMC label was found.', {
          severity: 'should',
        }),
      );
    return capped(findings);
  },
});

/** The literal that a variable of the same script is set to. */
function literalOf(code: string, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const at = code.search(new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}\\s{0,5}=\\s{0,5}['"]?\\d`));
  return at < 0 ? undefined : /\d{1,20}/.exec(code.slice(at + name.length, at + name.length + 40))?.[0];
}
