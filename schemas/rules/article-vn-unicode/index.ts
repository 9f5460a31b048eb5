import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** Texts are Unicode: no letters of TCVN3 left, no private-use code points, no control characters. */
export const articleVnUnicode = defineRule({
  id: 'article-vn-unicode',
  number: 32,
  scope: 'item',
  title: { vi: 'Văn bản tiếng Việt là Unicode', en: 'Vietnamese text is Unicode' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'TT 39/2017/TT-BTTTT phụ lục 3.14 (TCVN 6909:2001)', basis: 'L3', confidence: 'S' },
    { cite: 'TT 24/2011/TT-BTTTT Điều 5(2) (dữ liệu đặc tả)', basis: 'L3', confidence: 'V', history: true },
  ],
  remedy: {
    vi: 'Chuyển mã nội dung cũ (TCVN3, VNI) sang Unicode TCVN 6909:2001.',
    en: 'Convert legacy-coded text to Unicode.',
  },
  example: 'Bộ Nội vụ công bố kết quả đánh giá',
  caveat: {
    vi: 'Nhận ra TCVN3 bằng tần suất dấu đặc trưng, không nhận ra VNI. Giữ tin có tiêu đề hỏng chữ là để đọc được, không phải vì điều khoản nào buộc.',
    en: 'TCVN3 is recognised by how often its marks occur, VNI is not. Holding an item with a garbled title is for legibility, no clause asks for it.',
  },
  parameters: {},
  needs: [],
  uses: ['entry'],
  check({ item }, { entry }) {
    const texts = [
      ['title', item.title],
      ['summary', item.summary],
      ['content', item.contentText],
    ] as const;
    return texts.flatMap(([at, text]) => {
      const hold = at === 'title' ? { consequence: 'hold' as const } : {};
      if (looksLikeTcvn3(text, at === 'title' ? 2 : 3))
        return [
          found(
            at,
            'Có dấu hiệu chữ mã TCVN3 chưa chuyển sang Unicode.',
            'Looks like TCVN3 text that was not converted to Unicode.',
            hold,
          ),
        ];
      const written = at === 'content' ? text : `${text}${entry?.[at]?.value ?? ''}`;
      if (/[\ue000-\uf8ff]/.test(text))
        return [
          found(
            at,
            'Có ký tự vùng dùng riêng, thường do phông chữ cũ.',
            'Has private-use characters, usually of an old font.',
            hold,
          ),
        ];
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the rule looks for
      return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(written)
        ? [found(at, 'Có ký tự điều khiển.', 'Has control characters.')]
        : [];
    });
  },
});

const MARK = /[®¬µ¸¶·¹\u00ad]/g;

/** At least 3 % of the words hold a TCVN3 mark joined to letters, and enough different ones: a lone ® or soft hyphens are normal. */
function looksLikeTcvn3(text: string, distinct: number): boolean {
  const words = text.split(/\s+/).filter(word => word !== '');
  const joined = words.filter(word => /\p{L}[®¬µ¸¶·¹\u00ad]|[®¬µ¸¶·¹\u00ad]\p{L}/u.test(word));
  const marks = new Set(joined.flatMap(word => word.match(MARK) ?? []));
  return marks.size >= distinct && joined.length >= words.length * 0.03;
}
