import type { LedgerEvent, LedgerValue } from '../../schemas/ledger.ts';
import type { Transaction } from '../store/store.ts';
import { firstSight } from './first-sight.ts';
import { eventsOf } from './ledger-events.ts';
import type { Revision } from './revise.ts';

/** Who does it and why, for the ledger. */
export interface Act {
  readonly actor: LedgerEvent['actor'];
  readonly details?: Readonly<Record<string, LedgerValue>>;
}
export const BY_GATEWAY: Act = { actor: 'gateway' };

/** Saves what was decided, with everything that tells of it; the one way by which an item's state changes. */
export async function write(
  tx: Transaction,
  revisions: readonly Revision[],
  act: Act = BY_GATEWAY,
): Promise<void> {
  if (revisions.length === 0) return;
  // Before anything is overwritten: what is erased may be sealed.
  await sealErased(tx, revisions, act);
  await tx.items.save(revisions.map(({ item }) => item));
  await tx.items.addVersions(revisions.flatMap(({ version }) => version ?? []));
  await keepFullTexts(tx, revisions);
  await tx.problems.save(revisions.flatMap(({ judgement }) => judgement ?? []));
  await keepSights(tx, revisions);
  const erased = revisions.filter(({ erase }) => erase).map(({ item }) => item.id);
  if (erased.length > 0) await tx.items.erase(erased);
  const sealed = { ...act, details: { ...act.details, sealedCopy: tx.sealing !== undefined } };
  tx.ledger.append(...revisions.flatMap(revision => eventsOf(revision, revision.erase ? sealed : act)));
  tx.changes.append(revisions.flatMap(({ change }) => change ?? []));
}

/** One sealed copy of what goes for good; that there is none is told too. */
async function sealErased(tx: Transaction, revisions: readonly Revision[], act: Act): Promise<void> {
  const erased = revisions.filter(({ erase, before }) => erase && before && before.title !== '');
  if (erased.length === 0) return;
  const now = Date.now();
  for (const { before } of erased) {
    if (!before || !tx.sealing) continue;
    const full = (await tx.records.get('full-text', before.id))?.document;
    const document = tx.sealing.seal({ item: before, ...(full && { full }) });
    const due = now + tx.sealing.keep;
    const { id: item, site } = before;
    await tx.records.put({ kind: 'evidence', id: `${item} ${now}`, item, site, at: now, due, document });
    tx.ledger.append({
      type: 'evidence.sealed',
      actor: act.actor,
      item,
      site,
      details: { until: due, hash: before.sourceHash ?? before.hash },
    });
  }
}

/** From its release until it leaves, an item's page is looked at, where nobody else would tell that it is gone. */
async function keepSights(tx: Transaction, revisions: readonly Revision[]): Promise<void> {
  const watched = revisions.filter(({ item }) => item.republication !== undefined || item.probed);
  if (watched.length === 0) return;
  const now = Date.now();
  const out = watched.filter(
    ({ item, before }) => item.visibility === 'RELEASED' && before?.visibility !== 'RELEASED',
  );
  const inDoubt = ({ item }: Revision) => item.visibility === 'HIDDEN' && item.visibilityReason === 'doubt';
  const left = watched.filter(revision => revision.item.visibility !== 'RELEASED' && !inDoubt(revision));
  if (left.length > 0)
    await tx.records.remove(
      'sight',
      left.map(({ item }) => item.id),
    );
  await tx.records.put(...out.map(({ item }) => firstSight(item, now)));
}

async function keepFullTexts(tx: Transaction, revisions: readonly Revision[]): Promise<void> {
  const kept = revisions.flatMap(({ item, full, judgement }) =>
    full
      ? [
          {
            kind: 'full-text' as const,
            id: item.id,
            item: item.id,
            site: item.site,
            at: judgement?.at ?? item.firstSeen,
            document: full,
          },
        ]
      : [],
  );
  if (kept.length > 0) await tx.records.put(...kept);
  const gone = revisions.filter(({ full }) => full === null).map(({ item }) => item.id);
  if (gone.length > 0) await tx.records.remove('full-text', gone);
}
