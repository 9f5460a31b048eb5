import DataLoader from 'dataloader';
import type { Item, Version } from '../../schemas/item.ts';
import type { FullText } from '../../schemas/records.ts';
import { mayOversee, type Rights } from '../http/access.ts';
import { type DayScore, scoreHistory } from '../judge/score-history.ts';
import type { StoredJudgement } from '../store/judgements.ts';
import type { Store } from '../store/store.ts';
import type { Story } from '../store/stories.ts';

/** The store as one execution sees it: each thing is read once, and many of a kind together. */
export interface Reads {
  /** Only what the asker may see; null else. */
  item(id: string): Promise<Item | null>;
  items(ids: readonly string[]): Promise<readonly (Item | null)[]>;
  /** Items that a list gave already need no second reading. */
  seen(items: readonly Item[]): readonly Item[];
  versions(id: string): Promise<readonly Version[]>;
  /** What other sites tell the same news. */
  story(id: string): Promise<Story | undefined>;
  /** What the rules say of an item. */
  judgement(id: string): Promise<StoredJudgement | undefined>;
  /** Scores of all sites, added up. */
  scores(): ReturnType<Store['problems']['scores']>;
  /** A site's problems by rule; dear, so read once however often it is asked. */
  spread(site: string): ReturnType<Store['problems']['spread']>;
  /** A site's score on its last days, oldest first. */
  history(site: string, days: number): Promise<readonly DayScore[]>;
  /** What was trimmed from an item that only some keys may read. */
  fullText(id: string): Promise<FullText | undefined>;
  /** How many items of a site are visible. */
  count(site: string): Promise<number>;
}

export function reads(store: Store, rights: Rights): Reads {
  const items = new DataLoader<string, Item | null>(async ids => {
    const found = new Map((await store.items.byIds(ids)).map(item => [item.id, item]));
    return ids.map(id => visible(found.get(id), rights));
  });
  const versions = new DataLoader<string, readonly Version[]>(async ids => {
    const found = await store.items.versions(ids);
    return ids.map(id => found.get(id) ?? []);
  });
  const stories = new DataLoader<string, Story | undefined>(async ids => {
    const found = await store.stories.ofItems(ids);
    return ids.map(id => found.get(id));
  });
  const judgements = new DataLoader<string, StoredJudgement | undefined>(async ids => {
    const found = await store.problems.of('item', ids);
    return ids.map(id => found.get(id));
  });
  const fullTexts = new DataLoader<string, FullText | undefined>(async ids => {
    const found = await store.records.byIds('full-text', ids);
    return ids.map(id => found.find(one => one.id === id)?.document);
  });
  const spreads = new Map<string, ReturnType<Reads['spread']>>();
  const histories = new Map<string, ReturnType<Reads['history']>>();
  let scores: ReturnType<Store['problems']['scores']> | undefined;
  let counts: Promise<ReadonlyMap<string, number>> | undefined;
  return {
    item: id => items.load(id),
    items: ids => Promise.all(ids.map(id => items.load(id))),
    seen: list => {
      for (const item of list) items.prime(item.id, visible(item, rights));
      return list;
    },
    versions: id => versions.load(id),
    story: id => stories.load(id),
    judgement: id => judgements.load(id),
    fullText: id => fullTexts.load(id),
    scores: () => {
      scores ??= store.problems.scores();
      return scores;
    },
    spread: site => once(spreads, site, () => store.problems.spread({ sites: [site] })),
    history: (site, days) => once(histories, `${site} ${days}`, () => scoreHistory(store, site, days)),
    count: async site => {
      counts ??= store.items.counts();
      return (await counts).get(site) ?? 0;
    },
  };
}

function once<T>(known: Map<string, T>, key: string, read: () => T): T {
  const found = known.get(key) ?? read();
  known.set(key, found);
  return found;
}

/** The one place that decides whether an item may be shown to who asks. */
function visible(item: Item | undefined, rights: Rights): Item | null {
  if (!item) return null;
  return item.visibility === 'RELEASED' || mayOversee(rights, item.site) ? item : null;
}
