import { randomInt } from 'node:crypto';
import { CodedError } from '../../schemas/errors.ts';
import { toRfc3339 } from '../../schemas/instant.ts';
import type { Kept } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { type By, checkReason } from './actor.ts';
import { conflict, noItem } from './hold.ts';

const LONGEST = 4_000;
const CONTACT = 200;

/** Takes a reader's complaint; gives its ticket. Nothing personal is kept but the contact, and that until the decision. */
export async function complain(
  store: Store,
  given: { readonly item?: string; readonly text: string; readonly contact?: string },
): Promise<Kept<'complaint'>> {
  const text = given.text.trim().normalize('NFC');
  if (text.length < 10 || text.length > LONGEST)
    throw new CodedError('BAD_INPUT', `Say in 10 to ${LONGEST} characters what is wrong.`, {
      data: { vi: `Hãy viết nội dung phản ánh, từ 10 đến ${LONGEST} ký tự.` },
    });
  const contact = given.contact?.trim().slice(0, CONTACT);
  return store.transaction(async tx => {
    const now = await store.now();
    const item =
      given.item === undefined ? undefined : (await tx.items.current([given.item])).get(given.item);
    if (given.item !== undefined && item?.released === undefined) throw noItem(given.item);
    const record: Kept<'complaint'> = {
      kind: 'complaint',
      id: ticket(toRfc3339(now)),
      ...(item && { item: item.id, site: item.site }),
      state: 'open',
      at: now,
      due: now,
      document: { text, receivedAt: now, ...(item && { item: item.id }), ...(contact && { contact }) },
    };
    if (!(await tx.records.add(record))) throw new CodedError('UNAVAILABLE', 'Please send it again.');
    tx.ledger.append({
      type: 'complaint.received',
      actor: 'reader',
      ...(item && { item: item.id, site: item.site }),
      details: { ticket: record.id, receivedAt: now },
    });
    return record;
  });
}

/** Decides a complaint. The contact goes with the answer; the operator answers by their own means before. */
export function answerComplaint(
  store: Store,
  id: string,
  upheld: boolean,
  by: By,
): Promise<Kept<'complaint'>> {
  checkReason(by);
  return store.transaction(async tx => {
    const now = await store.now();
    const kept = await tx.records.get('complaint', id);
    if (!kept)
      throw new CodedError('NOT_FOUND', `There is no ticket ${id.slice(0, 40)}.`, {
        data: { vi: 'Không có phiếu này.' },
      });
    if (kept.state !== 'open')
      throw conflict('The complaint is decided already.', 'Phản ánh này đã được trả lời.');
    const { due: _due, ...rest } = kept;
    const { contact: _contact, ...document } = kept.document;
    const answered: Kept<'complaint'> = {
      ...rest,
      state: upheld ? 'upheld' : 'rejected',
      document: { ...document, decision: by.reason, decidedAt: now },
    };
    await tx.records.put(answered);
    tx.ledger.append({
      type: 'complaint.answered',
      actor: by.actor,
      ...(kept.item && { item: kept.item }),
      ...(kept.site && { site: kept.site }),
      details: {
        ticket: id,
        upheld,
        reasonGiven: by.reason,
        receivedAt: document.receivedAt,
        decidedAt: now,
      },
    });
    return answered;
  });
}

/** `PA-20261122-482913`: day, and six digits that tell nothing of how many there are. */
function ticket(time: string): string {
  return `PA-${time.slice(0, 10).replaceAll('-', '')}-${String(randomInt(1_000_000)).padStart(6, '0')}`;
}
