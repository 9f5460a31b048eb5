import type { Site } from '../../../schemas/site.ts';
import { PRESS_TEXT } from '../../../schemas/subschemas/press.ts';
import { recordedFor } from '../../judge/recorded.ts';
import type { GraphContext } from '../context.ts';
import { kindResolvers, type OfKind, ownText } from './kinds.ts';

export const PRESS_RESOLVERS = kindResolvers(
  { kind: 'press', entryPoint: PRESS_TEXT.merges.Item.field, field: 'press' },
  {
    PressFields: {
      agency: ({ item }: OfKind) => item.origin?.title ?? item.attribution.agency,
      agreement: ({ site }: OfKind, _args: unknown, context: GraphContext) => agreementOf(site, context),
      correction: correctionOf,
    },
  },
);

/** A site flags a correction with `true`, or gives its wording; or it was tied to what it corrects. */
function correctionOf({ item }: OfKind) {
  const note = ownText(item, 'correction');
  const { corrects = [] } = item;
  const isCorrection = note !== null || item.own?.fields.correction === true || corrects.length > 0;
  return isCorrection ? { note, replaces: corrects } : null;
}

/** What holds now: recorded while the program runs, or in the federation file. */
async function agreementOf(site: Site | undefined, { services: { store, federation, now } }: GraphContext) {
  if (!site) return null;
  const recorded = await recordedFor(store, site.id);
  const at = now();
  const found = [...recorded.agreements, ...federation.republication.agreements].find(
    one => one.site === site.id && one.from <= at && at <= one.until,
  );
  return found ? { ...found, validUntil: found.until } : null;
}
