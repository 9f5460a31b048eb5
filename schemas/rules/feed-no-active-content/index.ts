import { bare, hostOf } from '../addresses.ts';
import { capped, found } from '../found.ts';
import { defineRule } from '../rule.ts';
import { activeContent } from './active-content.ts';

/** No script, embedded object, form or handler in the content of entries. Always stripped. */
export const feedNoActiveContent = defineRule({
  id: 'feed-no-active-content',
  number: 24,
  scope: 'feed',
  title: { vi: 'Không có mã chạy trong luồng tin', en: 'No active content' },
  severity: 'must',
  consequence: 'trim',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'NĐ 224/2026/NĐ-CP Điều 21(4)b (nghĩa vụ an toàn chung)', basis: 'L1', confidence: 'V' },
    { cite: 'W3C feed validator: SecurityRisk', basis: 'I', confidence: 'V' },
  ],
  remedy: {
    vi: 'Loại bỏ mã kịch bản và thành phần nhúng khỏi nội dung luồng tin.',
    en: 'Strip scripts and embedded objects from feed content.',
  },
  example: '<content:encoded><![CDATA[<p>…</p><img src="https://…" alt="…">]]></content:encoded>',

  parameters: {
    frameHosts: {
      default: [] as readonly string[],
      about: { vi: 'Tên miền được phép nhúng bằng iframe', en: 'Hosts that may be embedded by iframe' },
    },
  },
  needs: [],
  uses: [],
  check({ feed }, _given, { frameHosts }) {
    if (feed === undefined) return 'unknown';
    const allowed = new Set(frameHosts.map(bare));
    const findings = feed.entries.flatMap(({ content, summary }, n) =>
      [
        ['content', content],
        ['summary', summary],
      ].flatMap(([at, text]) => {
        if (typeof text !== 'object' || text.type === 'text' || typeof at !== 'string') return [];
        const kinds = activeContent(text.value, src => allowed.has(bare(hostOf(src) ?? '')));
        return kinds.length > 0
          ? [
              found(
                `entries[${n}].${at}`,
                `Nội dung có ${kinds.join(', ')}.`,
                `The content has ${kinds.join(', ')}.`,
              ),
            ]
          : [];
      }),
    );
    return capped(findings);
  },
});
