const ENGLISH = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** By their first letters, without accents, in the languages that were met in feeds: Greek, Hungarian, French, German, Spanish. */
const OTHERS: readonly (readonly [string, number])[] = [
  ['ιαν', 1],
  ['φεβ', 2],
  ['μαρ', 3],
  ['μαω', 3],
  ['απρ', 4],
  ['μαι', 5],
  ['ιουλ', 7],
  ['ιολ', 7],
  ['ιουν', 6],
  ['ιον', 6],
  ['αυγ', 8],
  ['σεπ', 9],
  ['οκτ', 10],
  ['νοε', 11],
  ['δεκ', 12],
  ['maj', 5],
  ['mai', 5],
  ['szep', 9],
  ['okt', 10],
  ['fev', 2],
  ['avr', 4],
  ['juin', 6],
  ['juil', 7],
  ['aou', 8],
  ['dez', 12],
  ['ene', 1],
  ['abr', 4],
  ['ago', 8],
  ['dic', 12],
];

/** 1 to 12; `m11` stands for a Vietnamese `tháng 11`. */
export function monthNamed(word: string): number | undefined {
  const numbered = /^m(\d{1,2})$/.exec(word)?.[1];
  if (numbered) return Number(numbered);
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  if (!/^\p{L}{3,12}$/u.test(plain)) return undefined;
  const english = ENGLISH.findIndex(month => plain.startsWith(month));
  if (english >= 0) return english + 1;
  return OTHERS.find(([start]) => plain.startsWith(start))?.[1];
}
