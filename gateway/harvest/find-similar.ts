import type { Instant } from '../../schemas/instant.ts';
import type { Draft, Item } from '../../schemas/item.ts';
import { readTelling } from '../../schemas/stories/reading.ts';
import { sketchOf } from '../../schemas/stories/sketch.ts';
import type { Alike as AlikePaper } from '../judge/re-post.ts';
import type { Store } from '../store/store.ts';
import type { Likeness } from '../store/stories.ts';
import { isDayOnly } from '../store/tell-stories.ts';
import { type Alike, findAlike } from '../stories/find-alike.ts';

/** The nearest earlier press item of another site. */
export interface Similar extends AlikePaper {
  readonly item: string;
  readonly site: string;
}

/** New items looked at in one batch, and candidates that are found by the headline of each. */
const MOST = 200;
const BY_HEADLINE = 3;
/** Below this nobody asks. */
const WORTH_TELLING = 0.5;
const DAY = 24 * 60 * 60_000;
/** How long before its re-post a paper may have published and not be sketched. */
const LATELY = 62 * DAY;

/**
 * For each new item that no paper wrote: the press item it is most like, under whatever headline. Held papers' texts count
 * too, and those that were trimmed by what was taken from them. What came in a moment ago and is not sketched yet is found
 * by its headline only; joining stories finds the rest.
 */
export async function findSimilar(
  drafts: readonly Draft[],
  store: Store,
  lastAbsent?: Instant,
): Promise<ReadonlyMap<string, Similar>> {
  const fresh = await unknown(drafts.filter(({ siteKind }) => siteKind !== 'press').slice(0, MOST), store);
  if (fresh.length === 0) return new Map();
  const now = await store.now();
  const sought = await Promise.all(
    fresh.map(async draft => {
      const reading = readTelling(draft);
      const at = draft.published ?? now;
      return {
        reading,
        buckets: sketchOf(reading).buckets,
        at,
        papersOnly: true,
        besides: await byHeadline(draft, at, store, lastAbsent),
        accepts: (other: Likeness) =>
          other.kind === 'press' && other.site !== draft.site && isEarlier(other, draft, lastAbsent),
      };
    }),
  );
  const found = await findAlike(store.stories, sought);
  const nearest = found.map(alike => alike.find(isPapers));
  const papers = await papersOf(nearest, store);
  return new Map(
    fresh.flatMap((draft, index) => {
      const similar = similarTo(nearest[index], papers);
      return similar ? [[draft.canonicalLink, similar] as const] : [];
    }),
  );
}

/** Is this text the other's? Of a form with other names and figures it is not. */
export function isPapers({ contained, score }: Alike): boolean {
  return contained && score >= WORTH_TELLING;
}

/** The papers' items, by id, that these are of. */
export async function papersOf(
  alike: readonly (Alike | undefined)[],
  store: Pick<Store, 'items'>,
): Promise<ReadonlyMap<string, Item>> {
  const ids = new Set(alike.flatMap(one => one?.other.id ?? []));
  return new Map((await store.items.byIds([...ids])).map(item => [item.id, item]));
}

export function similarTo(alike: Alike | undefined, papers: ReadonlyMap<string, Item>): Similar | undefined {
  const paper = alike && papers.get(alike.other.id);
  if (!alike || !paper) return undefined;
  const { id, site, siteKind, link, attribution } = paper;
  return { item: id, site, kind: siteKind, score: alike.score, link, agency: attribution.agency };
}

/**
 * Did the paper publish first? Where the other tells only its day, yes, unless that is over; and where what it tells can't
 * be: its source was read after the paper's release and hadn't it.
 */
export function isEarlier(
  paper: Pick<Likeness, 'listed'>,
  { published }: Pick<Item, 'published'>,
  lastAbsent?: Instant,
): boolean {
  const end = earlierUntil(published, lastAbsent);
  return end === undefined || paper.listed < end;
}

function earlierUntil(published: Instant | undefined, lastAbsent = 0): Instant | undefined {
  if (published === undefined) return undefined;
  const told = (isDayOnly(published) ? published + DAY : published) + 1;
  return published < lastAbsent ? Math.max(told, lastAbsent) : told;
}

async function unknown(drafts: readonly Draft[], store: Store): Promise<readonly Draft[]> {
  if (drafts.length === 0) return [];
  const found = await store.items.byLinks(drafts.map(({ canonicalLink }) => canonicalLink));
  const known = new Set(found.map(({ canonicalLink }) => canonicalLink));
  return drafts.filter(({ canonicalLink }) => !known.has(canonicalLink));
}

async function byHeadline(
  { title, published }: Draft,
  at: Instant,
  store: Store,
  lastAbsent: Instant | undefined,
): Promise<readonly Likeness[]> {
  // Nothing is listed in the future; an open end would be looked for year by year.
  const end = earlierUntil(published, lastAbsent) ?? at + DAY;
  const filter = {
    text: `"${title.replaceAll('"', ' ')}"`,
    kinds: ['press'] as const,
    visibility: ['RELEASED', 'HELD', 'HIDDEN'] as const,
    publishedAfter: at - LATELY,
    // Who took it up later would leave no room for whose it is.
    publishedBefore: end,
  };
  // The newest of the last weeks, because what came in long ago is sketched: by rank, or among a million items, a headline
  // that nobody else has would be looked for longer than all else takes.
  const found = await store.items.page({ filter, order: 'PUBLISHED', first: BY_HEADLINE });
  return found.map(({ n, id, site, siteKind, visibility, listed }) => ({
    n,
    id,
    site,
    kind: siteKind,
    visibility,
    listed,
    whole: 0,
    namesSource: false,
  }));
}
