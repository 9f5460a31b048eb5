import type { FeedDefinition } from '../../../schemas/federation.ts';
import type { Site } from '../../../schemas/site.ts';
import { mayOversee } from '../../http/access.ts';
import { maySeeSchema } from '../admit.ts';
import type { GraphContext } from '../context.ts';
import { fromEnum, toEnum } from '../enum-names.ts';
import { isWebAddress } from '../scalars.ts';
import { freshnessOf } from '../source-states.ts';
import type { Resolvers, Subschema } from '../subschema.ts';

/** `Query.sites`. */
export function sites(
  _parent: unknown,
  { kind = null }: { readonly kind?: string | null },
  { services }: GraphContext,
): readonly Site[] {
  const all = services.federation.sites;
  return kind === null ? all : all.filter(site => site.kind === fromEnum(kind));
}

/** `Query.site`. */
export function site(
  _parent: unknown,
  { id }: { readonly id: string },
  { services }: GraphContext,
): Site | null {
  return services.federation.sites.find(each => each.id === id) ?? null;
}

/** `Query.feeds`. */
export function feeds(
  _parent: unknown,
  _args: unknown,
  { services }: GraphContext,
): readonly FeedDefinition[] {
  return services.federation.feeds;
}

/** `Query.subschemas`. */
export function subschemas(_parent: unknown, _args: unknown, context: GraphContext): readonly Subschema[] {
  return context.subschemas;
}

const SDL_NOT_SHOWN = '# Shown to the operator only: graphql.introspection is false in the federation file.';

export const SITE_RESOLVERS: Resolvers = {
  Site: {
    kind: (of: Site) => toEnum(of.kind),
    homepage: (of: Site) => (isWebAddress(of.homepage) ? of.homepage : null),
    itemCount: (of: Site, _args: unknown, { reads }: GraphContext) => reads.count(of.id),
    freshness: async (of: Site, _args: unknown, context: GraphContext) =>
      freshnessOf(await context.states.ofSources(sourcesOf(of, context).map(source => source.name))),
    sources: (of: Site, _args: unknown, context: GraphContext) =>
      mayOversee(context.rights, of.id) ? sourcesOf(of, context) : null,
  },
  FeedDefinition: {
    order: (feed: FeedDefinition) => toEnum(feed.order),
    distinct: (feed: FeedDefinition) => (feed.distinct === undefined ? null : toEnum(feed.distinct)),
    atom: address('atom'),
    rss: address('rss'),
    json: address('json'),
    html: address('html'),
  },
  FeedSelection: {
    kinds: (select: FeedDefinition['select']) => select.kinds.map(toEnum),
  },
  Subschema: {
    id: (part: Subschema) => part.text.id,
    sdl: (part: Subschema, _args: unknown, context: GraphContext) =>
      maySeeSchema(context) ? part.text.sdl : SDL_NOT_SHOWN,
    state: (part: Subschema) => part.state(),
  },
};

function sourcesOf(of: Site, { services }: GraphContext) {
  return services.federation.sources.filter(source => source.site === of.id);
}

function address(extension: string) {
  return (feed: FeedDefinition, _args: unknown, { services }: GraphContext) =>
    `${services.federation.gateway.publicUrl}/feeds/${feed.id}.${extension}`;
}
