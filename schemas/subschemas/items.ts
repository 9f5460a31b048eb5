import { ACTS_SDL } from './items-acts.ts';
import { ITEM_SDL } from './items-item.ts';
import { LISTS_SDL } from './items-lists.ts';
import { SITES_SDL } from './items-sites.ts';
import { STORIES_SDL } from './items-stories.ts';
import { WORK_SDL } from './items-work.ts';
import { DATE_TIME_SDL, HTML_SDL, URL_SDL } from './scalars.ts';
import { described, ENTRY_POINT_DESCRIPTION, ITEM_DESCRIPTION, type SubschemaText } from './subschema.ts';

/**
 * The core: items, sites, feeds, the change log, and what is harvested. `contentTypes` are the GraphQL types that
 * content schemas bring along; here they are stubs that carry their key, each completed by its own subschema.
 */
export function itemsText(contentTypes: readonly string[]): SubschemaText {
  return {
    id: 'items',
    sdl: [
      DATE_TIME_SDL,
      URL_SDL,
      HTML_SDL,
      LISTS_SDL,
      item(contentTypes),
      STORIES_SDL,
      SITES_SDL,
      WORK_SDL,
      ACTS_SDL,
      entryPoint(),
    ].join('\n'),
    merges: { Item: { field: '_itemsById', key: 'id' } },
  };
}

function item(contentTypes: readonly string[]): string {
  // A union without members is no valid schema, so without content schemas there is no `own`.
  const own = contentTypes.length === 0 ? '' : `${OWN_FIELD}\n`;
  return `${described(ITEM_DESCRIPTION)}\ntype Item {\n${ITEM_SDL.fields}${own}}\n${ITEM_SDL.types}\n${ownUnion(contentTypes)}`;
}

const OWN_FIELD = `
  "What this site says of it in fields of its own. Null when its site has no content schema."
  own: Own`;

function ownUnion(contentTypes: readonly string[]): string {
  if (contentTypes.length === 0) return '';
  return `
"A site's own fields, typed by its content schema. Ask by fragment: \`own { ... on UnitDocument { signedBy } }\`."
union Own = ${contentTypes.join(' | ')}
${contentTypes.map(ownStub).join('\n')}`;
}

function ownStub(type: string): string {
  return `
"Own fields of items whose site has the content schema ${type}."
type ${type} {
  "Id of the item these fields belong to."
  itemId: ID!
}`;
}

function entryPoint(): string {
  return `
extend type Query {
  ${described(ENTRY_POINT_DESCRIPTION)}
  _itemsById(
    "Item ids."
    ids: [ID!]!
  ): [Item]!
}`;
}
