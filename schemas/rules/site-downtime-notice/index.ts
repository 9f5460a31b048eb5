import { capped, found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** A planned stop was announced seven working days ahead, with the time of recovery. */
export const siteDowntimeNotice = defineRule({
  id: 'site-downtime-notice',
  number: 15,
  scope: 'site',
  title: { vi: 'Báo trước khi tạm dừng', en: 'Planned stops are announced' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit'], gateway: true },
  clauses: [{ cite: 'NĐ 224/2026/NĐ-CP Điều 13(1)a', basis: 'L1', confidence: 'V' }],
  remedy: {
    vi: 'Thông báo công khai trước ít nhất 07 ngày làm việc và nêu thời gian dự kiến khôi phục.',
    en: 'Announce at least 7 working days ahead with expected recovery time.',
  },
  caveat: {
    vi: 'Ngày làm việc là thứ Hai đến thứ Sáu, trừ các ngày nghỉ lễ được khai. Dừng không có kế hoạch thì không tính là lỗi.',
    en: 'Working days are Monday to Friday less the holidays declared. An unplanned stop is no breach by itself.',
  },
  parameters: {
    maintenanceNoticeWorkingDays: {
      default: 7,
      about: { vi: 'Số ngày làm việc báo trước', en: 'Working days of notice' },
    },
    holidays: {
      default: [] as readonly string[],
      about: { vi: 'Ngày nghỉ lễ (2026-09-02)', en: 'Public holidays (2026-09-02)' },
    },
  },
  needs: ['outages'],
  uses: [],
  check(_subject, { outages }, { maintenanceNoticeWorkingDays, holidays }) {
    const findings = outages.flatMap(({ from, to, planned }, n) => {
      if (planned === undefined || !(to - from >= 3_600_000)) return [];
      const noticed = planned.noticePublished;
      const late =
        noticed === undefined || workingDays(noticed, from, holidays) < maintenanceNoticeWorkingDays;
      const missing = [];
      if (late)
        missing.push(
          found(
            `outages[${n}].notice`,
            `Thông báo tạm dừng không trước đủ ${maintenanceNoticeWorkingDays} ngày làm việc.`,
            `The stop was not announced ${maintenanceNoticeWorkingDays} working days ahead.`,
          ),
        );
      if (planned.expectedRecovery === undefined)
        missing.push(
          found(
            `outages[${n}].recovery`,
            'Thông báo không nêu thời gian dự kiến khôi phục.',
            'The notice gives no time of recovery.',
          ),
        );
      return missing;
    });
    return capped(findings);
  },
});

const DAY = 86_400_000;
const HANOI = 7 * 3_600_000;

/** Working days after the notice's day and before the stop's, in Hanoi; no more than 60 are counted. */
function workingDays(notice: number, stop: number, holidays: readonly string[]): number {
  const first = Math.floor((notice + HANOI) / DAY) + 1;
  const last = Math.min(Math.floor((stop + HANOI) / DAY), first + 60);
  let count = 0;
  for (let day = first; day < last; day++) {
    const date = new Date(day * DAY);
    if (date.getUTCDay() % 6 !== 0 && !holidays.includes(date.toISOString().slice(0, 10))) count++;
  }
  return count;
}
