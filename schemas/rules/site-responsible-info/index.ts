import { fold } from '../../fold.ts';
import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** The home page names who manages the site, where, how to reach them, and who answers for content. */
export const siteResponsibleInfo = defineRule({
  id: 'site-responsible-info',
  number: 8,
  scope: 'site',
  title: { vi: 'Thông tin cơ quan chịu trách nhiệm', en: 'Who is responsible is stated' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: true },
  clauses: [{ cite: 'NĐ 174/2026/NĐ-CP Điều 93(1)', basis: 'L1', confidence: 'V-ocr' }],
  remedy: {
    vi: 'Bổ sung đủ ở chân trang: tên cơ quan quản lý, cơ quan chủ quản, địa chỉ, thư điện tử, điện thoại, người chịu trách nhiệm nội dung.',
    en: 'Complete the footer: managing body, governing body, address, e-mail, phone, content-responsible person.',
  },
  example:
    'Địa chỉ: …; ĐT: (024) 3xxx xxxx; Email: …@bo.gov.vn; Chịu trách nhiệm nội dung: Ông Nguyễn Văn A, Cục trưởng',
  caveat: {
    vi: 'Nhận bằng từ khoá trên trang chủ; tên cơ quan chỉ so được khi có trong hồ sơ.',
    en: 'Recognised by keywords; names are compared only when on record.',
  },
  parameters: {},
  needs: ['homepage'],
  uses: ['registry'],
  check(_subject, { homepage, registry }) {
    if (homepage.shell) return 'unknown';
    const text = homepage.text.normalize('NFC').slice(-100_000);
    const folded = fold(text);
    const findings = [];
    for (const [at, name, vi, en] of [
      ['owner', registry?.ownerName, 'cơ quan quản lý', 'managing body'],
      ['governing', registry?.governingBody, 'cơ quan chủ quản', 'governing body'],
    ] as const)
      if (name !== undefined && !folded.includes(fold(name)))
        findings.push(
          found(
            `homepage.${at}`,
            `Trang chủ không nêu tên ${vi} như trong hồ sơ.`,
            `The home page does not name the ${en} on record.`,
          ),
        );
    if (!/địa chỉ|trụ sở/iu.test(text))
      findings.push(found('homepage.address', 'Không thấy địa chỉ.', 'No postal address was found.'));
    if (!/[\w.+-]{1,64}(?:@|\s?\[at\]\s?)[\w-]{1,63}\.[\w.-]{2,100}/.test(text))
      findings.push(found('homepage.email', 'Không thấy thư điện tử.', 'No e-mail was found.'));
    if (!/(?:\(?0\d{1,3}\)?[ .-]?\d{3,4}[ .-]?\d{3,4}|1[89]00[ .]?\d{4})/.test(text))
      findings.push(found('homepage.phone', 'Không thấy điện thoại.', 'No phone was found.'));
    if (
      !/(?:chịu trách nhiệm(?: chính| nội dung| xuất bản)?|trưởng ban biên tập|tổng biên tập)[^\p{L}]{0,5}(?:ông|bà)?[^\p{L}]{0,3}\p{L}{2}/iu.test(
        text,
      )
    )
      findings.push(
        found(
          'homepage.responsible',
          'Không thấy người chịu trách nhiệm nội dung.',
          'No person responsible for content was found.',
        ),
      );
    return findings;
  },
});
