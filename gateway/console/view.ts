import { alarmKind } from '../../schemas/alarms.ts';
import type { Federation } from '../../schemas/federation.ts';
import { toReadable } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import { HOLD_REASONS } from '../../schemas/republication.ts';
import type { Rule } from '../../schemas/rules/rule.ts';
import { type Html, html, join } from '../http/html.ts';
import type { Session } from './sessions.ts';
import type { Waiting } from './waiting.ts';

interface Known {
  readonly session: Session;
  readonly federation: Federation;
  readonly rules: readonly Rule[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SHOWN = 50;

/** What waits for the operator, each with the acts that settle it. */
export function waitingPage(waiting: Waiting, known: Known): Html {
  const { held, timed, withdrawals, complaints, takedowns, doubtful, failing, alarms, now } = waiting;
  const nothing = [alarms, held, withdrawals, complaints, failing].every(list => list.length === 0);
  return html`<h1>Việc đang chờ</h1>
<p class="soft">${toReadable(now)}. Mọi thao tác đều cần lý do và được ghi vào sổ cái.</p>
${nothing ? html`<p class="done">Không có việc nào chờ người vận hành.</p>` : html``}
${section(
  `Cảnh báo đang mở (${alarms.length})`,
  ['Loại', 'Việc gì, làm gì', 'Từ lúc'],
  alarms
    .slice(0, SHOWN)
    .map(({ document }) =>
      row([alarmKind(document.kind).title.vi, document.sentence.vi, toReadable(document.since)]),
    ),
)}
${section(
  `Nơi đăng đề nghị gỡ (${withdrawals.length})`,
  ['Trang', 'Bài', 'Lý do', 'Từ lúc', ''],
  withdrawals.map(one =>
    row([
      one.site ?? '',
      list(one.document.links),
      one.document.reason,
      age(now - one.at, HOUR),
      acts(
        known,
        [
          ['withdrawal-confirm', 'Xác nhận gỡ'],
          ['withdrawal-reject', 'Phát lại'],
        ],
        one.id,
      ),
    ]),
  ),
)}
${section(
  `Phản ánh chưa trả lời (${complaints.length})`,
  ['Phiếu', 'Nội dung', 'Liên hệ', 'Từ lúc', ''],
  complaints.map(one =>
    row([
      one.id,
      html`${one.document.text}${one.item ? html`<br><small><a href="/items/${one.item}">xem tin</a></small>` : html``}`,
      one.document.contact ?? '',
      age(now - one.at, 24 * HOUR),
      acts(
        known,
        [
          ['complaint-uphold', 'Đúng'],
          ['complaint-reject', 'Không đúng'],
        ],
        one.id,
      ),
    ]),
  ),
)}
${section(
  `Tin đang giữ hoặc ẩn (${held.length})`,
  ['Tin', 'Vì sao', 'Từ lúc', ''],
  held.slice(0, SHOWN).map(item =>
    row([
      about(item, known),
      reason(item, known),
      age(now - item.firstSeen, 24 * HOUR),
      acts(
        known,
        [
          ['release', 'Cho phát'],
          ['takedown', 'Gỡ hẳn'],
        ],
        item.id,
      ),
    ]),
  ),
)}
${section(
  `Nguồn đang lỗi hoặc tạm dừng (${failing.length})`,
  ['Nguồn', 'Lỗi', 'Lần tốt cuối', ''],
  failing.map(one =>
    row([
      one.source,
      html`${one.lastError?.message ?? one.paused?.reason ?? ''} <small>${one.failures} lần liên tiếp</small>`,
      one.lastSucceeded === undefined ? 'chưa lần nào' : toReadable(one.lastSucceeded),
      acts(known, [['harvest', 'Thu ngay']], one.source),
    ]),
  ),
)}
${section(
  `Không thấy bài ở nguồn (${doubtful.length})`,
  ['Trang', 'Địa chỉ', 'Thấy lần cuối', 'Vì sao'],
  doubtful.map(one =>
    row([
      one.site ?? '',
      html`<a href="${one.document.link}" rel="noreferrer">${one.document.link}</a>`,
      age(now - one.document.lastSeen, 90 * MINUTE),
      one.document.doubt?.because ?? '',
    ]),
  ),
)}
${section(
  `Tin báo chờ đủ giờ (${timed.length})`,
  ['Tin', 'Phát lúc'],
  timed.slice(0, SHOWN).map(item => row([about(item, known), toReadable(item.releaseAt ?? 0)])),
)}
${section(
  'Các trang',
  ['Trang', 'Điểm', 'Chưa biết'],
  known.federation.sites.map(site =>
    row([
      html`<a href="/console/sites/${site.id}">${site.name}</a>`,
      String(waiting.scores.get(site.id)?.score ?? '–'),
      `${Math.round((waiting.scores.get(site.id)?.unknown ?? 1) * 100)} %`,
    ]),
  ),
)}
${takeDownForm(known)}
${section(
  'Lần gỡ gần đây',
  ['Lúc', 'Bao nhiêu tin', 'Ai yêu cầu', 'Phải xong trước', 'Mất'],
  takedowns.map(({ document }) =>
    row([
      toReadable(document.removedAt),
      String(document.items.length),
      document.sender ?? 'người vận hành',
      toReadable(document.dueAt),
      age(document.removedAt - document.receivedAt, document.dueAt - document.receivedAt),
    ]),
  ),
)}`;
}

function takeDownForm({ session }: Known): Html {
  return html`<h2>Gỡ tin theo lệnh</h2><form class="box" method="post" action="/console">
<input type="hidden" name="csrf" value="${session.csrf}"><input type="hidden" name="act" value="order">
<label for="links">Địa chỉ bài gốc hoặc mã tin, mỗi dòng một</label><textarea id="links" name="links" required></textarea>
<label for="sender">Cơ quan yêu cầu</label><input id="sender" type="text" name="sender" maxlength="300">
<label for="reference">Số văn bản</label><input id="reference" type="text" name="reference" maxlength="200">
<label for="order-reason">Lý do</label><input id="order-reason" type="text" name="reason" required minlength="3" maxlength="2000">
<p><label><input type="checkbox" name="urgent" value="1"> Khẩn cấp (06 giờ)</label></p><button>Gỡ khỏi mọi kênh</button></form>`;
}

function section(title: string, columns: readonly string[], rows: readonly Html[]): Html {
  if (rows.length === 0) return html``;
  const heads = join(columns.map(column => html`<th scope="col">${column}</th>`));
  return html`<h2>${title}</h2><table><thead><tr>${heads}</tr></thead><tbody>${join(rows)}</tbody></table>`;
}

function row(cells: readonly (string | Html)[]): Html {
  return html`<tr>${join(cells.map(cell => html`<td>${cell}</td>`))}</tr>`;
}

function about(item: Item, { federation }: Known): Html {
  const site = federation.sites.find(({ id }) => id === item.site)?.name ?? item.site;
  return html`<a href="${item.link}" rel="noreferrer">${item.title || item.link}</a><br><small>${site}</small>`;
}

function reason({ visibilityReason = '' }: Item, { rules }: Known): Html {
  const rule = rules.find(({ id }) => `rule:${id}` === visibilityReason);
  if (rule) return html`${rule.title.vi}<br><small>${rule.remedy.vi}</small>`;
  return html`${HOLD_REASONS[visibilityReason]?.vi ?? visibilityReason}`;
}

function acts({ session }: Known, buttons: readonly (readonly [string, string])[], id: string): Html {
  const made = buttons.map(
    ([act, words], index) =>
      html`<button name="act" value="${act}"${index > 0 ? html` class="quiet"` : html``}>${words}</button>`,
  );
  return html`<div class="acts"><form method="post" action="/console"><input type="hidden" name="csrf" value="${session.csrf}"><input type="hidden" name="id" value="${id}"><input type="text" name="reason" placeholder="Lý do" aria-label="Lý do" required minlength="3" maxlength="2000">${join(made)}</form></div>`;
}

function list(links: readonly string[]): Html {
  return join(links.map(link => html`${link}<br>`));
}

/** How long it waits; late beyond its measure. */
function age(milliseconds: number, measure: number): Html {
  const minutes = Math.max(0, Math.floor(milliseconds / MINUTE));
  const words =
    minutes < 60
      ? `${minutes} phút`
      : minutes < 48 * 60
        ? `${Math.floor(minutes / 60)} giờ`
        : `${Math.floor(minutes / 1440)} ngày`;
  return milliseconds > measure ? html`<span class="late">${words}</span>` : html`${words}`;
}
