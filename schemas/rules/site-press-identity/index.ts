import { fold } from '../../fold.ts';
import { capped, found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** A paper's governing body on its pages, licence and head in the home footer. */
export const sitePressIdentity = defineRule({
  id: 'site-press-identity',
  number: 9,
  scope: 'site',
  title: { vi: 'Măng-sét và thông tin giấy phép của báo', en: 'Masthead and imprint of a paper' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['press'], gateway: false },
  clauses: [
    { cite: 'NĐ 237/2026/NĐ-CP Điều 23(1)–(2)', basis: 'L1', confidence: 'V-ocr' },
    { cite: 'Luật 126/2025/QH15 Điều 40(1)a', basis: 'L1', confidence: 'V-en' },
  ],
  remedy: {
    vi: 'Cập nhật măng-sét trên mọi trang và thông tin giấy phép, người đứng đầu ở chân trang chủ; sửa tên cơ quan chủ quản sau sáp nhập.',
    en: 'Fix the masthead on every page and the imprint in the home footer; update the governing body after the merger.',
  },
  example: 'Cơ quan chủ quản: …; Giấy phép số 123/GP-… ngày 05/03/2026; Tổng biên tập: Nguyễn Văn A',
  caveat: {
    vi: 'Nhận bằng từ khoá; tên cơ quan chủ quản chỉ so được khi có trong hồ sơ.',
    en: 'Recognised by keywords; the governing body is compared only when on record.',
  },
  parameters: {},
  needs: ['homepage'],
  uses: ['pages', 'registry'],
  check(_subject, { homepage, pages = [], registry }) {
    if (homepage.shell) return 'unknown';
    const footer = (homepage.footerText || homepage.text.slice(-5_000)).normalize('NFC');
    const findings = [];
    const licence = /giấy phép[\s\S]{0,120}?\d{1,5}\s{0,3}\/[\s\S]{0,80}/iu.exec(footer)?.[0];
    if (licence === undefined)
      findings.push(
        found('homepage.licence', 'Chân trang không có số giấy phép.', 'The footer has no licence number.'),
      );
    else if (!/ngày\s{0,3}\d{1,2}|\d{1,2}[/-]\d{1,2}[/-]\d{4}/iu.test(licence))
      findings.push(found('homepage.licence', 'Giấy phép không ghi ngày cấp.', 'The licence has no date.'));
    if (!/tổng biên tập|phụ trách|người đứng đầu/iu.test(footer))
      findings.push(
        found('homepage.head', 'Chân trang không nêu người đứng đầu.', 'The footer does not name the head.'),
      );
    const body = registry?.governingBody;
    [homepage, ...pages].forEach((page, n) => {
      const at = n === 0 ? 'homepage.governing' : `pages[${n - 1}].governing`;
      const named =
        body === undefined
          ? /cơ quan (?:chủ quản|của)/iu.test(page.text)
          : fold(page.text).includes(fold(body));
      if (!page.shell && !named)
        findings.push(
          found(
            at,
            'Không thấy tên cơ quan chủ quản (đúng hồ sơ).',
            'The governing body (as on record) was not found.',
          ),
        );
    });
    return capped(findings);
  },
});
