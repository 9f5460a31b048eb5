import { pageKey } from '../addresses.ts';
import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** Every channel links the original article, next to the attribution. */
export const republishBacklink = defineRule({
  id: 'republish-backlink',
  number: 52,
  scope: 'republication',
  title: { vi: 'Liên kết tới bài gốc', en: 'Link to the original' },
  severity: 'must',
  consequence: 'own-duty',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    {
      cite: 'Dự thảo nghị định về Internet năm 2021 (chỉ là dự thảo); chính sách của Bộ',
      basis: 'P',
      confidence: 'S',
    },
  ],
  remedy: {
    vi: 'Đặt liên kết tới bài gốc ngay dưới bài đăng lại.',
    en: 'Put the link to the original right under the item.',
  },
  caveat: {
    vi: 'Không tìm thấy điều khoản nào đang có hiệu lực; đây là chính sách, có thể hạ xuống “nên”.',
    en: 'No clause in force was found; this is policy and may be set to should.',
  },
  parameters: {},
  needs: ['outputs'],
  uses: [],
  check({ item }, { outputs }) {
    if (item === undefined || outputs.length === 0) return 'unknown';
    const original = pageKey(item.link);
    return outputs.flatMap(({ channel, link, linkBesideAttribution, linkStatus, canonical }) => {
      const at = `outputs.${channel}`;
      if (link === undefined || pageKey(link) !== original)
        return [
          found(
            `${at}.link`,
            `Kênh ${channel} không dẫn tới đúng bài gốc.`,
            `The channel ${channel} does not link the original article.`,
          ),
        ];
      const findings = [];
      if (linkBesideAttribution === false)
        findings.push(
          found(
            `${at}.link`,
            `Kênh ${channel}: liên kết không nằm cạnh dòng ghi nguồn.`,
            `The channel ${channel}: the link is not beside the attribution.`,
          ),
        );
      if (linkStatus !== undefined && (linkStatus === 0 || linkStatus >= 400))
        findings.push(
          found(
            `${at}.link`,
            `Kênh ${channel}: liên kết không trả lời.`,
            `The channel ${channel}: the link does not answer.`,
            { data: { status: linkStatus } },
          ),
        );
      if (canonical !== undefined && pageKey(canonical) !== original)
        findings.push(
          found(
            `${at}.canonical`,
            `Kênh ${channel}: canonical không trỏ về bài gốc.`,
            `The channel ${channel}: the canonical does not point to the original.`,
          ),
        );
      return findings;
    });
  },
});
