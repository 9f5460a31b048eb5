import { bare, hostOf, isIpLiteral, isRegistered } from '../addresses.ts';
import { contentPage } from '../content-page.ts';
import { capped, found } from '../found.ts';
import { readPage } from '../page-facts.ts';
import { defineRule } from '../rule.ts';

/** No link to a host on the Ministry's deny-list, to a bare IP address, or in a hidden block of many. */
export const articleBlockedLinks = defineRule({
  id: 'article-blocked-links',
  number: 42,
  scope: 'item',
  title: { vi: 'Không dẫn tới nội dung vi phạm', en: 'No links to violating content' },
  severity: 'must',
  consequence: 'hold',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [{ cite: 'NĐ 174/2026/NĐ-CP Điều 93(2)a, 93(5)a', basis: 'L1', confidence: 'V-ocr' }],
  remedy: {
    vi: 'Gỡ ngay đường dẫn tới nội dung vi phạm; kiểm tra dấu hiệu bị chèn liên kết ẩn.',
    en: 'Remove links to violating content; look for injected hidden links.',
  },
  caveat: {
    vi: 'Danh sách chặn là của Bộ; khối liên kết ẩn là dấu hiệu bị chèn, người phải xem lại.',
    en: "The deny-list is the Ministry's; a hidden block of links is a sign of injection that a person must look at.",
  },
  parameters: {
    hiddenLinks: {
      default: 5,
      about: {
        vi: 'Hơn ngần này liên kết ngoài bị ẩn thì báo',
        en: 'More hidden outside links than this are told',
      },
    },
  },
  needs: ['denyList'],
  uses: ['linkSights', 'entry'],
  check({ site, item }, { denyList, linkSights = {}, entry }, { hiddenLinks }) {
    const denied = new Set(denyList.map(bare).filter(host => host !== ''));
    const page = contentPage(item);
    const written = entry?.content?.type === 'html' ? readPage(entry.content.value, item.link) : page;
    const addresses = [
      ...page.anchors.map(({ href }, n) => [`content.a[${n}]`, href] as const),
      ...page.images.map(({ src }, n) => [`content.img[${n}]`, src] as const),
    ];
    const findings = addresses.flatMap(([at, address]) => {
      const hosts = [hostOf(address), ...(linkSights[address]?.hosts.slice(0, 5) ?? [])].filter(
        host => host !== undefined,
      );
      if (hosts.some(host => isDenied(host, denied)))
        return [
          found(
            at,
            'Liên kết dẫn tới tên miền trong danh sách chặn của Bộ.',
            "The link leads to a host on the Ministry's deny-list.",
          ),
        ];
      const bareIp = hosts.some(host => isIpLiteral(host) && !isRegistered(host, site));
      return bareIp
        ? [found(at, 'Liên kết dẫn tới địa chỉ IP trần.', 'The link leads to a bare IP address.')]
        : [];
    });
    const hidden = written.anchors.filter(
      ({ hidden, href }) => hidden && !isRegistered(hostOf(href) ?? '', site),
    );
    if (hidden.length > hiddenLinks)
      findings.push(
        found(
          'content',
          'Có khối liên kết ngoài bị ẩn, dấu hiệu trang bị chèn liên kết.',
          'A block of hidden outside links, a sign that the site was injected.',
          { data: { links: hidden.length } },
        ),
      );
    return capped(findings);
  },
});

function isDenied(host: string, denied: ReadonlySet<string>): boolean {
  const labels = bare(host).slice(0, 300).split('.');
  return labels.some((_, from) => denied.has(labels.slice(from).join('.')));
}
