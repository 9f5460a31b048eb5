import iconv from 'iconv-lite';

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** Vietnamese text in bytes of windows-1258, for tests: letters composed, tones apart. */
export function toWindows1258(text: string): Uint8Array {
  const apart = [...text.normalize('NFC')].map(letter => {
    const parts = letter.normalize('NFD');
    return parts.replace(TONES, '').normalize('NFC') + (parts.match(TONES) ?? []).join('');
  });
  return iconv.encode(apart.join(''), 'windows-1258');
}
