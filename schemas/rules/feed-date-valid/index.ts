import { readDate } from '../../dates.ts';
import { capped, found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** Dates as RFC 822 or RFC 3339 with a zone, not in the future, not before the site began. */
export const feedDateValid = defineRule({
  id: 'feed-date-valid',
  number: 22,
  scope: 'feed',
  title: { vi: 'Ngày giờ trong luồng đúng chuẩn', en: 'Valid dates in the feed' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    {
      cite: 'W3C feed validator: InvalidRFC2822Date, InvalidRFC3339Date, ImplausibleDate',
      basis: 'I',
      confidence: 'V',
    },
    { cite: 'NĐ 147/2024/NĐ-CP Điều 28(1) (mốc tính thời gian chờ)', basis: 'L2', confidence: 'Q' },
  ],
  remedy: {
    vi: 'Ghi thời gian theo RFC 822 hoặc RFC 3339 kèm múi giờ +07:00.',
    en: 'Use RFC 822 or RFC 3339 with the +07:00 zone.',
  },
  example: '<pubDate>Sat, 21 Nov 2026 08:30:00 +0700</pubDate>',

  parameters: {
    futureMinutes: {
      default: 10,
      about: {
        vi: 'Cho phép sớm hơn đồng hồ của chúng tôi bao nhiêu phút',
        en: 'Minutes a time may be ahead of our clock',
      },
    },
  },
  needs: ['now'],
  uses: ['registry'],
  check({ feed }, { now, registry }, { futureMinutes }) {
    if (feed === undefined) return 'unknown';
    const findings = feed.entries.flatMap(({ published }, n) => {
      if (published === undefined) return [];
      const at = `entries[${n}].published`;
      const date = readDate(published);
      if (date === undefined || !(RFC_822.test(published.trim()) || RFC_3339.test(published.trim())))
        return [
          found(
            at,
            'Ngày không theo RFC 822 hay RFC 3339 kèm múi giờ.',
            'The date is not RFC 822 or RFC 3339 with a zone.',
          ),
        ];
      if (date.at > now + futureMinutes * 60_000)
        return [found(at, 'Thời điểm ở tương lai.', 'The time is in the future.')];
      if (date.at < EARLIEST) return [found(at, 'Thời điểm không thể có thật.', 'The time is implausible.')];
      return registry?.launched !== undefined && date.at < registry.launched
        ? [found(at, 'Thời điểm trước ngày trang hoạt động.', 'The time is before the site was launched.')]
        : [];
    });
    return capped(findings);
  },
});

/** Nobody published on the Web before it was there. */
const EARLIEST = Date.UTC(1991, 7, 6);

const RFC_822 =
  /^(?:[A-Z][a-z]{2},\s)?\d{1,2}\s[A-Z][a-z]{2}\s\d{4}\s\d{2}:\d{2}(?::\d{2})?\s(?:[+-]\d{4}|GMT|UT|Z|[ECMP][SD]T)$/;
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/i;
