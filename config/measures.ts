import { z } from 'zod';

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const BYTES = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const;

export const SECOND = UNITS.s;
export const MINUTE = UNITS.m;
export const DAY = UNITS.d;

/** `15s`, `10m`, `6h`, `30d` → milliseconds. `0s` is a duration too; bounds are the caller's. */
export function duration({ min = 0, max = 3650 * DAY }: { min?: number; max?: number } = {}) {
  return z
    .string({ error: 'cần một khoảng thời gian như 30s, 10m, 6h, 30d.' })
    .regex(/^\d{1,9}(?:ms|s|m|h|d)$/, {
      error: 'không phải khoảng thời gian: cần số liền với đơn vị, như 30s, 10m, 6h, 30d.',
    })
    .transform((text, context) => {
      const value = readAmount(text, UNITS);
      if (value < min)
        context.addIssue({ code: 'custom', message: `ngắn quá: ít nhất ${showDuration(min)}.` });
      if (value > max)
        context.addIssue({ code: 'custom', message: `dài quá: nhiều nhất ${showDuration(max)}.` });
      return value;
    })
    .meta({ examples: ['30s', '10m', '6h', '30d'] });
}

/** `600/m`, `10000/h`, `50000/d` → how many in how many milliseconds. */
export function rate() {
  return z
    .string({ error: 'cần một mức như 600/m, 10000/h.' })
    .regex(/^[1-9]\d{0,8}\/[smhd]$/, {
      error: 'không phải mức: cần số lần trên một đơn vị, như 600/m, 10000/h.',
    })
    .transform(text => {
      const [requests = '', unit = ''] = text.split('/');
      return { requests: Number(requests), per: readAmount(`1${unit}`, UNITS) };
    })
    .meta({ examples: ['600/m', '10000/h'] });
}

/** `512KiB`, `16MiB` → bytes. */
export function size({ min = 0, max = BYTES.GiB }: { min?: number; max?: number } = {}) {
  return z
    .string({ error: 'cần một dung lượng như 512KiB, 16MiB.' })
    .regex(/^\d{1,9}(?:B|KiB|MiB|GiB)$/, {
      error: 'không phải dung lượng: cần số liền với đơn vị, như 512KiB, 16MiB.',
    })
    .transform((text, context) => {
      const value = readAmount(text, BYTES);
      if (value < min) context.addIssue({ code: 'custom', message: `nhỏ quá: ít nhất ${min} byte.` });
      if (value > max) context.addIssue({ code: 'custom', message: `lớn quá: nhiều nhất ${max} byte.` });
      return value;
    })
    .meta({ examples: ['512KiB', '16MiB'] });
}

/** `600000` → `10m`: the largest unit that divides it. */
export function showDuration(milliseconds: number): string {
  const units = Object.entries(UNITS).reverse();
  const [unit, one] = units.find(([, length]) => milliseconds >= length && milliseconds % length === 0) ?? [
    'ms',
    1,
  ];
  return `${milliseconds / one}${unit}`;
}

function readAmount(text: string, units: Readonly<Record<string, number>>): number {
  const digits = /^\d+/.exec(text)?.[0] ?? '';
  return Number(digits) * (units[text.slice(digits.length)] ?? Number.NaN);
}
