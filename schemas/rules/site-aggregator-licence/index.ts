import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** Where whole press items are re-posted, a licence is on record and its number shown. Asks for a legal review, no more. */
export const siteAggregatorLicence = defineRule({
  id: 'site-aggregator-licence',
  number: 10,
  scope: 'site',
  title: { vi: 'Giấy phép khi đăng lại toàn văn báo chí', en: 'Licence for re-posting press in full' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit'], gateway: true },
  clauses: [
    { cite: 'NĐ 147/2024/NĐ-CP Điều 24', basis: 'L2', confidence: 'Q' },
    { cite: 'TT 09/2014/TT-BTTTT Điều 2(3)', basis: 'L3', confidence: 'V', history: true },
  ],
  remedy: {
    vi: 'Ngừng đăng lại toàn văn tin báo chí hoặc hoàn thành thủ tục cấp phép trang tổng hợp; hiển thị số giấy phép.',
    en: 'Stop full re-posting of press items or obtain the aggregator licence and display its number.',
  },
  caveat: {
    vi: 'Kết quả là đề nghị xem xét pháp lý, không kết luận đúng sai.',
    en: 'The result asks for a legal review, it concludes nothing.',
  },
  parameters: {},
  needs: ['pressReposts'],
  uses: ['registry', 'homepage', 'now'],
  check(_subject, { pressReposts, registry, homepage, now }) {
    if (pressReposts.fullText === 0) return [];
    if (registry === undefined) return 'unknown';
    const licence = registry.aggregatorLicence;
    if (licence?.no === undefined || licence.date === undefined || licence.issuer === undefined)
      return [
        found(
          'registry.aggregatorLicence',
          'Có đăng lại toàn văn tin báo chí mà hồ sơ chưa có giấy phép trang tổng hợp: cần xem xét pháp lý.',
          'Press items are re-posted in full and no aggregator licence is on record: needs legal review.',
        ),
      ];
    const findings = [];
    if (licence.expires !== undefined && now !== undefined && licence.expires < now)
      findings.push(
        found(
          'registry.aggregatorLicence.expires',
          'Giấy phép trong hồ sơ đã quá hạn: cần xem xét pháp lý.',
          'The licence on record has expired: needs legal review.',
        ),
      );
    if (homepage && !homepage.shell && !homepage.text.includes(licence.no))
      findings.push(
        found(
          'homepage.licence',
          'Trang chủ không hiện số giấy phép trong hồ sơ.',
          'The home page does not show the licence number on record.',
        ),
      );
    return findings;
  },
});
