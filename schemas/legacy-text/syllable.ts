const ONSET = '(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?';
const NUCLEUS = '(?:uyê|uya|iê|yê|ia|ya|oa|oă|oe|oo|uâ|uê|uơ|uy|ưa|ươ|ua|uô|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)';
const CODA = '(?:ch|ng|nh|[cmnptiyou])?';
const SYLLABLE = new RegExp(`^${ONSET}${NUCLEUS}${CODA}$`);
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** Could this word be a Vietnamese syllable, by its letters? One tone mark at most. Any case, any normal form. */
export function isVietnameseSyllable(word: string): boolean {
  const parts = word.normalize('NFD').toLowerCase();
  if ((parts.match(TONES)?.length ?? 0) > 1) return false;
  return SYLLABLE.test(parts.replace(TONES, '').normalize('NFC'));
}
