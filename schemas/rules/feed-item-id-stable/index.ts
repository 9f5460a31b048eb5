import { capped, found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** Each entry has an id, one of its own, and keeps it. */
export const feedItemIdStable = defineRule({
  id: 'feed-item-id-stable',
  number: 21,
  scope: 'feed',
  title: { vi: 'Mã định danh tin ổn định', en: 'Stable item ids' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'W3C feed validator: MissingGuid, DuplicateIds, InvalidHttpGUID', basis: 'I', confidence: 'V' },
    { cite: 'IPTC ninjs: uri', basis: 'I', confidence: 'V' },
  ],
  remedy: {
    vi: 'Cấp mã định danh duy nhất, không đổi cho mỗi tin.',
    en: 'Give each item one unique id that never changes.',
  },
  example: '<guid isPermaLink="false">tag:don-vi.bo.gov.vn,2026:57695</guid>',
  caveat: {
    vi: 'Mã có đổi giữa các lượt thu hay không thì phải qua nhiều lượt mới thấy.',
    en: 'Whether an id changes between harvests is seen only over several of them.',
  },
  parameters: {},
  needs: [],
  uses: ['earlierIds'],
  check({ feed }, { earlierIds = [] }) {
    if (feed === undefined) return 'unknown';
    const seen = new Map<string, number>();
    const findings = feed.entries.flatMap(({ sourceId, link, idIsNoLink }, n) => {
      const at = `entries[${n}].id`;
      if (!sourceId?.trim()) return [found(at, 'Tin không có mã định danh.', 'The entry has no id.')];
      const first = seen.get(sourceId);
      if (first !== undefined)
        return [found(at, `Trùng mã với tin thứ ${first + 1}.`, `Shares its id with entry ${first + 1}.`)];
      seen.set(sourceId, n);
      if (idIsNoLink)
        return [
          found(
            at,
            'guid tự nhận là địa chỉ (isPermaLink) mà không phải địa chỉ http(s).',
            'The guid claims to be a permalink (isPermaLink) but is no http(s) address.',
          ),
        ];
      const changed =
        link !== undefined && earlierIds.some(ids => ids[link] !== undefined && ids[link] !== sourceId);
      return changed
        ? [
            found(
              at,
              'Cùng một địa chỉ mà mã định danh đã đổi.',
              'The same address came with another id before.',
            ),
          ]
        : [];
    });
    return capped(findings);
  },
});
