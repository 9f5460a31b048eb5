import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type Request, type Response } from 'express';
import { CodedError } from '../../schemas/errors.ts';
import { field, readBody, requireSameSite, sendForm, wrong } from '../http/form-page.ts';
import { type Html, html } from '../http/html.ts';
import type { Services } from '../http/services.ts';
import { siteReportPage } from '../http/site-report-page.ts';
import { Tallies } from '../http/tallies.ts';
import { siteReport } from '../judge/site-report.ts';
import { perform } from './perform.ts';
import { type Session, Sessions } from './sessions.ts';
import { waitingPage } from './view.ts';
import { readWaiting } from './waiting.ts';

const COOKIE = 'lienthong_console';
const TRIES = { requests: 10, per: 10 * 60_000 };

/**
 * `/console`: what waits for the operator, behind the admin token. Its cookie is read here and nowhere else, is sent to
 * no other site (SameSite=Strict) and no script, and every act needs the word that stands in its form besides.
 */
export function consoleRoutes(services: Services, sessions: Sessions = new Sessions()): express.Router {
  const { store, federation, rules, adminToken, now, log, tallies = new Tallies() } = services;
  const router = express.Router();
  const buckets = tallies.buckets('console', 10_000);
  const secure = federation.gateway.publicUrl.startsWith('https:') ? '; Secure' : '';

  router.get('/console', async (req, res) => {
    const session = sessionOf(req);
    if (!session) return sendForm(res, { title: 'Đăng nhập', status: 401, body: LOGIN });
    return show(res, session);
  });

  router.get('/console/sites/:id', async (req, res) => {
    if (!sessionOf(req)) return sendForm(res, { title: 'Đăng nhập', status: 401, body: LOGIN });
    const site = federation.sites.find(({ id }) => id === req.params.id);
    if (!site) throw new CodedError('NOT_FOUND', 'There is no such site.');
    const nav = html`<a href="/console">Bảng điều hành</a>`;
    return sendForm(res, {
      title: site.name,
      nav,
      body: siteReportPage(await siteReport(store, services, site)),
    });
  });

  router.post('/console', ...readBody, async (req, res) => {
    requireSameSite(req);
    const session = sessionOf(req);
    if (!session) return logIn(req, res);
    if (!same(field(req, 'csrf'), session.csrf))
      throw new CodedError('FORBIDDEN', 'This form is not of this session; open the page anew.', {
        data: { vi: 'Biểu mẫu đã cũ; hãy mở lại trang.' },
      });
    if (field(req, 'act') === 'leave') {
      sessions.end(session.id);
      res.set('Set-Cookie', `${COOKIE}=; Path=/console; HttpOnly; SameSite=Strict; Max-Age=0${secure}`);
      return sendForm(res, { title: 'Đã thoát', body: LOGIN });
    }
    try {
      const done = await perform(req, services);
      log.info({ act: field(req, 'act'), id: field(req, 'id') }, `Bảng điều hành: ${done}`);
      return await show(res, session, html`<p class="done" role="status">${done}</p>`);
    } catch (thrown) {
      const { error, box } = wrong(thrown);
      return show(res, session, box, error.status);
    }
  });
  return router;

  function sessionOf(req: Request): Session | undefined {
    const cookies = (req.headers.cookie ?? '').split(/;\s*/);
    const own = cookies.find(cookie => cookie.startsWith(`${COOKIE}=`));
    return sessions.find(own?.slice(COOKIE.length + 1), now());
  }

  async function logIn(req: Request, res: Response): Promise<void> {
    const wait = buckets.take(req.ip ?? '', TRIES, now());
    const good = wait === 0 && adminToken !== '' && same(field(req, 'token').trim(), adminToken);
    if (!good) {
      const words = wait > 0 ? 'Thử quá nhiều lần; xin chờ ít phút.' : 'Mã vận hành không đúng.';
      const body = html`<p class="wrong" role="alert">${words}</p>${LOGIN}`;
      return sendForm(res, { title: 'Đăng nhập', status: wait > 0 ? 429 : 401, body });
    }
    const session = sessions.start(now());
    res.set('Set-Cookie', `${COOKIE}=${session.id}; Path=/console; HttpOnly; SameSite=Strict${secure}`);
    // Not a page by POST: reloading it must not send the token again.
    res.redirect(303, '/console');
  }

  async function show(res: Response, session: Session, said: Html = html``, status = 200): Promise<void> {
    const body = waitingPage(await readWaiting(store, federation), { session, federation, rules });
    const nav = html`<form method="post" action="/console"><input type="hidden" name="csrf" value="${session.csrf}"><button class="quiet" name="act" value="leave">Thoát</button></form>`;
    return sendForm(res, { title: 'Bảng điều hành', status, wide: true, nav, body: html`${said}${body}` });
  }
}

const LOGIN = html`<h1>Bảng điều hành</h1><form class="box" method="post" action="/console" autocomplete="off">
<label for="token">Mã vận hành</label><input id="token" type="password" name="token" required autocomplete="current-password">
<p><small>Mã nằm trong biến LIENTHONG_ADMIN_TOKEN, hoặc trong tệp admin-token ở thư mục dữ liệu.</small></p><button>Vào</button></form>`;

/** Compares in a time that tells nothing. */
function same(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
