/** Total readers for JSON nobody vouches for: what isn't of the kind is absent. */

export type ForeignRecord = Readonly<Record<string, unknown>>;

export function record(value: unknown): ForeignRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as ForeignRecord)
    : undefined;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A string, or a number written as one; NFC, trimmed, absent when empty. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return undefined;
  return value.toWellFormed().normalize('NFC').trim() || undefined;
}

/** A whole number of at least 0. */
export function natural(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined;
}
