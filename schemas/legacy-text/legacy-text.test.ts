import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import type { Entry } from '../entry.ts';
import { decode } from '../formats/decode.ts';
import { fromLegacyText } from './from-legacy-text.ts';
import { legacyEntry } from './legacy-entry.ts';
import { signsOfLegacyText } from './signs.ts';
import { isVietnameseSyllable } from './syllable.ts';
import { LEGACY_TEXTS, type LegacyText, TCVN3, VISCII, VNI } from './tables.ts';

const MOTTO = 'Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc';
const NEWS =
  'Người lao động tham gia bảo hiểm thất nghiệp được hưởng trợ cấp, hỗ trợ học nghề và tư vấn, giới thiệu việc làm ở các trung tâm dịch vụ việc làm trước ngày mười lăm tháng mười một; những trường hợp nghỉ ốm đã được chuyển sang kỳ sau, quỹ ấy vẫn còn nguyên.';

/** The charset's own bytes or characters of a text, by its table backwards. */
function written(text: string, charset: LegacyText): string {
  if (charset === 'vni') {
    const back = new Map([...VNI].toReversed().map(([from, to]) => [to, from]));
    return [...text].map(letter => back.get(letter) ?? letter).join('');
  }
  const table = charset === 'tcvn3' ? TCVN3 : VISCII;
  const back = new Map([...table].map(([byte, letter]) => [letter, String.fromCharCode(byte)]));
  return [...text].map(letter => back.get(letter) ?? letter).join('');
}

describe('the tables', () => {
  it.each([
    ['tcvn3', 'tcvn', TCVN3, 0xa1],
    ['viscii', 'viscii', VISCII, 0x80],
  ] as const)('of %s are those of another hand', (_name, encoding, table, from) => {
    for (const [byte, letter] of table) {
      if (byte >= from) expect([byte, letter]).toEqual([byte, iconv.decode(Buffer.from([byte]), encoding)]);
    }
    expect(new Set(table.values()).size).toBe(table.size);
  });

  it('have all 134 letters of the language, but for the capitals that TCVN3 leaves to a font', () => {
    expect(VISCII.size).toBe(134);
    expect(TCVN3.size).toBe(67 + 7);
    expect(new Set([...VNI.values()]).size).toBe(134);
  });
});

describe('texts as they were typed', () => {
  it.each([
    ['tcvn3', 'Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc', MOTTO],
    ['vni', 'Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc', MOTTO],
    ['vni', 'Tröôùc ngöôøi, COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA', 'Trước người, CỘNG HÒA XÃ HỘI CHỦ NGHĨA'],
    // Set in a font of capitals.
    ['tcvn3', 'Bé LAO §éNG - TH¦¥NG BINH Vµ X· HéI', 'BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI'],
  ] as const)('%s: %s', (charset, text, plain) => {
    expect(fromLegacyText(text, charset)).toBe(plain);
    // As another program would have decoded it.
    expect(fromLegacyText(iconv.decode(iconv.encode(text, 'windows-1252'), 'windows-1252'), charset)).toBe(
      plain,
    );
  });

  it.each(LEGACY_TEXTS)('%s survives bytes, decoding and back', charset => {
    const bytes = Buffer.from(written(NEWS, charset), 'latin1');
    const { text, encoding } = decode(bytes, {
      legacyText: charset,
      headers: { 'content-type': 'text/html; charset=windows-1258' },
    });
    expect(encoding).toBe(charset);
    expect(fromLegacyText(text, charset)).toBe(NEWS);
  });

  it('keeps the six capitals of VISCII that are control characters elsewhere', () => {
    const bytes = Buffer.from(written('Ẳ Ẵ Ẫ Ỷ Ỹ Ỵ ạ', 'viscii'), 'latin1');
    expect(fromLegacyText(decode(bytes, { legacyText: 'viscii' }).text, 'viscii')).toBe('Ẳ Ẵ Ẫ Ỷ Ỹ Ỵ ạ');
  });
});

describe('signs', () => {
  it.each(LEGACY_TEXTS)('are seen in %s', charset => {
    expect(signsOfLegacyText(written(NEWS, charset))).toBe(charset);
  });

  it.each([
    ['Unicode', NEWS],
    ['decomposed Unicode', NEWS.normalize('NFD')],
    ['English', 'The department of employment reports that café and naïve are façade words, déjà vu.'],
    [
      'French',
      'Le ministère a décidé d’élargir l’accès à la formation: élèves, étudiants, salariés et chômeurs.',
    ],
    ['no text', ''],
    ['too little', written('Người lao động', 'tcvn3')],
    ['Thai', 'กระทรวงแรงงานและสวัสดิการสังคม ประกาศ รับสมัคร งาน ใหม่ ทุก จังหวัด'],
  ])('are not seen in %s', (_name, text) => {
    expect(signsOfLegacyText(text)).toBeUndefined();
  });

  it.each(['nghiêng', 'khuya', 'quyết', 'giếng', 'ướt', 'Đường', 'uyển', 'thuở', 'Ý'])(
    '%s is a syllable',
    word => {
      expect(isVietnameseSyllable(word)).toBe(true);
      expect(isVietnameseSyllable(word.normalize('NFD'))).toBe(true);
    },
  );
  it.each(['x·', 'Thoâng', 'hä»c', 'naïve', 'déjàvu', ''])('%s is none', word => {
    expect(isVietnameseSyllable(word)).toBe(false);
  });
});

describe('an entry', () => {
  const entry = (title: string, content: string): Entry => ({
    link: 'https://a.example.vn/tin/1',
    title: { type: 'text', value: title },
    content: { type: 'html', value: content },
    authors: [{ name: written('Lê Thị Hường', 'tcvn3') }],
    categories: [written('Việc làm', 'tcvn3')],
    media: [{ url: 'https://a.example.vn/1.jpg', alt: written('Ảnh người thợ', 'tcvn3').replace('Ả', '¶') }],
    own: { type: 'X', fields: { signedBy: written('Cục trưởng', 'tcvn3'), number: 12 } },
  });

  it('is read in all that people see, and nowhere else', () => {
    const html = `<p class="MsoNormal" title="${written('việc', 'tcvn3')}">${written('Người lao động hưởng trợ cấp', 'tcvn3')} &amp; &#174;&#183; <a href="/t×m?q=é">x</a></p>`;
    const read = legacyEntry(entry(written('Thông báo tuyển dụng', 'tcvn3'), html), 'tcvn3');
    expect(read.title?.value).toBe('Thông báo tuyển dụng');
    expect(read.content?.value).toBe(
      '<p class="MsoNormal" title="việc">Người lao động hưởng trợ cấp &amp; đã <a href="/t×m?q=é">x</a></p>',
    );
    expect(read.authors[0]?.name).toBe('Lê Thị Hường');
    expect(read.categories).toEqual(['Việc làm']);
    expect(read.own?.fields).toEqual({ signedBy: 'Cục trưởng', number: 12 });
  });

  it('stays as it is when it is Unicode already', () => {
    const modern = entry('Thông báo', `<p>${NEWS}</p>`);
    expect(legacyEntry(modern, 'tcvn3')).toBe(modern);
    const short = entry('Thông báo', '<p>á à</p>');
    expect(legacyEntry(short, 'tcvn3').title?.value).toBe('Thông báo');
  });
});
