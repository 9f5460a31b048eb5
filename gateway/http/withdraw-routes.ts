import express from 'express';
import { CodedError } from '../../schemas/errors.ts';
import { askWithdrawal } from '../acts/withdrawals.ts';
import { field, readBody, requireSameSite, sendForm, wrong } from './form-page.ts';
import { type Html, html, join } from './html.ts';
import type { Services } from './services.ts';
import { Tallies } from './tallies.ts';

/** Guesses at a code: few enough that 96 bits can't be tried, from one address or for one site. */
const TRIES = { requests: 10, per: 10 * 60_000 };

/** `/withdraw`: a publisher's named contact pulls articles; hidden at once, confirmed by the operator. */
export function withdrawRoutes({
  store,
  federation,
  now,
  tallies = new Tallies(),
}: Services): express.Router {
  const router = express.Router();
  const buckets = tallies.buckets('withdraw', 20_000);

  router.get('/withdraw', (_req, res) => sendForm(res, { title: 'Rút bài', body: form({}) }));

  router.post('/withdraw', ...readBody, async (req, res) => {
    const given = {
      site: field(req, 'site').trim(),
      links: field(req, 'links'),
      reason: field(req, 'reason'),
    };
    const isJson = req.is('application/json') === 'application/json';
    try {
      requireSameSite(req);
      const wait = Math.max(
        buckets.take(`ip ${req.ip ?? ''}`, TRIES, now()),
        buckets.take(`site ${given.site}`, TRIES, now()),
      );
      if (wait > 0)
        throw new CodedError('RATE_LIMITED', 'Too many tries; please wait.', {
          data: { retryAfter: Math.ceil(wait / 1000), vi: 'Thử quá nhiều lần; xin chờ ít phút.' },
        });
      const asked = await askWithdrawal(store, {
        site: given.site,
        code: field(req, 'code'),
        links: given.links.split(/\s+/),
        reason: given.reason,
      });
      const { items } = asked.document;
      if (isJson)
        res.status(202).set('Cache-Control', 'no-store').json({ withdrawal: asked.id, hidden: items });
      else await sendForm(res, { title: 'Đã tạm ẩn', status: 202, body: done(items.length) });
    } catch (thrown) {
      if (isJson) throw thrown;
      const { error, box } = wrong(thrown);
      await sendForm(res, { title: 'Rút bài', status: error.status, body: html`${box}${form(given)}` });
    }
  });
  return router;

  function form({
    site = '',
    links = '',
    reason = '',
  }: {
    site?: string;
    links?: string;
    reason?: string;
  }): Html {
    const options = federation.sites.map(
      ({ id, name }) => html`<option value="${id}"${id === site ? html` selected` : html``}>${name}</option>`,
    );
    return html`<h1>Rút bài đã đăng lại</h1>
<p class="soft">Dành cho đầu mối của trang hoặc tờ báo. Bài được ẩn ngay khỏi mọi kênh, rồi người vận hành xác nhận gỡ hẳn.</p>
<form class="box" method="post" action="/withdraw" autocomplete="off">
<label for="site">Trang của bạn</label><select id="site" name="site" required>${join(options)}</select>
<label for="code">Mã rút bài</label><input id="code" type="password" name="code" required maxlength="100" autocomplete="off">
<label for="links">Địa chỉ bài, mỗi dòng một địa chỉ</label><textarea id="links" name="links" required>${links}</textarea>
<label for="reason">Lý do</label><input id="reason" type="text" name="reason" required minlength="3" maxlength="500" value="${reason}">
<p><button>Ẩn ngay các bài này</button></p></form>
<p><small>Chưa có mã? Hãy liên hệ người vận hành cổng: mã được cấp cho một người có tên.</small></p>`;
  }
}

function done(count: number): Html {
  return html`<h1>Đã tạm ẩn ${count} bài</h1><div class="box"><p>Các bài đã ra khỏi mọi kênh từ lúc này. Người vận hành sẽ xác nhận để gỡ hẳn; nếu không phải ý của bạn, hãy liên hệ ngay.</p></div>`;
}
