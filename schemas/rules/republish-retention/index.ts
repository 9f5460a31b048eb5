import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** Content, processing log and system log are kept long enough, the chain verifies, a restore was tried. */
export const republishRetention = defineRule({
  id: 'republish-retention',
  number: 58,
  scope: 'republication',
  title: { vi: 'Lưu nội dung và nhật ký', en: 'Retention of content and logs' },
  severity: 'must',
  consequence: 'own-duty',
  appliesTo: { kinds: [], gateway: true },
  clauses: [
    {
      cite: 'NĐ 72/2013/NĐ-CP Điều 23c(1)a (đã thay thế; Điều 27 NĐ 147/2024 chưa đọc)',
      basis: 'L3',
      confidence: 'V',
      history: true,
    },
    { cite: 'NĐ 333/2026/NĐ-CP Điều 16(6)c, 20(3)', basis: 'L2', confidence: 'S' },
    { cite: 'NĐ 47/2020/NĐ-CP Điều 45', basis: 'L3', confidence: 'V' },
    { cite: 'NĐ 237/2026/NĐ-CP Điều 19(1)a', basis: 'L1', confidence: 'V-ocr' },
  ],
  remedy: {
    vi: 'Lưu nội dung tối thiểu 90 ngày, nhật ký xử lý 02 năm, nhật ký hệ thống 12 tháng.',
    en: 'Keep content 90 days, processing logs 2 years, system logs 12 months.',
  },
  caveat: {
    vi: 'Các con số lấy từ nghị định đã thay thế hoặc nguồn thứ cấp.',
    en: 'The numbers are of a replaced decree or second-hand.',
  },
  parameters: {
    contentRetentionDays: {
      default: 90,
      about: { vi: 'Số ngày giữ nội dung sau khi đăng', en: 'Days content is kept after posting' },
    },
    processingLogYears: {
      default: 2,
      about: { vi: 'Số năm giữ nhật ký xử lý', en: 'Years the processing log is kept' },
    },
    systemLogMonths: {
      default: 12,
      about: { vi: 'Số tháng giữ nhật ký hệ thống', en: 'Months the system log is kept' },
    },
    restoreTestDays: {
      default: 180,
      about: {
        vi: 'Thử khôi phục cách đây nhiều nhất bao nhiêu ngày',
        en: 'Days since the last restore test, at most',
      },
    },
  },
  needs: ['retention', 'now'],
  uses: [],
  check(
    _subject,
    { retention, now },
    { contentRetentionDays, processingLogYears, systemLogMonths, restoreTestDays },
  ) {
    const {
      contentDays,
      processingLogDays,
      systemLogDays,
      runningDays,
      chainVerified,
      sealedCopies,
      lastRestoreTest,
    } = retention;
    const long = (kept: number, wanted: number) => kept >= Math.min(wanted, runningDays);
    const findings = [];
    if (!long(contentDays, contentRetentionDays))
      findings.push(
        found(
          'retention.contentDays',
          `Nội dung chỉ giữ ${contentDays} ngày.`,
          `Content is kept for ${contentDays} days only.`,
        ),
      );
    if (!long(processingLogDays, processingLogYears * 365))
      findings.push(
        found(
          'retention.processingLogDays',
          `Nhật ký xử lý chỉ giữ ${processingLogDays} ngày.`,
          `The processing log is kept for ${processingLogDays} days only.`,
        ),
      );
    if (!long(systemLogDays, systemLogMonths * 30))
      findings.push(
        found(
          'retention.systemLogDays',
          `Nhật ký hệ thống chỉ giữ ${systemLogDays} ngày.`,
          `The system log is kept for ${systemLogDays} days only.`,
        ),
      );
    if (!chainVerified)
      findings.push(
        found(
          'retention.chainVerified',
          'Chuỗi băm của sổ cái không khớp.',
          'The hash chain of the ledger does not verify.',
        ),
      );
    if (!sealedCopies)
      findings.push(
        found(
          'retention.sealedCopies',
          'Không có bản niêm phong của tin đã gỡ.',
          'Withdrawn items have no sealed copy.',
        ),
      );
    if (lastRestoreTest === undefined || now - lastRestoreTest > restoreTestDays * 86_400_000)
      findings.push(
        found(
          'retention.lastRestoreTest',
          `Chưa thử khôi phục trong ${restoreTestDays} ngày.`,
          `No restore test within ${restoreTestDays} days.`,
        ),
      );
    return findings;
  },
});
