/** `site-left` → `SITE_LEFT`: our words as GraphQL writes enums. */
export function toEnum(word: string): string {
  return word.toUpperCase().replaceAll('-', '_');
}

/** `SITE_LEFT` → `site-left`. */
export function fromEnum(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
