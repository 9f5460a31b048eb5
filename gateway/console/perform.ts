import type { Request } from 'express';
import { CodedError } from '../../schemas/errors.ts';
import { answerComplaint } from '../acts/complaints.ts';
import { hold, release } from '../acts/hold.ts';
import { takeDown } from '../acts/take-down.ts';
import { decideWithdrawal } from '../acts/withdrawals.ts';
import { field } from '../http/form-page.ts';
import type { Services } from '../http/services.ts';

/** One button of the console. Gives what was done, for the page. Throws what the act throws. */
export async function perform(req: Request, { store }: Services): Promise<string> {
  const [act, id] = [field(req, 'act'), field(req, 'id')];
  const by = { actor: 'operator', reason: field(req, 'reason').trim() };
  switch (act) {
    case 'release':
      return (await release(store, id, by)).visibility === 'RELEASED'
        ? 'Đã cho phát tin.'
        : 'Tin còn chờ đủ giờ.';
    case 'hold':
      await hold(store, id, by);
      return 'Đã giữ tin.';
    case 'takedown':
      await takeDown(store, { ...by, items: [id], links: [], urgent: false });
      return 'Đã gỡ tin khỏi mọi kênh.';
    case 'order':
      return order(req, store, by);
    case 'withdrawal-confirm':
    case 'withdrawal-reject':
      await decideWithdrawal(store, id, act === 'withdrawal-confirm', by);
      return act === 'withdrawal-confirm' ? 'Đã gỡ theo đề nghị của nơi đăng.' : 'Đã phát lại.';
    case 'complaint-uphold':
    case 'complaint-reject':
      await answerComplaint(store, id, act === 'complaint-uphold', by);
      return 'Đã trả lời phản ánh.';
    case 'harvest':
      if (!(await store.work.request(id)))
        throw new CodedError('NOT_FOUND', `There is no source ${id.slice(0, 100)}.`);
      return `Sẽ thu ${id} ngay.`;
    default:
      throw new CodedError('BAD_INPUT', 'There is no such act.');
  }
}

async function order(
  req: Request,
  store: Services['store'],
  by: { actor: string; reason: string },
): Promise<string> {
  const named = field(req, 'links').split(/\s+/).filter(Boolean);
  const isId = (text: string) => text.startsWith('urn:uuid:');
  const [sender, reference] = [field(req, 'sender').trim(), field(req, 'reference').trim()];
  const done = await takeDown(store, {
    ...by,
    items: named.filter(isId),
    links: named.filter(text => !isId(text)),
    urgent: field(req, 'urgent') === '1',
    ...(sender && { sender }),
    ...(reference && { reference }),
  });
  return `Đã gỡ ${done.document.items.length} tin khỏi mọi kênh.`;
}
