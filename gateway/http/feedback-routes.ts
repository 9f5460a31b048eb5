import express, { type Request } from 'express';
import { CodedError } from '../../schemas/errors.ts';
import { toReadable, toRfc3339 } from '../../schemas/instant.ts';
import { complain } from '../acts/complaints.ts';
import type { Kept } from '../store/records.ts';
import { field, readBody, sendForm, wrong } from './form-page.ts';
import { type Html, html } from './html.ts';
import { readItemId } from './item-page.ts';
import type { Services } from './services.ts';
import { Tallies } from './tallies.ts';

const HOUR = 60 * 60_000;
/** Complaints an address may send, and all together: a flood buries what is real. */
const PER_ADDRESS = { requests: 6, per: HOUR };
const ALTOGETHER = { requests: 300, per: HOUR };

/** `/feedback`: the form, the API (JSON in, JSON out) and a ticket's state. NĐ 147/2024 Điều 28(1). */
export function feedbackRoutes({ store, now, tallies = new Tallies() }: Services): express.Router {
  const router = express.Router();
  const buckets = tallies.buckets('feedback', 20_000);

  function takeTurn(ip: string | undefined): void {
    const wait = Math.max(
      buckets.take(`ip ${ip ?? ''}`, PER_ADDRESS, now()),
      buckets.take('all', ALTOGETHER, now()),
    );
    if (wait > 0)
      throw new CodedError('RATE_LIMITED', 'Too many complaints from here; please try again later.', {
        data: {
          retryAfter: Math.ceil(wait / 1000),
          vi: 'Đã nhận nhiều phản ánh từ địa chỉ này; xin thử lại sau.',
        },
      });
  }

  router.get('/feedback', async (req, res) => {
    const item = await askedItem(req.query.item);
    await sendForm(res, { title: 'Phản ánh nội dung', body: form({ item }) });
  });

  router.post('/feedback', ...readBody, async (req, res) => {
    const [text, contact, item] = [field(req, 'text'), field(req, 'contact'), field(req, 'item')];
    try {
      takeTurn(req.ip);
      const ticket = await complain(store, {
        text,
        ...(contact.trim() !== '' && { contact }),
        ...(item !== '' && { item: readItemId(item) }),
      });
      if (wantsJson(req)) res.status(201).set('Cache-Control', 'no-store').json(shown(ticket));
      else await sendForm(res, { title: 'Đã nhận phản ánh', status: 201, body: received(ticket) });
    } catch (thrown) {
      if (wantsJson(req)) throw thrown;
      const { error, box } = wrong(thrown);
      const asked = await askedItem(item).catch(() => undefined);
      await sendForm(res, {
        title: 'Phản ánh nội dung',
        status: error.status,
        body: html`${box}${form({ item: asked, text, contact })}`,
      });
    }
  });

  router.get('/feedback/:ticket', async (req, res) => {
    const ticket = await store.records.get('complaint', String(req.params.ticket).toUpperCase());
    if (!ticket)
      throw new CodedError('NOT_FOUND', 'There is no such ticket.', { data: { vi: 'Không có phiếu này.' } });
    if (wantsJson(req)) res.set('Cache-Control', 'no-store').json(shown(ticket));
    else await sendForm(res, { title: `Phiếu ${ticket.id}`, body: state(ticket) });
  });
  return router;

  async function askedItem(asked: unknown) {
    if (typeof asked !== 'string' || asked === '') return undefined;
    const [found] = await store.items.byIds([readItemId(asked)]);
    if (found?.released === undefined)
      throw new CodedError('NOT_FOUND', 'There is no item with this id.', {
        data: { vi: 'Không có tin này.' },
      });
    // One that left view may be complained about all the same, but its title is in no answer.
    return { id: found.id, title: found.visibility === 'RELEASED' ? found.title : '' };
  }
}

/** A program sends JSON or asks for nothing but JSON; a person's browser asks for pages first. */
function wantsJson(req: Request): boolean {
  return req.is('application/json') === 'application/json' || req.accepts(['html', 'json']) === 'json';
}

function shown({ id, state: at, document }: Kept<'complaint'>) {
  return {
    ticket: id,
    state: at,
    receivedAt: toRfc3339(document.receivedAt),
    ...(document.item && { item: document.item }),
    ...(document.decision !== undefined && { decision: document.decision }),
    ...(document.decidedAt !== undefined && { decidedAt: toRfc3339(document.decidedAt) }),
  };
}

function form(given: {
  readonly item?: { readonly id: string; readonly title: string } | undefined;
  readonly text?: string;
  readonly contact?: string;
}): Html {
  const about = given.item
    ? html`<p>Về tin: <strong>${given.item.title || given.item.id}</strong></p><input type="hidden" name="item" value="${given.item.id}">`
    : html``;
  return html`<h1>Phản ánh nội dung</h1>
<p class="soft">Dành cho người đọc, cơ quan, tổ chức thấy tin sai, vi phạm hoặc xâm phạm quyền lợi. Mỗi phản ánh có một số phiếu để theo dõi.</p>
<form class="box" method="post" action="/feedback">${about}
<label for="text">Nội dung phản ánh</label>
<textarea id="text" name="text" required minlength="10" maxlength="4000">${given.text ?? ''}</textarea>
<label for="contact">Cách liên hệ (không bắt buộc)</label>
<input id="contact" type="text" name="contact" maxlength="200" autocomplete="email" value="${given.contact ?? ''}">
<p><small>Chỉ dùng để trả lời, được xoá khi phản ánh có kết luận. Xin không ghi dữ liệu cá nhân của người khác.</small></p>
<button>Gửi phản ánh</button></form>
<p><small>Complaints may be written in English. By API: POST JSON {"text", "item", "contact"} to this address.</small></p>`;
}

function received(ticket: Kept<'complaint'>): Html {
  return html`<h1>Đã nhận phản ánh</h1><div class="box"><p>Số phiếu của bạn:</p><p class="ticket">${ticket.id}</p>
<p>Xem kết quả tại <a href="/feedback/${ticket.id}">/feedback/${ticket.id}</a>.</p></div>`;
}

const STATES: Readonly<Record<string, string>> = {
  open: 'Đang xem xét',
  upheld: 'Phản ánh đúng, đã xử lý',
  rejected: 'Phản ánh không được chấp nhận',
};

function state({ id, state: at = 'open', document }: Kept<'complaint'>): Html {
  const answer =
    document.decision === undefined
      ? html``
      : html`<p><strong>Trả lời:</strong> ${document.decision}</p><p class="soft">${toReadable(document.decidedAt ?? 0)}</p>`;
  return html`<h1>Phiếu ${id}</h1><div class="box"><p><strong>${STATES[at] ?? at}</strong></p><p class="soft">Nhận lúc ${toReadable(document.receivedAt)}</p>${answer}</div>`;
}
