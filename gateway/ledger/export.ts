import { toRfc3339 } from '../../schemas/instant.ts';
import { GENESIS } from '../../schemas/ledger-chain.ts';
import { type ExportClosing, rowLine } from '../../schemas/ledger-export.ts';
import type { Store } from '../store/store.ts';
import type { Signer } from './signer.ts';

const PAGE = 500;

/** The ledger, or a part of it, as JSON lines ended by a signed closing line. What is appended meanwhile stays out. */
export async function* exportLedger(
  store: Store,
  signer: Signer,
  { from = 1, to }: { readonly from?: number; readonly to?: number } = {},
): AsyncGenerator<string> {
  // What the counter tells counts too: rows that are gone must be missed.
  const written = await store.ledger.written();
  const last = Math.max(written, (await store.ledger.head())?.seq ?? 0);
  const end = Math.min(to ?? last, last);
  const state = { rows: 0, from: 0, to: 0, head: GENESIS };
  for (let after = from - 1; after < end; ) {
    const page = (await store.ledger.since(after, PAGE)).filter(({ seq }) => seq <= end);
    for (const row of page) {
      state.rows += 1;
      state.from ||= row.seq;
      state.to = row.seq;
      state.head = row.hash;
      yield `${rowLine(row)}\n`;
    }
    after = page.at(-1)?.seq ?? end;
  }
  const closing: ExportClosing = signer.sign({
    closing: true as const,
    ...state,
    last,
    ...((from > 1 || to !== undefined) && { part: true as const }),
    time: toRfc3339(await store.now()),
  });
  yield `${JSON.stringify(closing)}\n`;
}
