import { CodedError } from '../../schemas/errors.ts';
import type { Federation } from '../../schemas/federation.ts';
import { LEAST_PRESS_DELAY, type PressAgreement, type RuleException } from '../../schemas/republication.ts';
import type { Store } from '../store/store.ts';
import { type By, checkReason } from './actor.ts';
import { conflict } from './hold.ts';

/** Records a paper's written agreement. Its items are judged again in the background. */
export async function recordAgreement(
  store: Store,
  { sites }: Pick<Federation, 'sites'>,
  agreement: PressAgreement,
  by: By,
): Promise<PressAgreement> {
  checkReason(by);
  const site = sites.find(({ id }) => id === agreement.site);
  if (site?.kind !== 'press')
    throw bad(`${agreement.site.slice(0, 60)} is no press site.`, 'Trang này không phải trang báo chí.');
  if (!/^sha256:[0-9a-f]{64}$/i.test(agreement.document))
    throw bad(
      'The document’s hash is `sha256:` and 64 hex digits.',
      'Mã băm văn bản viết: sha256: và 64 chữ số hex.',
    );
  if (agreement.until <= agreement.from)
    throw bad('It ends before it begins.', 'Ngày hết hiệu lực trước ngày có hiệu lực.');
  if (agreement.delay !== undefined && agreement.delay < LEAST_PRESS_DELAY)
    throw bad(
      'No agreement makes the delay shorter than 60 minutes.',
      'Không thỏa thuận nào rút thời gian chờ xuống dưới 60 phút.',
    );
  await store.transaction(async tx => {
    const now = await store.now();
    const added = await tx.records.add({
      kind: 'agreement',
      id: agreement.id,
      site: agreement.site,
      state: 'in-force',
      at: now,
      due: agreement.until,
      document: agreement,
    });
    if (!added)
      throw conflict(`There is an agreement ${agreement.id} already.`, `Đã có thỏa thuận ${agreement.id}.`);
    const { id, site: of, ...terms } = agreement;
    tx.ledger.append({
      type: 'agreement.recorded',
      actor: by.actor,
      site: of,
      details: { agreement: id, ...terms, parties: [...terms.parties], reasonGiven: by.reason },
    });
  });
  return agreement;
}

export function endAgreement(store: Store, id: string, by: By): Promise<PressAgreement> {
  checkReason(by);
  return store.transaction(async tx => {
    const kept = await tx.records.get('agreement', id);
    if (kept?.state !== 'in-force')
      throw new CodedError('NOT_FOUND', `No agreement ${id.slice(0, 100)} is in force.`);
    const { due: _due, ...rest } = kept;
    await tx.records.put({ ...rest, state: 'ended' });
    tx.ledger.append({
      type: 'agreement.ended',
      actor: by.actor,
      site: kept.document.site,
      details: { agreement: id, reasonGiven: by.reason },
    });
    return kept.document;
  });
}

/** A site's leave from one rule until a day. A later one of the same rule replaces it. */
export async function except(
  store: Store,
  {
    federation,
    rules,
  }: { readonly federation: Federation; readonly rules: readonly { readonly id: string }[] },
  exception: RuleException,
  by: By,
): Promise<RuleException> {
  checkReason(by);
  if (!federation.sites.some(({ id }) => id === exception.site))
    throw new CodedError('NOT_FOUND', `There is no site ${exception.site.slice(0, 60)}.`);
  if (!rules.some(({ id }) => id === exception.rule))
    throw new CodedError('NOT_FOUND', `There is no rule ${exception.rule.slice(0, 80)}.`);
  await store.transaction(async tx => {
    const now = await store.now();
    if (exception.until <= now) throw bad('The exception ends in the past.', 'Thời hạn miễn đã qua.');
    const { rule, site, until } = exception;
    await tx.records.put({
      kind: 'exception',
      id: `${site}/${rule}`,
      site,
      state: 'in-force',
      at: now,
      due: until,
      document: exception,
    });
    tx.ledger.append({
      type: 'exception.granted',
      actor: by.actor,
      site,
      details: { rule, until, reasonGiven: by.reason },
    });
  });
  return exception;
}

function bad(message: string, vi: string): CodedError {
  return new CodedError('BAD_INPUT', message, { data: { vi } });
}
