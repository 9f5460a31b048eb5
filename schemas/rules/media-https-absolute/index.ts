import { bare, hostOf, isPrivateHost, isRegistered } from '../addresses.ts';
import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** Media addresses are absolute https on a host of the site or of the allow-list, and answer with a medium. */
export const mediaHttpsAbsolute = defineRule({
  id: 'media-https-absolute',
  number: 45,
  scope: 'media',
  title: { vi: 'Ảnh, tiếng, phim qua https', en: 'Media over https' },
  severity: 'must',
  consequence: 'trim',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'NĐ 224/2026/NĐ-CP Điều 21(4)b', basis: 'P', confidence: 'V' },
    { cite: 'W3C feed validator: ContainsRelRef', basis: 'I', confidence: 'V' },
  ],
  remedy: {
    vi: 'Dùng địa chỉ https tuyệt đối cho ảnh, âm thanh, video.',
    en: 'Use absolute https URLs for media.',
  },
  example: '<img src="https://don-vi.bo.gov.vn/anh/57695.jpg" alt="…">',

  parameters: {
    mediaHosts: {
      default: [] as readonly string[],
      about: {
        vi: 'Tên miền lưu ảnh được phép, ngoài tên miền của trang',
        en: 'Media hosts allowed beside those of the site',
      },
    },
    anyHost: {
      default: true,
      about: {
        vi: 'Nhận ảnh ở mọi tên miền công cộng (mạng phân phối); false: chỉ trong danh sách',
        en: 'Accept media on any public host (CDNs); false: only those listed',
      },
    },
  },
  needs: [],
  uses: ['mediaSight'],
  check({ site, medium }, { mediaSight }, { mediaHosts, anyHost }) {
    const { at, url } = medium;
    const host = hostOf(url);
    if (host === undefined)
      return [
        found(
          `${at}.url`,
          'Địa chỉ không đầy đủ hoặc không phải http(s).',
          'The address is not absolute http(s).',
        ),
      ];
    // Whoever follows the item's link is led to the site's own host anyway: told, but nothing is taken away.
    // In a private network a site can have no public certificate, and leads to itself all the same.
    if (isPrivateHost(host) && isRegistered(host, site)) return badSight(at, mediaSight);
    const own = isRegistered(host, site) ? { consequence: 'score' as const } : {};
    if (isPrivateHost(host))
      return [found(`${at}.url`, 'Địa chỉ trong mạng riêng.', 'The address is in a private network.', own)];
    if (!url.toLowerCase().startsWith('https:'))
      return [
        found(`${at}.url`, 'Địa chỉ là http, không phải https.', 'The address is http, not https.', own),
      ];
    if (!anyHost && !isRegistered(host, site) && !mediaHosts.map(bare).includes(bare(host)))
      return [
        found(
          `${at}.url`,
          `Tên miền ${host.slice(0, 100)} không có trong danh sách.`,
          `The host ${host.slice(0, 100)} is not on the list.`,
        ),
      ];
    return badSight(at, mediaSight);
  },
});

/** What asking for it came to, where it was asked for. */
function badSight(at: string, sight: { readonly status: number; readonly type?: string } | undefined) {
  if (sight === undefined) return [];
  if (sight.status !== 200)
    return [
      found(`${at}.url`, 'Địa chỉ không trả về tệp.', 'The address does not answer with a file.', {
        data: { status: sight.status },
      }),
    ];
  return sight.type !== undefined && !/^(?:image|audio|video)\//i.test(sight.type)
    ? [
        found(
          `${at}.type`,
          'Địa chỉ trả về thứ không phải ảnh, tiếng hay phim.',
          'The address answers with something that is no medium.',
        ),
      ]
    : [];
}
