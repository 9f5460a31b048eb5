import { toReadable } from '../../schemas/instant.ts';
import { CONFIDENCES } from '../../schemas/rules/words.ts';
import type { FoundRule, Politeness, SiteReport } from '../judge/site-report.ts';
import { type Html, html, join } from './html.ts';

const FIRST = 3;

/** To read, to print, to hand on: first what is well, then three things to mend, then everything. */
export function siteReportPage(report: SiteReport): Html {
  const { site, at, items, score, well, found, unknown, politeness } = report;
  const points = score.score === undefined ? 'chưa đủ dữ kiện' : `${score.score}/100`;
  return html`<h1>${site.name}</h1>
<p class="soft">Báo cáo lúc ${toReadable(at)} · điểm ${points} · chưa biết ${Math.round(score.unknown * 100)} %</p>
<h2>Những điều đang tốt</h2>
<ul>${items > 0 ? html`<li><strong>Tin của trang đang có trên cổng: ${items} tin.</strong></li>` : html`<li>Chưa có tin nào của trang trên cổng.</li>`}
${join(well.slice(0, 12).map(({ rule }) => html`<li>${rule.title.vi}</li>`))}${well.length > 12 ? html`<li>và ${well.length - 12} điều khác</li>` : html``}</ul>
${found.length > 0 ? html`<h2>Nên làm trước</h2><ol>${join(found.slice(0, FIRST).map(one => html`<li><strong>${one.resolved.rule.title.vi}</strong> (${one.subjects}): ${one.resolved.rule.remedy.vi}</li>`))}</ol>` : html`<p class="done">Không quy tắc nào thấy có gì phải sửa.</p>`}
${found.length > 0 ? html`<h2>Tất cả</h2>${join(found.map(foundBox))}` : html``}
${unknown.length > 0 ? html`<h2>Chưa biết được</h2><p class="soft">Không tính là đạt hay không đạt.</p><ul>${join(unknown.map(({ rule }) => html`<li>${rule.title.vi}</li>`))}</ul>` : html``}
<h2>Cổng đã hỏi trang này những gì</h2>${politenessList(politeness)}
<p><small>Báo cáo dẫn điều khoản kèm mức chắc chắn của chúng tôi; không kết luận đúng sai về pháp luật.</small></p>`;
}

function foundBox({ resolved, subjects, examples }: FoundRule): Html {
  const { rule, severity, clauses, exception } = resolved;
  const cited = clauses.map(
    ({ cite, confidence, history }) =>
      html`<li>${cite} <small>(${CONFIDENCES[confidence].vi}${history ? ', đã hết hiệu lực' : ''})</small></li>`,
  );
  const places = examples.map(({ message, path, link, title }) => {
    const where = link ? html`<a href="${link}" rel="noreferrer">${title || link}</a>` : html`${path}`;
    return html`<li>${message.vi} <small>${where}${link ? html` · ${path}` : html``}</small></li>`;
  });
  return html`<div class="box"><p><strong>${rule.title.vi}</strong> · ${severity === 'must' ? 'phải' : 'nên'} · ${subjects} chỗ${exception ? html` · được miễn: ${exception.reason}` : html``}</p>
<p>${rule.remedy.vi}</p><ul>${join(places)}</ul><details open><summary>Căn cứ</summary><ul>${join(cited)}</ul>${rule.caveat ? html`<p class="soft">${rule.caveat.vi}</p>` : html``}</details></div>`;
}

function politenessList({
  days,
  requests,
  notModified,
  bytes,
  robotsRefused,
  slowedDown,
  failed,
}: Politeness): Html {
  const share = requests === 0 ? 0 : Math.round((100 * notModified) / requests);
  return html`<ul><li>${requests} yêu cầu trong ${days} ngày, khoảng ${Math.round((requests / days) * 10) / 10} mỗi ngày</li>
<li>${share} % được trả lời “không đổi” (304)</li><li>${Math.round(bytes / 1024)} KiB</li>
<li>${robotsRefused} lần không hỏi vì robots.txt; ${slowedDown} lần trang bảo chậm lại và cổng đã chờ; ${failed} lần lỗi</li></ul>`;
}

/** One row a problem, as spreadsheets read it (RFC 4180, with the mark that tells them it is UTF-8). */
export function siteReportCsv({ found }: SiteReport): string {
  const head = ['rule', 'title', 'severity', 'consequence', 'subjects', 'clauses', 'remedy', 'example'];
  const rows = found.map(({ resolved: { rule, severity, consequence, clauses }, subjects, examples }) => [
    rule.id,
    rule.title.vi,
    severity,
    consequence,
    String(subjects),
    clauses.map(({ cite, confidence }) => `${cite} [${confidence}]`).join('; '),
    rule.remedy.vi,
    examples[0]?.link ?? examples[0]?.path ?? '',
  ]);
  return `\uFEFF${[head, ...rows].map(row => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** A cell that begins like a formula is text all the same. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
