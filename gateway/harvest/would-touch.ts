import type { Federation } from '../../schemas/federation.ts';
import type { Rule } from '../../schemas/rules/rule.ts';
import { carryOver } from '../judge/carry-over.ts';
import { judgeItems, judgingOf } from '../judge/judge-items.ts';
import { recordedFor } from '../judge/recorded.ts';
import { rulesInForce } from '../judge/rules-in-force.ts';
import type { Store } from '../store/store.ts';
import { draftOf } from './judge-again.ts';

const NEWEST = 200;
const ACTING: ReadonlySet<string> = new Set(['refuse', 'remove', 'hold', 'trim']);

export interface Touched {
  readonly looked: number;
  /** Rule → how many of the newest items it would hold, trim or refuse; the most first. */
  readonly rules: readonly { readonly rule: string; readonly items: number }[];
}

/** What the rules of a federation file would do to the newest items we hold; nothing is changed. */
export async function wouldTouch(
  store: Store,
  federation: Federation,
  rules: readonly Rule[],
): Promise<Touched> {
  const filter = { visibility: ['HELD', 'RELEASED', 'HIDDEN'] as const };
  const newest = await store.items.page({ filter, order: 'PUBLISHED', first: NEWEST });
  const ids = newest.map(({ id }) => id);
  const [now, fulls, before] = await Promise.all([
    store.now(),
    store.records.byIds('full-text', ids),
    store.problems.of('item', ids),
  ]);
  const texts = new Map(fulls.map(({ id, document }) => [id, document]));
  const counts = new Map<string, number>();
  for (const [siteId, items] of Map.groupBy(newest, ({ site }) => site)) {
    const site = federation.sites.find(({ id }) => id === siteId);
    if (!site) continue;
    const recorded = await recordedFor(store, siteId);
    const inForce = rulesInForce(federation, rules, siteId, now, recorded);
    const judged = judgeItems(
      items.map(item => ({ item: draftOf(item, texts.get(item.id)) })),
      judgingOf(federation, site, recorded, now, inForce.agreement),
      rules,
    );
    judged.forEach((said, index) => {
      const known = before.get(items[index]?.id ?? '');
      const { problems } = carryOver(said, known, inForce.rules);
      const acting = new Set(
        problems.filter(({ consequence }) => ACTING.has(consequence)).map(({ rule }) => rule),
      );
      for (const rule of acting) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    });
  }
  const touched = [...counts].map(([rule, items]) => ({ rule, items }));
  return { looked: newest.length, rules: touched.sort((a, b) => b.items - a.items) };
}
