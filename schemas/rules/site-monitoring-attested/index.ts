import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** The connection to a monitoring centre is on record, with a contact confirmed lately. */
export const siteMonitoringAttested = defineRule({
  id: 'site-monitoring-attested',
  number: 17,
  scope: 'site',
  title: { vi: 'Hồ sơ kết nối giám sát', en: 'Monitoring on record' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: true },
  clauses: [
    { cite: 'QĐ 1331/QĐ-BLĐTBXH mục (4) (NCSC)', basis: 'L3', confidence: 'S' },
    { cite: 'Luật 116/2025/QH15 Điều 40(1)b', basis: 'L2', confidence: 'S' },
    { cite: 'TT 31/2017/TT-BTTTT', basis: 'L3', confidence: 'V', history: true },
  ],
  remedy: {
    vi: 'Khai biên bản kết nối giám sát an toàn không gian mạng và đầu mối SOC còn hiệu lực.',
    en: 'Record the connection minutes to the monitoring centre and a live SOC contact.',
  },
  caveat: {
    vi: 'Kết nối thật không kiểm được từ bên ngoài.',
    en: 'The connection itself cannot be probed from outside.',
  },
  parameters: {
    centres: {
      default: [] as readonly string[],
      about: {
        vi: 'Tên các trung tâm được chấp nhận; rỗng là không xét',
        en: 'Accepted centres; empty: not judged',
      },
    },
    contactDays: {
      default: 180,
      about: {
        vi: 'Đầu mối phải được xác nhận trong bao nhiêu ngày',
        en: 'Days within which the contact was confirmed',
      },
    },
  },
  needs: ['registry', 'now'],
  uses: [],
  check(_subject, { registry, now }, { centres, contactDays }) {
    const { centre, connectedAt, minutesNo, socContact, contactConfirmed } = registry.monitoring ?? {};
    const findings = [];
    if (centre === undefined)
      findings.push(
        found(
          'registry.monitoring.centre',
          'Hồ sơ chưa ghi trung tâm giám sát.',
          'No monitoring centre is on record.',
        ),
      );
    else if (centres.length > 0 && !centres.includes(centre))
      findings.push(
        found(
          'registry.monitoring.centre',
          'Trung tâm giám sát không có trong danh sách.',
          'The centre is not on the list.',
        ),
      );
    if (connectedAt === undefined || minutesNo === undefined)
      findings.push(
        found(
          'registry.monitoring.minutesNo',
          'Thiếu ngày hoặc số biên bản kết nối.',
          'Date or number of the connection minutes is missing.',
        ),
      );
    if (!socContact || contactConfirmed === undefined || now - contactConfirmed > contactDays * 86_400_000)
      findings.push(
        found(
          'registry.monitoring.socContact',
          `Đầu mối SOC chưa được xác nhận trong ${contactDays} ngày.`,
          `The SOC contact was not confirmed within ${contactDays} days.`,
        ),
      );
    return findings;
  },
});
