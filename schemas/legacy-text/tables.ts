/**
 * Vietnamese charsets from before Unicode that no document declares: TCVN3 (ABC fonts; the letters of TCVN 5712:1993, VN3), VNI
 * for Windows (a letter and a mark behind it), VISCII (RFC 1456).
 */
export const LEGACY_TEXTS = ['tcvn3', 'vni', 'viscii'] as const;
export type LegacyText = (typeof LEGACY_TEXTS)[number];

/** Bytes A1 to FE in a row; `\0` where there is no letter. Capitals with tones have no byte: fonts of their own show them. */
const TCVN3_ROW =
  'ĂÂÊÔƠƯĐăâêôơưđ\0\0\0\0\0\0àảãáạ\0ằẳẵắ\0\0\0\0\0\0\0ặầẩẫấậè\0ẻẽéẹềểễếệì' +
  'ỉ\0\0\0ĩíịò\0ỏõóọồổỗốộờởỡớợù\0ủũúụừửữứựỳỷỹýỵ';

/** Byte → letter. */
export const TCVN3: ReadonlyMap<number, string> = new Map(
  [...TCVN3_ROW].flatMap((letter, at): [number, string][] => (letter === '\0' ? [] : [[0xa1 + at, letter]])),
);

const VISCII_HIGH =
  'ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ';

/** Byte → letter; six capitals stand among the control characters. */
export const VISCII: ReadonlyMap<number, string> = new Map<number, string>([
  [0x02, 'Ẳ'],
  [0x05, 'Ẵ'],
  [0x06, 'Ẫ'],
  [0x14, 'Ỷ'],
  [0x19, 'Ỹ'],
  [0x1e, 'Ỵ'],
  ...[...VISCII_HIGH].map((letter, at): [number, string] => [0x80 + at, letter]),
]);

/** Marks that stand behind a letter, by what they do to it. */
const VNI_TONES = { ù: '\u0301', ø: '\u0300', û: '\u0309', õ: '\u0303', ï: '\u0323' } as const;
const VNI_CIRCUMFLEX = { â: '', á: '\u0301', à: '\u0300', å: '\u0309', ã: '\u0303', ä: '\u0323' } as const;
const VNI_BREVE = { ê: '', é: '\u0301', è: '\u0300', ú: '\u0309', ü: '\u0303', ë: '\u0323' } as const;
const VNI_ALONE = { ô: 'ơ', ö: 'ư', ñ: 'đ', æ: 'ỉ', ó: 'ĩ', ò: 'ị', î: 'ỵ', í: 'í', ì: 'ì' } as const;

/** One or two characters → letter, small and capital. Longest first is for the reader to see to. */
export const VNI: ReadonlyMap<string, string> = new Map([
  ...both(entriesOf(VNI_ALONE)),
  ...both(withMarks('aeouyôö', VNI_TONES, letter => ({ ô: 'ơ', ö: 'ư' })[letter] ?? letter)),
  ...both(withMarks('aeo', VNI_CIRCUMFLEX, letter => `${letter}\u0302`)),
  ...both(withMarks('a', VNI_BREVE, letter => `${letter}\u0306`)),
]);

function withMarks(
  letters: string,
  marks: Readonly<Record<string, string>>,
  base: (letter: string) => string,
): [string, string][] {
  return [...letters].flatMap(letter =>
    Object.entries(marks).map(([mark, tone]): [string, string] => [
      letter + mark,
      (base(letter) + tone).normalize('NFC'),
    ]),
  );
}

function entriesOf(table: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(table);
}

/** Fonts write the mark of a capital as a capital, typists often don't. */
function both(pairs: readonly [string, string][]): [string, string][] {
  return pairs.flatMap(([from, to]): [string, string][] => {
    const [letter = '', mark = ''] = from;
    const capital: [string, string] = [from.toUpperCase(), to.toUpperCase()];
    return mark === ''
      ? [[from, to], capital]
      : [[from, to], capital, [letter.toUpperCase() + mark, to.toUpperCase()]];
  });
}
