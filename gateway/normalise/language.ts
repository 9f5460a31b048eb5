import { toLanguageTag } from '../../schemas/markup.ts';

/** Letters that Vietnamese has and its neighbours in our feeds don't. */
const VIETNAMESE =
  /[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĂĐƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ]/g;
const SAMPLE = 600;
/** Of all letters; Vietnamese prose has 15 to 25 %. */
const SHARE = 0.04;

/**
 * BCP 47, shortest form (`vi`, `en`, `zh-TW`). A language that the text itself shows beats what a whole source says of
 * itself, because a CMS installed in English labels Vietnamese feeds `en-US`; what an entry says of itself beats both.
 */
export function languageOf(
  entry: string | undefined,
  source: string | undefined,
  text: string,
): string | undefined {
  return tag(entry) ?? (isVietnamese(text) ? 'vi' : tag(source));
}

function isVietnamese(text: string): boolean {
  const sample = text.slice(0, SAMPLE);
  const letters = sample.match(VIETNAMESE)?.length ?? 0;
  return letters >= 3 && letters / sample.length >= SHARE;
}

/** `vn` is the country; `vi_VN` is how programs write it. */
function tag(declared: string | undefined): string | undefined {
  const written = toLanguageTag(declared?.trim().replaceAll('_', '-'));
  if (written === undefined) return undefined;
  if (/^vn$/i.test(written)) return 'vi';
  try {
    const locale = new Intl.Locale(written).minimize();
    return locale.toString();
  } catch {
    return undefined;
  }
}
