import type { ForeignText } from '../../text.ts';
import { hostOf, isPrivateHost, isRegistered, registrableDomain } from '../addresses.ts';
import { capped, found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** Entry links are absolute, public, without credentials, on the site's own hosts; only a foreign registrable domain waits for a person. */
export const feedRegisteredUrls = defineRule({
  id: 'feed-registered-urls',
  number: 23,
  scope: 'feed',
  title: { vi: 'Liên kết thuộc tên miền đã đăng ký', en: 'Links on registered hosts' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'Ràng buộc tên miền đã đăng ký: chính sách', basis: 'P', confidence: 'M' },
    { cite: 'W3C feed validator: ContainsRelRef', basis: 'I', confidence: 'V' },
    { cite: 'NĐ 174/2026/NĐ-CP Điều 93(2)a (liên kết)', basis: 'L1', confidence: 'V-ocr' },
  ],
  remedy: {
    vi: 'Dùng địa chỉ tuyệt đối thuộc tên miền đã đăng ký với Cổng.',
    en: 'Use absolute URLs on hosts registered with the portal.',
  },
  example: '<link>https://don-vi.bo.gov.vn/tin/57695</link>',
  caveat: {
    vi: 'Giữ tin dẫn ra ngoài tên miền là để an toàn, không điều khoản nào nêu đúng như vậy.',
    en: 'Holding what leads off the domain is for safety; no clause says exactly this.',
  },
  parameters: {},
  needs: [],
  uses: [],
  check({ site, feed }) {
    if (feed === undefined) return 'unknown';
    const home = registrableDomain(hostOf(site.homepage) ?? '');
    const findings = feed.entries.flatMap(({ link, relativeLink }, n) => {
      const at = `entries[${n}].link`;
      if (link === undefined) return [];
      const host = hostOf(link);
      if (host === undefined || relativeLink)
        return [
          found(
            at,
            'Liên kết không phải địa chỉ http(s) đầy đủ.',
            'The link is no absolute http(s) address.',
          ),
        ];
      const { username, password } = new URL(link);
      if (username !== '' || password !== '')
        return [found(at, 'Liên kết kèm tên đăng nhập hoặc mật khẩu.', 'The link carries credentials.')];
      // A site that is itself in a private network links to itself.
      if (isPrivateHost(host) && !isRegistered(host, site))
        return [found(at, 'Liên kết vào mạng riêng.', 'The link leads into a private network.')];
      if (isRegistered(host, site)) return [];
      const known = [home, ...site.hosts.map(name => registrableDomain(name.replace(/:\d+$/, '')))];
      const leaves = known.includes(registrableDomain(host)) ? {} : { consequence: 'hold' as const };
      return [
        found(
          at,
          `Tên miền ${host.slice(0, 100)} chưa được đăng ký cho trang này.`,
          `The host ${host.slice(0, 100)} is not registered for this site.`,
          leaves,
        ),
      ];
    });
    const bodies = feed.entries.flatMap(({ content, summary }, n) => [
      ...relativeIn(content, `entries[${n}].content`),
      ...relativeIn(summary, `entries[${n}].summary`),
    ]);
    return capped([...findings, ...bodies]);
  },
});

/** Addresses in a text that its reader elsewhere can't make whole: no `xml:base` says what they are relative to. */
function relativeIn(text: ForeignText | undefined, at: string) {
  if (text?.type !== 'html' || text.base !== undefined) return [];
  const relative = text.value.slice(0, 1_000_000).match(RELATIVE)?.length ?? 0;
  return relative === 0
    ? []
    : [
        found(
          at,
          'Nội dung có liên kết hoặc ảnh ghi địa chỉ tương đối.',
          'The content has links or pictures with relative addresses.',
          { data: { addresses: relative } },
        ),
      ];
}

const RELATIVE =
  /<(?:a|img|source|video|audio)\s(?:[^<>]{0,1000}\s)?(?:href|src)\s{0,5}=\s{0,5}["']?(?![a-z][a-z\d+.-]{0,20}:|#|["'\s>])/gi;
