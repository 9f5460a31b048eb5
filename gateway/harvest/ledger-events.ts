import type { LedgerEvent, LedgerType, LedgerValue } from '../../schemas/ledger.ts';
import type { Revision } from './revise.ts';
import type { Act } from './write-revisions.ts';

/**
 * What the ledger says of a revision. Of press items, and of those that re-post a paper, every step; of all others what takes
 * them away, keeps them back or lets them out again. Never a word of the text: hashes, times, reasons.
 */
export function eventsOf(revision: Revision, act: Act): LedgerEvent[] {
  const { item, before, version } = revision;
  const watched = item.republication !== undefined;
  const moved = before?.visibility !== item.visibility;
  const events: LedgerEvent[] = [];
  const tell = (type: LedgerType, details: Details) =>
    events.push({
      type,
      actor: act.actor,
      item: item.id,
      site: item.site,
      details: tidy({ ...details, ...act.details }),
    });
  if (watched && version)
    tell('item.fetched', {
      source: item.source,
      hash: item.sourceHash ?? item.hash,
      link: item.link,
      published: item.published,
    });
  if (watched && item.sourceHash !== undefined && before?.sourceHash !== item.sourceHash)
    tell('item.trimmed', { mode: item.republication?.mode, sourceHash: item.sourceHash, hash: item.hash });
  if (!moved) return events;
  if (item.visibility === 'HELD')
    tell('item.held', { reason: item.visibilityReason, releaseAt: item.releaseAt });
  if (item.visibility === 'HIDDEN')
    tell('item.hidden', { reason: item.visibilityReason, releaseAt: item.releaseAt });
  if (item.visibility === 'RELEASED' && (watched || before)) tell('item.released', release(item));
  if (item.visibility === 'WITHDRAWN')
    tell('item.removed', {
      reason: item.visibilityReason,
      wasOut: item.released !== undefined,
      takenBack: item.takenBack,
    });
  return events;
}

/** What proves that a release was due: GUIDELINES' duties of delay, agreement and wording. */
function release(item: Revision['item']): Details {
  const { republication: terms, released } = item;
  if (!terms) return { hash: item.hash };
  return {
    mode: terms.mode,
    because: terms.because,
    agreement: terms.agreement,
    declaredPublished: item.published,
    firstSeen: item.firstSeen,
    sourceReleasedAt: terms.sourceReleased,
    counted: terms.counted,
    delayMinutes: released === undefined ? undefined : Math.floor((released - terms.sourceReleased) / 60_000),
    sourceBodyHash: item.sourceHash ?? item.hash,
    releasedBodyHash: item.hash,
  };
}

type Details = Readonly<Record<string, LedgerValue | undefined>>;

function tidy(details: Details): Readonly<Record<string, LedgerValue>> {
  const told = Object.entries(details).filter(([, value]) => value !== undefined);
  return Object.fromEntries(told) as Readonly<Record<string, LedgerValue>>;
}
