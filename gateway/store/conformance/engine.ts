import type { Instant } from '../../../schemas/instant.ts';
import type { Item } from '../../../schemas/item.ts';
import type { Vocabulary } from '../../../schemas/vocabulary.ts';
import type { StoreOptions } from '../open-store.ts';
import type { Judgement } from '../problems.ts';
import type { Store } from '../store.ts';

/** A fresh, empty store for one test, and more openings of the same one. */
export interface Engine {
  readonly options: StoreOptions;
  open(now?: () => Instant, vocabulary?: Vocabulary): Promise<Store>;
  /** Closes all openings and removes the data. */
  remove(): Promise<void>;
}

export type MakeEngine = () => Promise<Engine>;

/** An item as harvesting would make it; `id` also names its link and hash. */
export function anItem(id: string, change: Partial<Item> = {}): Omit<Item, 'n'> {
  return {
    id,
    site: 's',
    siteKind: 'unit',
    source: 's/a',
    sourceId: id,
    link: `https://s.example/${id}`,
    canonicalLink: `s.example/${id}`,
    title: `Tin ${id}`,
    summary: 'Tóm tắt',
    content: '<p>Nội dung</p>',
    contentText: 'Nội dung',
    authors: [],
    categories: [],
    topics: [],
    media: [],
    attribution: { text: '', agency: '', authors: [], link: '' },
    pubStatus: 'usable',
    hash: `hash ${id}`,
    cleaner: 1,
    visibility: 'RELEASED',
    firstSeen: 1_000,
    listed: 1_000,
    released: 2_000,
    backfill: false,
    ...change,
  };
}

/** An item's judgement with one problem. */
export function aJudgement(id: string, at: Instant): Judgement {
  const message = { vi: 'Sai', en: 'Wrong' };
  return {
    subject: 'item',
    id,
    site: 's',
    source: 's/a',
    at,
    pack: 'p1',
    score: { met: 0, known: 1, weight: 1 },
    met: [],
    unknown: [],
    problems: [{ rule: 'a', path: 'title', severity: 'should', consequence: 'score', message }],
  };
}

/** Stores items and puts those that are released. */
export async function put(store: Store, ...items: readonly Omit<Item, 'n'>[]): Promise<void> {
  await store.transaction(async tx => {
    await tx.items.save(items);
    const visible = items.filter(({ visibility }) => visibility === 'RELEASED');
    tx.changes.append(visible.map(({ id }) => ({ kind: 'put', item: id, backfill: false })));
  });
}

/** All pages, to the end. */
export async function walk(
  store: Store,
  query: Omit<Parameters<Store['items']['page']>[0], 'after'>,
): Promise<Item[]> {
  const found: Item[] = [];
  for (;;) {
    const last = found.at(-1);
    const at = query.order === 'PUBLISHED' ? last?.listed : last?.released;
    const after = last && at !== undefined ? { after: { at, n: last.n } } : {};
    const page = await store.items.page({ ...query, ...after });
    found.push(...page);
    if (page.length < query.first) return found;
  }
}
