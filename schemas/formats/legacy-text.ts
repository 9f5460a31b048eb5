/** Vietnamese charsets from before Unicode that no document declares; read only by a source's setting. */
export type LegacyText = 'tcvn3' | 'vni' | 'viscii';

/**
 * Where text in one of the old charsets becomes Unicode. Their tables come with the first source that needs one;
 * until then such text stays as decoded, and nothing is guessed.
 */
export function fromLegacyText(text: string, _charset: LegacyText): string {
  return text;
}
