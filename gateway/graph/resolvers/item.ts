import type { Attribution, Item, Media, Picture, Version } from '../../../schemas/item.ts';
import type { Site } from '../../../schemas/site.ts';
import type { Source } from '../../../schemas/source.ts';
import { OWN_KEY } from '../../../schemas/subschemas/own.ts';
import { mayOversee } from '../../http/access.ts';
import { mayReadFull, type Readable, readableOf } from '../../publish/full-texts.ts';
import type { GraphContext } from '../context.ts';
import { toEnum } from '../enum-names.ts';
import { isWebAddress } from '../scalars.ts';
import { type Freshness, freshnessOf } from '../source-states.ts';
import type { Resolvers } from '../subschema.ts';

/** Core fields of an item that aren't simply read off it. */
export function itemResolvers(
  contentTypes: readonly string[],
  lives: ReadonlyMap<string, string> = new Map(),
): Resolvers {
  return {
    Item: {
      link: (item: Item) => webAddress(item.link),
      page: (item: Item, _args: unknown, { services }: GraphContext) =>
        pageOf(item, services.federation.gateway.publicUrl),
      replaces: (item: Item) => item.corrects ?? [],
      summary: (item: Item) => item.summary || null,
      content: async (item: Item, _args: unknown, context: GraphContext) =>
        (await readableText(item, context)).content || null,
      contentText: async (item: Item, _args: unknown, context: GraphContext) =>
        (await readableText(item, context)).contentText || null,
      picture: async (item: Item, _args: unknown, context: GraphContext) =>
        (await readableText(item, context)).picture ?? null,
      media: async (item: Item, _args: unknown, context: GraphContext) =>
        (await readableText(item, context)).media,
      site: (item: Item, _args: unknown, context: GraphContext) => siteOf(item, context),
      versions: (item: Item, _args: unknown, { reads }: GraphContext) => reads.versions(item.id),
      story: async (item: Item, _args: unknown, { reads }: GraphContext) =>
        (await reads.story(item.id)) ?? null,
      freshness: (item: Item, _args: unknown, context: GraphContext) => freshness(item, context),
      own: (item: Item) => ownStub(item, contentTypes, lives),
      ...OVERSEERS_FIELDS,
    },
    Attribution: { link: (line: Attribution) => webAddress(line.link) },
    Picture: { url: (picture: Picture) => webAddress(picture.url) },
    Media: { url: (media: Media) => webAddress(media.url) },
    Version: { kind: (version: Version) => toEnum(version.kind) },
  };
}

/** What who asks may read of an item: everybody the public form, a key with `fulltext:<site>` what the paper gives it. */
async function readableText(item: Item, { rights, reads }: GraphContext): Promise<Readable> {
  const full = mayReadFull(item, rights.scopes) ? await reads.fullText(item.id) : undefined;
  return full ? readableOf(item, full) : item;
}

/** Only for the operator and the site itself; null for everybody else. */
const OVERSEERS_FIELDS = {
  sourceId: overseen(item => item.sourceId),
  pubStatus: overseen(item => toEnum(item.pubStatus)),
  visibility: overseen(item => item.visibility),
  visibilityReason: overseen(item => item.visibilityReason),
  releaseAt: overseen(item => item.releaseAt),
  source: overseen(sourceOf),
};

function overseen(read: (item: Item, context: GraphContext) => unknown) {
  return (item: Item, _args: unknown, context: GraphContext) =>
    mayOversee(context.rights, item.site) ? read(item, context) : null;
}

/** Our page of an item. */
function pageOf(item: Item, publicUrl: string): string {
  return `${publicUrl}/items/${item.id}`;
}

function siteOf(item: Item, { services }: GraphContext): Site | null {
  return services.federation.sites.find(site => site.id === item.site) ?? null;
}

function sourceOf(item: Item, { services }: GraphContext): Source | null {
  return services.federation.sources.find(source => source.name === item.source) ?? null;
}

async function freshness(item: Item, { states }: GraphContext): Promise<Freshness> {
  return freshnessOf(await states.ofSources([item.source]));
}

/** Only the key: the content schema's own subschema, or the site that is asked live, completes it. */
function ownStub(
  item: Item,
  contentTypes: readonly string[],
  lives: ReadonlyMap<string, string>,
): object | null {
  const live = lives.get(item.source);
  if (live !== undefined) return { __typename: live, [OWN_KEY]: item.id };
  if (!item.own || !contentTypes.includes(item.own.type)) return null;
  return { __typename: item.own.type, [OWN_KEY]: item.id };
}

/** An address that can't be one costs itself, not the answer: erased items have none. */
function webAddress(address: string): string | null {
  return isWebAddress(address) ? address : null;
}
