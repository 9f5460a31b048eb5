import type { Draft, Item } from '../../schemas/item.ts';
import { shingles, similarity } from '../../schemas/similarity.ts';
import type { Store } from '../store/store.ts';

/** The nearest earlier press item of another site. */
export interface Similar {
  readonly item: string;
  readonly site: string;
  readonly kind: string;
  readonly score: number;
  /** The paper's page and name. */
  readonly link: string;
  readonly agency: string;
}

/** New items looked at in one batch, and candidates compared with each. */
const MOST = 200;
const CANDIDATES = 3;
/** Below this nobody asks. */
const WORTH_TELLING = 0.5;

/**
 * For each new item that no paper wrote: the press item it is most like. Candidates are found by their headline, which
 * re-posts keep; held papers' texts count too, and those that were trimmed by what was taken from them.
 */
export async function findSimilar(
  drafts: readonly Draft[],
  store: Store,
): Promise<ReadonlyMap<string, Similar>> {
  const others = drafts.filter(({ siteKind }) => siteKind !== 'press').slice(0, MOST);
  if (others.length === 0) return new Map();
  const known = new Set(
    (await store.items.byLinks(others.map(({ canonicalLink }) => canonicalLink))).map(
      ({ canonicalLink }) => canonicalLink,
    ),
  );
  const found = new Map<string, Similar>();
  for (const draft of others) {
    if (known.has(draft.canonicalLink)) continue;
    const similar = await nearest(draft, store);
    if (similar) found.set(draft.canonicalLink, similar);
  }
  return found;
}

async function nearest(draft: Draft, store: Store): Promise<Similar | undefined> {
  const text = `"${draft.title.replaceAll('"', ' ')}"`;
  const filter = { kinds: ['press'] as const, visibility: ['RELEASED', 'HELD', 'HIDDEN'] as const };
  const candidates = (await store.items.search({ text, filter, first: CANDIDATES, offset: 0 })).filter(
    ({ site }) => site !== draft.site,
  );
  if (candidates.length === 0) return undefined;
  const fulls = await store.records.byIds(
    'full-text',
    candidates.map(({ id }) => id),
  );
  const texts = new Map(fulls.map(({ id, document }) => [id, `${document.summary} ${document.contentText}`]));
  const own = shingles(`${draft.title} ${draft.summary} ${draft.contentText}`);
  const scored = candidates.map(item => ({
    item,
    score: similarity(own, shingles(textOf(item, texts.get(item.id)))),
  }));
  const best = scored.toSorted((a, b) => b.score - a.score)[0];
  if (!best || best.score < WORTH_TELLING) return undefined;
  const { id, site, siteKind, link, attribution } = best.item;
  return {
    item: id,
    site,
    kind: siteKind,
    score: Math.round(best.score * 100) / 100,
    link,
    agency: attribution.agency,
  };
}

function textOf({ title, summary, contentText }: Item, full: string | undefined): string {
  return `${title} ${full ?? `${summary} ${contentText}`}`;
}
