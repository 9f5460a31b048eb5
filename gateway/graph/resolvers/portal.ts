import { PORTAL_TEXT } from '../../../schemas/subschemas/portal.ts';
import { kindResolvers, type OfKind, ownText } from './kinds.ts';

export const PORTAL_RESOLVERS = kindResolvers(
  { kind: 'portal', entryPoint: PORTAL_TEXT.merges.Item.field, field: 'portal' },
  {
    PortalFields: {
      section: ({ item }: OfKind) => ownText(item, 'section') ?? item.categories[0] ?? null,
      documentNumber: ({ item }: OfKind) => ownText(item, 'documentNumber'),
    },
  },
);
