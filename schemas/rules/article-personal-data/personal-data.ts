/** A kind of personal data and how it looks. The values themselves never leave this file. */
interface Kind {
  readonly id: string;
  readonly vi: string;
  readonly en: string;
  readonly pattern: RegExp;
  /** One of these words must stand within reach before or after. */
  readonly near?: RegExp;
  /** And this too. */
  readonly beside?: RegExp;
  /** A person must look before it goes out. */
  readonly hold: boolean;
}

const KINDS: readonly Kind[] = [
  {
    id: 'id-number',
    vi: 'số định danh cá nhân (CCCD)',
    en: 'a personal id number',
    pattern: /(?<!\d)0\d{2}[0-3]\d{8}(?!\d)/g,
    near: /CCCD|căn cước|định danh/iu,
    hold: true,
  },
  {
    id: 'passport',
    vi: 'số hộ chiếu',
    en: 'a passport number',
    pattern: /(?<![\p{L}\d])[A-Z]\d{7}(?!\d)/gu,
    near: /hộ chiếu|passport/iu,
    hold: true,
  },
  {
    id: 'social-insurance',
    vi: 'số sổ bảo hiểm xã hội',
    en: 'a social insurance number',
    pattern: /(?<!\d)\d{10}(?!\d)/g,
    near: /BHXH|bảo hiểm xã hội/iu,
    hold: true,
  },
  // A name is two or more capitalised words in a row.
  {
    id: 'bank-account',
    vi: 'số tài khoản ngân hàng cạnh tên người',
    en: 'a bank account beside a name',
    pattern: /(?<!\d)\d{8,16}(?!\d)/g,
    beside: /\p{Lu}\p{L}{0,15}\s\p{Lu}\p{L}/u,
    near: /STK|tài khoản/iu,
    hold: true,
  },
  {
    id: 'mobile',
    vi: 'số điện thoại di động cá nhân',
    en: 'a personal mobile number',
    pattern: /(?<![\d.])(?:\+84|0)[ .-]?[35789]\d(?:[ .-]?\d){7}(?!\d)/g,
    hold: false,
  },
  {
    id: 'id-card-picture',
    vi: 'ảnh giấy tờ tuỳ thân',
    en: 'a picture of an id card',
    pattern: /(?:cccd|can[-_]?cuoc|cmnd|ho[-_]?chieu|passport)[\w-]{0,60}\.(?:jpe?g|png|webp|heic)/gi,
    hold: true,
  },
];

const REACH = 60;
const MAX_CHARACTERS = 200_000;

/** Which kinds a text holds, and how often. Whole hits only; nothing of their text. */
export function personalData(
  text: string,
  hotlines: readonly string[],
): { readonly kind: Kind; readonly count: number }[] {
  const read = text.normalize('NFC').slice(0, MAX_CHARACTERS);
  const known = new Set(hotlines.map(digits));
  return KINDS.flatMap(kind => {
    const hits = [...read.matchAll(kind.pattern)].filter(
      ({ 0: hit, index }) =>
        isNear(read, index, hit.length, kind.near) &&
        isNear(read, index, hit.length, kind.beside) &&
        !(kind.id === 'mobile' && known.has(digits(hit))),
    );
    return hits.length > 0 ? [{ kind, count: hits.length }] : [];
  });
}

function isNear(text: string, index: number, length: number, words: RegExp | undefined): boolean {
  return words === undefined || words.test(text.slice(Math.max(0, index - REACH), index + length + REACH));
}

function digits(number: string): string {
  return number.replace(/\D/g, '').replace(/^84/, '0');
}
