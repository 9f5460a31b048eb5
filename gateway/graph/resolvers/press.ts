import type { Site } from '../../../schemas/site.ts';
import { PRESS_TEXT } from '../../../schemas/subschemas/press.ts';
import { kindResolvers, type OfKind, ownText } from './kinds.ts';

export const PRESS_RESOLVERS = kindResolvers(
  { kind: 'press', entryPoint: PRESS_TEXT.merges.Item.field, field: 'press' },
  {
    PressFields: {
      agency: ({ item }: OfKind) => item.origin?.title ?? item.attribution.agency,
      agreement: ({ site }: OfKind) => agreementOf(site),
      correction: correctionOf,
    },
  },
);

/** A site flags a correction with `true`, or gives its wording. */
function correctionOf({ item }: OfKind) {
  const note = ownText(item, 'correction');
  return note !== null || item.own?.fields.correction === true ? { note } : null;
}

/** The registry is kept by hand: what isn't an agreement's shape is none. */
function agreementOf(site: Site | undefined) {
  const record = site?.registry.agreement;
  if (typeof record !== 'object' || record === null) return null;
  const { mode, media, validUntil, document } = record as Record<string, unknown>;
  if (mode !== 'headline-link' && mode !== 'full-text') return null;
  return {
    mode,
    media: media === true,
    validUntil: lastDay(validUntil),
    document: typeof document === 'string' ? document : null,
  };
}

/** The day's last second in Hanoi. */
function lastDay(day: unknown): number | null {
  const at = typeof day === 'string' ? Date.parse(`${day.slice(0, 10)}T23:59:59+07:00`) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
