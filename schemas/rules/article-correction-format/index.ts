import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** A correction has the prescribed title, names the work, its section and date, and both contents. */
export const articleCorrectionFormat = defineRule({
  id: 'article-correction-format',
  number: 40,
  scope: 'item',
  title: { vi: 'Đúng thể thức cải chính, xin lỗi', en: 'Form of a correction' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['press'], gateway: false },
  clauses: [{ cite: 'NĐ 237/2026/NĐ-CP Điều 19(1)a, 19(2), 19(3)a', basis: 'L1', confidence: 'V-ocr' }],
  remedy: {
    vi: 'Dùng tiêu đề “Thông tin cải chính, xin lỗi”, nêu tên tác phẩm, chuyên mục, ngày đăng, nội dung sai và nội dung đúng.',
    en: 'Use the prescribed title and name the work, section, date, false and corrected content.',
  },
  example:
    'Thông tin cải chính, xin lỗi: bài “…”, chuyên mục …, ngày 21/11/2026; nội dung sai: …; nội dung đúng: …',
  caveat: {
    vi: 'Nội dung sai, nội dung đúng và tên tác phẩm được nhận bằng từ khoá; việc mục riêng có lối từ trang chủ và số ngày giữ chưa được xét ở đây.',
    en: 'The parts are recognised by keywords; the dedicated section and the days it stays are not judged here.',
  },
  parameters: {
    correctionMinDays: {
      default: 0,
      about: {
        vi: 'Số ngày giữ tin cải chính; 0 là chưa đặt (chữ số trong bản đọc bị mất, hỏi Bộ)',
        en: 'Days a correction stays; 0 is unset (the digit was lost in the copy read: ask the Ministry)',
      },
    },
  },
  needs: [],
  uses: ['knownLinks', 'page', 'now'],
  check({ item }, { knownLinks = {} }) {
    const isCorrection = /cải chính|đính chính/iu.test(
      [item.title, ...item.categories].join(' ').normalize('NFC').slice(0, 2_000),
    );
    if (!isCorrection) return [];
    const text = item.contentText.normalize('NFC').slice(0, 100_000);
    const findings = [];
    if (!/thông tin cải chính, xin lỗi/iu.test(item.title.normalize('NFC')))
      findings.push(
        found(
          'title',
          'Tiêu đề không có “Thông tin cải chính, xin lỗi”.',
          'The title lacks "Thông tin cải chính, xin lỗi".',
        ),
      );
    if (!/\d{1,2}[/-]\d{1,2}[/-]\d{4}|ngày \d{1,2} tháng \d{1,2}/u.test(text))
      findings.push(
        found(
          'content.date',
          'Không thấy ngày đăng của tác phẩm được cải chính.',
          'The date of the corrected work was not found.',
        ),
      );
    if (!/["“][^"”]{5,300}["”]|(?:bài|tin|tác phẩm)\s*:/iu.test(text))
      findings.push(
        found(
          'content.work',
          'Không thấy tên tác phẩm được cải chính.',
          'The name of the corrected work was not found.',
        ),
      );
    if (!/chuyên mục|mục /iu.test(text))
      findings.push(
        found(
          'content.section',
          'Không thấy chuyên mục của tác phẩm được cải chính.',
          'The section of the corrected work was not found.',
        ),
      );
    const both =
      /nội dung sai|thông tin sai|đã (?:viết|đưa|nêu) sai/iu.test(text) &&
      /nội dung đúng|xin (?:được )?sửa|sửa lại|thông tin đúng|đính chính lại/iu.test(text);
    const linked = Object.keys(knownLinks).some(
      link => link !== item.link && link.length > 8 && item.content.includes(link),
    );
    if (!both && !linked)
      findings.push(
        found(
          'content.corrected',
          'Không thấy đủ nội dung sai và nội dung đúng, cũng không có liên kết tới bài được cải chính.',
          'Neither both the false and the corrected content nor a link to the corrected item was found.',
        ),
      );
    return findings;
  },
});
