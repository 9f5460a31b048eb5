const MARKS = /\p{M}+/gu;
/** Grave, acute, tilde, hook above, dot below: the five written tones, as combining marks. */
const TONE = '[\\u0300\\u0301\\u0303\\u0309\\u0323]';
/** `hoà`, `khoẻ`: the tone stands on the second vowel of a syllable that ends there. */
const LATE_TONE = new RegExp(`(o)([ae])(${TONE})(?![\\p{L}\\p{M}])`, 'gu');
const LATE_TONE_UY = new RegExp(`(?<!q)(u)(y)(${TONE})(?![\\p{L}\\p{M}])`, 'gu');

/**
 * The form in which words are the same word to a Vietnamese reader who heeds accents: lower case, NFC, and one place
 * for the tone (`hoà` = `hòa`, `thuỷ` = `thủy`).
 */
export function exact(text: string): string {
  const apart = text.toLowerCase().normalize('NFD');
  return apart.replace(LATE_TONE, '$1$3$2').replace(LATE_TONE_UY, '$1$3$2').normalize('NFC');
}

/** The form in which `bao hiem` finds `bảo hiểm`: lower case, no marks, đ as d. The same on every engine. */
export function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(MARKS, '').replace(/đ/g, 'd').normalize('NFC');
}

/** The words of a text, in order: runs of letters, digits and marks. */
export function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

export interface WordForms {
  readonly exact: string;
  readonly folded: string;
}

/**
 * Both forms of each word of a text, in order. A newspaper uses a few thousand syllables again and again, so their forms
 * are remembered: forming them was most of what storing an item cost.
 */
export function wordForms(text: string): WordForms[] {
  const forms: WordForms[] = [];
  for (const word of words(text)) {
    const found = formsOf(word);
    // A mark that stands alone is no word.
    if (found.folded !== '') forms.push(found);
  }
  return forms;
}

const REMEMBERED = 20_000;
/** V8 copies pieces this short; a longer one would keep the whole text it was cut from in memory. */
const LONGEST_REMEMBERED = 12;
const remembered = new Map<string, WordForms>();

function formsOf(word: string): WordForms {
  const known = remembered.get(word);
  if (known) return known;
  const forms = { exact: exact(word), folded: fold(word) };
  if (word.length > LONGEST_REMEMBERED) return forms;
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(word, forms);
  return forms;
}
