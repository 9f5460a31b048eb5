import { hash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { CodedError } from '../../schemas/errors.ts';
import { withdraw } from '../harvest/revise.ts';
import { write } from '../harvest/write-revisions.ts';
import { canonicalLink } from '../normalise/canonical-link.ts';
import type { Kept } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { type By, checkReason } from './actor.ts';
import { conflict, hold, release } from './hold.ts';

const MOST_LINKS = 100;

/** Makes a site's named contact and the code it pulls articles with; the code is shown once and kept only as a hash. */
export async function makeContact(store: Store, site: string, name: string, actor: string): Promise<string> {
  const code = randomBytes(12).toString('base64url');
  await store.transaction(async tx => {
    const now = await store.now();
    await tx.records.put({
      kind: 'contact',
      id: site,
      site,
      at: now,
      document: { name, hash: hashOf(code), made: now },
    });
    tx.ledger.append({ type: 'config.changed', actor, site, details: { what: 'withdraw-contact', name } });
  });
  return code;
}

/** A publisher's call: everything named is hidden at once, and waits for the operator to confirm. */
export async function askWithdrawal(
  store: Store,
  {
    site,
    code,
    links,
    reason,
  }: {
    readonly site: string;
    readonly code: string;
    readonly links: readonly string[];
    readonly reason: string;
  },
): Promise<Kept<'withdrawal'>> {
  const contact = await store.records.get('contact', site);
  if (!contact || !sameHash(contact.document.hash, hashOf(code.trim())))
    throw new CodedError('UNAUTHENTICATED', 'Site and code do not fit.', {
      data: { vi: 'Mã trang và mã bí mật không khớp.' },
    });
  checkReason({ actor: '', reason });
  const named = [...new Set(links.map(link => link.trim()).filter(link => link !== ''))];
  if (named.length === 0 || named.length > MOST_LINKS)
    throw new CodedError('BAD_INPUT', `Name 1 to ${MOST_LINKS} addresses, one a line.`, {
      data: { vi: `Cần từ 1 đến ${MOST_LINKS} địa chỉ, mỗi dòng một địa chỉ.` },
    });
  const keys = named.filter(link => URL.canParse(link)).map(link => canonicalLink(link));
  const found = (await store.items.byLinks(keys)).filter(
    item => item.site === site && item.visibility !== 'WITHDRAWN',
  );
  if (found.length === 0)
    throw new CodedError('NOT_FOUND', 'None of these addresses is an item of this site.', {
      data: { vi: 'Không địa chỉ nào là tin của trang này.' },
    });
  const actor = `publisher:${site}`;
  for (const { id } of found) await hold(store, id, { actor, reason }, 'asked');
  const now = await store.now();
  const record: Kept<'withdrawal'> = {
    kind: 'withdrawal',
    id: randomUUID(),
    site,
    state: 'open',
    at: now,
    due: now,
    document: {
      items: found.map(({ id }) => id),
      links: named,
      reason,
      contact: contact.document.name,
      askedAt: now,
    },
  };
  await store.transaction(async tx => {
    await tx.records.put(record);
    tx.ledger.append({
      type: 'withdrawal.asked',
      actor,
      site,
      details: { withdrawal: record.id, items: record.document.items, reasonGiven: reason },
    });
  });
  return record;
}

/** The operator's word on a publisher's call: gone for good, or out again. */
export async function decideWithdrawal(
  store: Store,
  id: string,
  confirmed: boolean,
  by: By,
): Promise<Kept<'withdrawal'>> {
  checkReason(by);
  const kept = await store.records.get('withdrawal', id);
  if (!kept) throw new CodedError('NOT_FOUND', `There is no call ${id.slice(0, 60)}.`);
  if (kept.state !== 'open') throw conflict('The call is decided already.', 'Đề nghị này đã được xử lý.');
  if (!confirmed)
    for (const item of kept.document.items) await release(store, item, by).catch(ignoreConflict);
  const { due: _due, ...rest } = kept;
  const decided: Kept<'withdrawal'> = { ...rest, state: confirmed ? 'confirmed' : 'rejected' };
  await store.transaction(async tx => {
    const current = await tx.items.current(kept.document.items);
    const living = [...current.values()].filter(({ visibility }) => visibility !== 'WITHDRAWN');
    if (confirmed)
      await write(
        tx,
        living.map(item => withdraw(item, 'withdrawn', kept.document.askedAt)),
        {
          actor: by.actor,
          details: {
            withdrawal: id,
            reasonGiven: by.reason,
            lastSeen: kept.document.askedAt,
            detectedAt: kept.document.askedAt,
          },
        },
      );
    await tx.records.put(decided);
  });
  return decided;
}

function ignoreConflict(thrown: unknown): void {
  if (thrown instanceof CodedError && (thrown.code === 'CONFLICT' || thrown.code === 'NOT_FOUND')) return;
  throw thrown;
}

function hashOf(code: string): string {
  return hash('sha256', code, 'hex');
}

function sameHash(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
