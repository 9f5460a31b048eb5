import { type LegacyText, TCVN3, VISCII, VNI } from './tables.ts';

/** Where decoding puts bytes of old charsets that would not survive as characters: control characters, and those of windows-1252. */
const PRIVATE = 0xf700;

/** Bytes of an old charset as text, each byte recoverable: 80 to 9F and control characters go to the private use area. */
export function legacyBytesAsText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK).values());
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are letters in VISCII
  return text.replace(/[\x02\x05\x06\x14\x19\x1e\x80-\x9f]/g, letter =>
    String.fromCharCode(PRIVATE + letter.charCodeAt(0)),
  );
}

const CHUNK = 8_192;

/** Text in an old charset, however it was decoded (windows-1252, Latin-1, `legacyBytesAsText`) → Unicode, composed. */
export function fromLegacyText(text: string, charset: LegacyText): string {
  if (charset === 'vni') return fromVni(text);
  const table = charset === 'tcvn3' ? TCVN3 : VISCII;
  const letters = text.replace(ALL, letter => {
    const byte = byteOf(letter);
    return (byte === undefined ? undefined : table.get(byte)) ?? letter;
  });
  return charset === 'tcvn3' ? withCapitals(letters, text) : letters;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are letters in VISCII
const ALL = /[\x02\x05\x06\x14\x19\x1e\u0080-\uffff]/g;

function fromVni(text: string): string {
  const plain = text.replace(/[\uf780-\uf79f]/g, letter =>
    String.fromCharCode(letter.charCodeAt(0) - PRIVATE),
  );
  return plain.replace(LETTER_OF_VNI, letter => VNI.get(letter) ?? letter);
}

/** A letter with its mark, or a letter that needs none. */
const LETTER_OF_VNI = /[aeouyôö][ùøûõïâáàåãäêéèúüë]|[ôöñæóòîíì]/gi;

/** What windows-1252 makes of 80 to 9F, in their order; a blank where it knows no character. */
const WINDOWS_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

function byteOf(letter: string): number | undefined {
  const code = letter.charCodeAt(0);
  if (code <= 0xff) return code;
  if (code >= PRIVATE && code <= PRIVATE + 0xff) return code - PRIVATE;
  const at = WINDOWS_1252.indexOf(letter);
  return at < 0 ? undefined : 0x80 + at;
}

/**
 * Capitals with tones have no byte in TCVN3: a font of capitals shows the small ones so. A run of words without one plain small
 * letter, of which one at least has two capitals, was set in such a font.
 */
function withCapitals(letters: string, before: string): string {
  if (letters === before) return letters;
  return letters.replace(RUN_WITHOUT_SMALL, run =>
    /[A-ZĂÂÊÔƠƯĐ]\p{L}*[A-ZĂÂÊÔƠƯĐ]/u.test(run) ? run.toUpperCase() : run,
  );
}

const RUN_WITHOUT_SMALL =
  /(?<![\p{L}\p{M}])(?:(?![a-z])\p{L})+(?:[\s,–-]{1,3}(?:(?![a-z])\p{L})+)*(?![\p{L}\p{M}])/gu;
