import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** Every channel shows author (or agency), agency and original time. */
export const republishAttribution = defineRule({
  id: 'republish-attribution',
  number: 51,
  scope: 'republication',
  title: { vi: 'Ghi nguồn ở mọi kênh', en: 'Attribution on every channel' },
  severity: 'must',
  consequence: 'own-duty',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'NĐ 147/2024/NĐ-CP Điều 28(1)', basis: 'L2', confidence: 'Q' },
    { cite: 'Luật 126/2025/QH15 Điều 31(1)', basis: 'L1', confidence: 'V-en' },
    {
      cite: 'Luật 103/2016/QH13 Điều 36(1); NĐ 72/2013/NĐ-CP Điều 20(2)',
      basis: 'L3',
      confidence: 'V',
      history: true,
    },
  ],
  remedy: {
    vi: 'Ghi tên tác giả, tên cơ quan báo chí và thời gian đăng gốc ở mọi kênh phát lại.',
    en: 'Show author, press agency and original time on every output channel.',
  },
  caveat: {
    vi: 'Lời văn hiện hành trong Nghị định 147/2024 chưa được đọc. Với trang không phải báo chí, đây là chính sách.',
    en: 'The current wording in 147/2024 was not read. For sites other than press this is policy.',
  },
  parameters: {},
  needs: ['outputs'],
  uses: [],
  check({ item }, { outputs }) {
    if (item === undefined || outputs.length === 0) return 'unknown';
    const { authors } = item;
    return outputs.flatMap(({ channel, authors: shown, agency, published }) => {
      const at = `outputs.${channel}`;
      const missing = [];
      if (!agency?.trim())
        missing.push(
          found(
            `${at}.agency`,
            `Kênh ${channel} không ghi tên cơ quan.`,
            `The channel ${channel} does not name the agency.`,
          ),
        );
      if (authors.length > 0 && !shown.some(name => name.trim() !== ''))
        missing.push(
          found(
            `${at}.authors`,
            `Kênh ${channel} không ghi tác giả.`,
            `The channel ${channel} does not name the author.`,
          ),
        );
      if (item.published !== undefined && published !== item.published)
        missing.push(
          found(
            `${at}.published`,
            `Kênh ${channel} không ghi đúng thời điểm đăng gốc.`,
            `The channel ${channel} does not show the original time.`,
          ),
        );
      return missing;
    });
  },
});
