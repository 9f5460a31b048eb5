import { hostOf, isRegistered } from '../addresses.ts';
import { contentPage } from '../content-page.ts';
import { capped, found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** Links in the content answer; two tries, a day apart, before one is called dead. */
export const articleBrokenLinks = defineRule({
  id: 'article-broken-links',
  number: 41,
  scope: 'item',
  title: { vi: 'Liên kết trong bài còn sống', en: 'Links in the content work' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'NĐ 224/2026/NĐ-CP Điều 12(2)a (liên kết nội dung)', basis: 'L1', confidence: 'V' },
    { cite: 'NĐ 43/2011/NĐ-CP Điều 15(1)b', basis: 'L3', confidence: 'V', history: true },
  ],
  remedy: {
    vi: 'Sửa hoặc thay các liên kết hỏng, đặc biệt liên kết tới tên miền cũ của Bộ.',
    en: "Fix dead links, above all those to the Ministry's former domain.",
  },

  parameters: {},
  needs: ['linkSights'],
  uses: [],
  check({ site, item }, { linkSights }) {
    const links = contentPage(item).anchors.map(({ href }) => href);
    const findings = links.flatMap((link, n) => {
      const sight = linkSights[link];
      const host = hostOf(link);
      if (
        sight === undefined ||
        host === undefined ||
        sight.tries < 2 ||
        (sight.status > 0 && sight.status < 400)
      )
        return [];
      const severity = isRegistered(host, site) ? ('must' as const) : ('should' as const);
      return [
        found(
          `content.a[${n}]`,
          `Liên kết tới ${host.slice(0, 100)} không còn trả lời.`,
          `A link to ${host.slice(0, 100)} no longer answers.`,
          { severity, data: { status: sight.status } },
        ),
      ];
    });
    return capped(findings);
  },
});
