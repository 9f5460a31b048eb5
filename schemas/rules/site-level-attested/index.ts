import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** The security-level decision is on record, reviewed within the year. The record is judged, not its truth. */
export const siteLevelAttested = defineRule({
  id: 'site-level-attested',
  number: 16,
  scope: 'site',
  title: { vi: 'Hồ sơ cấp độ an toàn', en: 'Security level on record' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: true },
  clauses: [
    { cite: 'QĐ 1331/QĐ-BLĐTBXH mục (4)', basis: 'L3', confidence: 'S' },
    { cite: 'NĐ 85/2016/NĐ-CP Điều 9(3), 20(2)', basis: 'L3', confidence: 'V' },
    { cite: 'NĐ 331/2026/NĐ-CP', basis: 'L2', confidence: 'S' },
    { cite: 'NĐ 224/2026/NĐ-CP Điều 21(2)b, 23(4)a', basis: 'L1', confidence: 'V' },
  ],
  remedy: {
    vi: 'Khai số, ngày quyết định phê duyệt hồ sơ đề xuất cấp độ và rà soát hằng năm.',
    en: 'Record the level decision (number, date, approver) and review it yearly.',
  },
  caveat: {
    vi: 'Chương trình chỉ xét hồ sơ có đủ, không xét hồ sơ có đúng.',
    en: 'The record is checked, not its truth.',
  },
  parameters: {},
  needs: ['registry', 'now'],
  uses: [],
  check({ gateway }, { registry, now }) {
    const { level, decisionNo, decisionDate, approver, lastReviewed, fileHash } = registry.security ?? {};
    const findings = [];
    if (level === undefined || level < 1 || level > 5)
      findings.push(
        found('registry.security.level', 'Hồ sơ chưa ghi cấp độ (1–5).', 'No level (1–5) is on record.'),
      );
    else if (gateway && level < 3)
      findings.push(
        found(
          'registry.security.level',
          'Hệ thống dùng chung cần cấp độ 3 trở lên.',
          'A shared system needs level 3 or higher.',
        ),
      );
    if (decisionNo === undefined || decisionDate === undefined || approver === undefined)
      findings.push(
        found(
          'registry.security.decisionNo',
          'Thiếu số, ngày hoặc người phê duyệt quyết định cấp độ.',
          'Number, date or approver of the decision is missing.',
        ),
      );
    if (lastReviewed === undefined || now - lastReviewed > 365 * 86_400_000)
      findings.push(
        found(
          'registry.security.lastReviewedAt',
          'Chưa rà soát trong 365 ngày.',
          'Not reviewed within 365 days.',
        ),
      );
    if (fileHash === undefined)
      findings.push(
        found(
          'registry.security.fileHash',
          'Thiếu mã băm của văn bản kèm theo.',
          'The hash of the attached file is missing.',
          { severity: 'should' },
        ),
      );
    return findings;
  },
});
