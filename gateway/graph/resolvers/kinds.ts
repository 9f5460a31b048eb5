import type { Item } from '../../../schemas/item.ts';
import type { Site, SiteKind } from '../../../schemas/site.ts';
import type { GraphContext } from '../context.ts';
import type { Resolvers } from '../subschema.ts';
import { itemsById } from './items.ts';

/** What the fields of one kind of site are made from. */
export interface OfKind {
  readonly item: Item;
  /** Absent when the site is no longer in the federation. */
  readonly site?: Site;
}

/** A subschema that gives `Item.<field>` to the items of one kind of site, and null to all others. */
export function kindResolvers(
  {
    kind,
    entryPoint,
    field,
  }: { readonly kind: SiteKind; readonly entryPoint: string; readonly field: string },
  fields: Resolvers,
): Resolvers {
  const ofKind = (item: Item, _args: unknown, { services }: GraphContext): OfKind | null => {
    if (item.siteKind !== kind) return null;
    const site = services.federation.sites.find(each => each.id === item.site);
    return { item, ...(site && { site }) };
  };
  return { Query: { [entryPoint]: itemsById }, Item: { [field]: ofKind }, ...fields };
}

/** Plain text of one of the site's own fields. Total: what isn't text or a number is absent. */
export function ownText(item: Item, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = item.own?.fields[name];
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return null;
}

/** Text of the site's hand-kept record. Total, as above. */
export function registryText(site: Site | undefined, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = site?.registry[name];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return null;
}
