import { canonicalJson } from '../../schemas/canonical-json.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { LedgerEvent, LedgerValue } from '../../schemas/ledger.ts';
import type { Store } from '../store/store.ts';

/**
 * At each start: when the settings that press duties and judging rest on differ from what the ledger last told, the change
 * is told, before and after. Nobody lowers a delay unseen.
 */
export async function noteSettings(store: Store, federation: Federation): Promise<boolean> {
  const { guidelines, republication } = federation;
  const settings = JSON.parse(
    JSON.stringify({
      pack: guidelines.pack.id,
      overrides: guidelines.overrides,
      exceptions: guidelines.exceptions,
      press: republication.press,
      agreements: republication.agreements,
    }),
  ) as LedgerValue;
  const before = await lastNoted(store);
  if (before !== undefined && canonicalJson(before) === canonicalJson(settings)) return false;
  await store.transaction(async tx =>
    tx.ledger.append({
      type: 'config.changed',
      actor: 'operator',
      details: { what: 'settings', ...(before !== undefined && { before }), after: settings },
    }),
  );
  return true;
}

async function lastNoted(store: Store): Promise<LedgerValue | undefined> {
  const span = { types: ['config.changed'] as const, from: 0, to: Number.MAX_SAFE_INTEGER };
  let last: LedgerValue | undefined;
  for (let after = 0; ; ) {
    const page = await store.ledger.ofTypes({ ...span, after, limit: 500 });
    for (const { text } of page) {
      const { details } = JSON.parse(text) as LedgerEvent;
      if (details?.what === 'settings') last = details.after;
    }
    const end = page.at(-1);
    if (!end) return last;
    after = end.seq;
  }
}
