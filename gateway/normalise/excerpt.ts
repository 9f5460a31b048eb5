/** The first words of a text, at most `length` characters with the sign that there is more. */
export function excerpt(text: string, length: number): string {
  const line = text
    .slice(0, length * 4)
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= length) return line;
  const cut = line.slice(0, length);
  const end = cut.lastIndexOf(' ');
  const kept = end > length / 2 ? cut.slice(0, end) : cut.slice(0, -1);
  return `${kept
    .replace(/[\s,;:.\-–(“"]{1,9}$/u, '')
    .toWellFormed()
    .replace(/\ufffd$/, '')}…`;
}
