import type { ContentSchema } from '../../schemas/federation.ts';
import type { SiteKind } from '../../schemas/site.ts';
import { GUIDELINES_TEXT } from '../../schemas/subschemas/guidelines.ts';
import { itemsText } from '../../schemas/subschemas/items.ts';
import { ownText } from '../../schemas/subschemas/own.ts';
import { PORTAL_TEXT } from '../../schemas/subschemas/portal.ts';
import { PRESS_TEXT } from '../../schemas/subschemas/press.ts';
import { UNITS_TEXT } from '../../schemas/subschemas/units.ts';
import type { Services } from '../http/services.ts';
import { refuseTakenTypes } from './refuse-taken-types.ts';
import { ACT_TYPES, ACTS } from './resolvers/acts.ts';
import { CHANGE_RESOLVERS, changes } from './resolvers/changes.ts';
import { FOUND_RESOLVERS } from './resolvers/found.ts';
import { GUIDELINES_RESOLVERS } from './resolvers/guidelines.ts';
import { itemResolvers } from './resolvers/item.ts';
import { item, items, itemsById, search } from './resolvers/items.ts';
import { ownResolvers } from './resolvers/own.ts';
import { PORTAL_RESOLVERS } from './resolvers/portal.ts';
import { PRESS_RESOLVERS } from './resolvers/press.ts';
import { feeds, SITE_RESOLVERS, site, sites, subschemas } from './resolvers/sites.ts';
import { STORY_RESOLVERS, stories } from './resolvers/stories.ts';
import { UNITS_RESOLVERS } from './resolvers/units.ts';
import { harvest, pause, SOURCE_RESOLVERS } from './resolvers/work.ts';
import { localSubschema, type Subschema } from './subschema.ts';

type From = Pick<Services, 'federation' | 'contentSchemas' | 'connectors'>;

/** `items`, the three of the kinds of site, and one per content schema. Throws CONFIG_INVALID. */
export function localSubschemas(from: From, remotes: readonly Subschema[] = []): readonly Subschema[] {
  const contentSchemas = distinct(from.contentSchemas);
  refuseTakenTypes(contentSchemas, [itemsText([]), GUIDELINES_TEXT, PORTAL_TEXT, UNITS_TEXT, PRESS_TEXT]);
  return [
    itemsSubschema(
      from,
      contentSchemas.map(schema => schema.type),
      remotes.flatMap(({ live }) => live ?? []),
    ),
    localSubschema(
      GUIDELINES_TEXT,
      from.federation.sites.map(each => each.id),
      GUIDELINES_RESOLVERS,
    ),
    localSubschema(PORTAL_TEXT, ofKind(from, 'portal'), PORTAL_RESOLVERS),
    localSubschema(UNITS_TEXT, ofKind(from, 'unit'), UNITS_RESOLVERS),
    localSubschema(PRESS_TEXT, ofKind(from, 'press'), PRESS_RESOLVERS),
    ...contentSchemas.map(schema => ownSubschema(from, schema)),
  ];
}

function itemsSubschema(
  { federation }: From,
  stored: readonly string[],
  lives: readonly NonNullable<Subschema['live']>[],
): Subschema {
  const contentTypes = [...stored, ...lives.map(({ type }) => type)];
  const { Item, ...besideItem } = itemResolvers(
    contentTypes,
    new Map(lives.map(live => [live.source, live.type])),
  );
  // A resolver for a field that isn't declared is refused, and without content schemas there is no `own`.
  const { own, ...core } = Item ?? {};
  return localSubschema(
    itemsText(contentTypes),
    federation.sites.map(each => each.id),
    {
      Query: { items, item, search, stories, changes, sites, site, feeds, subschemas, _itemsById: itemsById },
      Mutation: { harvest, pause, ...ACTS },
      Item: own && contentTypes.length > 0 ? { ...core, own } : core,
      ...besideItem,
      ...FOUND_RESOLVERS,
      ...CHANGE_RESOLVERS,
      ...STORY_RESOLVERS,
      ...SITE_RESOLVERS,
      ...SOURCE_RESOLVERS,
      ...ACT_TYPES,
    },
  );
}

function ownSubschema(from: From, schema: ContentSchema): Subschema {
  return localSubschema(ownText(schema), sitesWith(from, schema), ownResolvers(schema));
}

function ofKind({ federation }: From, kind: SiteKind): readonly string[] {
  return federation.sites.filter(each => each.kind === kind).map(each => each.id);
}

/** Sites that name the schema, and sites with a source whose connector brings it along. */
function sitesWith({ federation, connectors }: From, schema: ContentSchema): readonly string[] {
  const bringers = new Set(
    connectors
      .filter(each => each.contentSchemas?.some(brought => brought.type === schema.type))
      .map(each => each.id),
  );
  const bySource = new Set(
    federation.sources.filter(source => bringers.has(source.connector)).map(source => source.site),
  );
  return federation.sites
    .filter(each => each.contentSchema === schema.name || bySource.has(each.id))
    .map(each => each.id);
}

/** One and the same schema may come by two ways; two that differ under one type's name are refused. */
function distinct(schemas: readonly ContentSchema[]): readonly ContentSchema[] {
  const texts = new Map(schemas.map(schema => [JSON.stringify([schema.type, schema.fields]), schema]));
  return [...texts.values()];
}
