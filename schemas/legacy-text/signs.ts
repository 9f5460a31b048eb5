import { fromLegacyText } from './from-legacy-text.ts';
import { isVietnameseSyllable } from './syllable.ts';
import { LEGACY_TEXTS, type LegacyText } from './tables.ts';

/** Words with marks that must be there before anything is said of a charset. */
const ENOUGH = 5;
/** Share of them that must be syllables in the charset, and may at most be without it. */
const RIGHT = 0.85;
const WRONG = 0.5;

/** Is it written in this charset, rather than in Unicode? Where nothing can be told, no. */
export function isWrittenIn(text: string, charset: LegacyText): boolean {
  const before = syllables(text);
  const after = syllables(fromLegacyText(text, charset));
  return before.marked > 0 && after.right > before.right;
}

/** Words with marks that are no Vietnamese, as bytes of an old charset look when they are taken for another. */
export function hasLegacySigns(text: string): boolean {
  const { marked, right } = syllables(text);
  return marked >= ENOUGH && right <= marked * WRONG;
}

/** The charset that a text shows clear signs of; undefined for Unicode, for other languages, and for too little text. */
export function signsOfLegacyText(text: string): LegacyText | undefined {
  if (!hasLegacySigns(text)) return undefined;
  const ranked = LEGACY_TEXTS.map(charset => {
    const { marked, right } = syllables(fromLegacyText(text, charset));
    return { charset, share: marked === 0 ? 0 : right / marked };
  }).toSorted((one, other) => other.share - one.share);
  const [best] = ranked;
  return best && best.share >= RIGHT ? best.charset : undefined;
}

/** Words that have a letter beyond ASCII, and those of them that are Vietnamese syllables. */
function syllables(text: string): { readonly marked: number; readonly right: number } {
  const marked = text
    .slice(0, 20_000)
    .split(/[\s!-/:-@[-`{-~“”‘’…–—]+/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: anything beyond ASCII
    .filter(word => /[^\x00-\x7f]/.test(word));
  return { marked: marked.length, right: marked.filter(isVietnameseSyllable).length };
}
