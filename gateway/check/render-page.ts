import { toReadable } from '../../schemas/instant.ts';
import { SITE_KINDS, type SiteKind } from '../../schemas/site.ts';
import { Html, html, join } from '../http/html.ts';
import { federationBlock } from './federation-block.ts';
import type { Place } from './fold.ts';
import type { FoundSource } from './found-source.ts';
import { byRule, strictLine } from './render-text.ts';
import type { CheckReport, NamedRule, ReportedProblem } from './report.ts';
import { type Language, WORDS, type Words } from './words.ts';

/** What a reader asks of `/check`, and how the answer is wanted. */
export interface Asked {
  readonly page: boolean;
  readonly language: Language;
  readonly url?: string;
  readonly kind?: SiteKind;
}

/** The self-check as a page: a form and, once something was asked, the report. Every foreign word is escaped. */
export function renderPage(asked: Asked, report: CheckReport | undefined, sandbox: boolean): Html {
  const words = WORDS[asked.language];
  return html`${sandbox ? html`<p class="banner" role="note">${words.sandbox}</p>` : ''}
<header><div class="wide">
<p class="name"><a href="/">Liên Thông</a></p>
${otherLanguage(asked, words)}
<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
${form(asked, words)}
</div></header>
<main class="wide">${report ? reported(report, asked.language) : ''}</main>
<footer><div class="wide"><p>${words.note}</p></div></footer>`;
}

function otherLanguage({ language, url, kind }: Asked, words: Words): Html {
  const other = language === 'vi' ? 'en' : 'vi';
  const query = new URLSearchParams({
    ...(url !== undefined && { url }),
    ...(kind && { kind }),
    lang: other,
  });
  return html`<a class="language" hreflang="${other}" lang="${other}" href="/check?${query.toString()}">${words.other}</a>`;
}

function form({ url = '', kind, language }: Asked, words: Words): Html {
  const options = SITE_KINDS.map(
    one =>
      html`<option value="${one}"${one === kind ? new Html(' selected') : ''}>${words.kinds[one]}</option>`,
  );
  return html`<form action="/check" method="get">
<p><label for="url">${words.field}</label><input id="url" name="url" type="text" inputmode="url" autocomplete="url" autocapitalize="none" spellcheck="false" required maxlength="2000" placeholder="https://…gov.vn/" value="${url}"></p>
<p><label for="kind">${words.kindLabel}</label><select id="kind" name="kind"><option value="">${words.guess}</option>${join(options)}</select></p>
<p><input type="hidden" name="lang" value="${language}"><button>${words.button}</button></p>
</form>`;
}

function reported(report: CheckReport, language: Language): Html {
  const words = WORDS[language];
  const block = federationBlock(report, report.sources);
  return html`${report.failure ? html`<p class="failure" role="alert"><strong>${words.failure}.</strong> ${report.failure.message[language]} <code>${report.failure.code}</code></p>` : ''}
${summed(report, words)}
<h2>${words.sources}</h2>
${report.sources.length > 0 ? html`<ol class="ways">${join(report.sources.map(source => wayIn(source, language)))}</ol>` : html`<p>${words.noSources}</p>`}
${report.strictReader ? html`<p>${strictLine(report.strictReader, words)}</p>` : ''}
${block === undefined ? '' : html`<details><summary>${words.block}</summary><pre>${block}</pre></details>`}
<h2>${report.problems.length > 0 ? counted(report, words) : words.noProblems}</h2>
${join(byRule(report.problems).map(problems => problemOf(problems, language)))}
${report.unknown.length > 0 ? html`<details><summary>${words.unknown(report.unknown.length)}</summary><ul class="rules">${join(report.unknown.map(rule => html`<li>${rule.title[language]} <small class="soft">${rule.why[language]} <code>${rule.rule}</code></small></li>`))}</ul></details>` : ''}
${report.met.length > 0 ? html`<details><summary>${words.met(report.met.length)}</summary><ul class="rules">${join(report.met.map(rule => metRule(rule, language)))}</ul></details>` : ''}`;
}

function metRule({ title, rule }: NamedRule, language: Language): Html {
  return html`<li>${title[language]} <small class="soft"><code>${rule}</code></small></li>`;
}

function counted({ problems }: CheckReport, words: Words): string {
  const must = problems.filter(({ severity }) => severity === 'must').length;
  return words.problems(must, problems.length - must);
}

function summed(report: CheckReport, words: Words): Html {
  const { score, name, url, kind, kindFrom, requests, milliseconds } = report;
  const points =
    score.score === undefined
      ? html`<p class="points">–</p>`
      : html`<p class="points">${score.score}<small>/100</small></p>`;
  return html`<section class="sum" aria-label="${words.score}">${points}<div>
<p><strong>${name}</strong> <span class="soft">${words.kinds[kind]} (${words.kindFrom[kindFrom]})</span></p>
<p class="soft">${url}</p>
<p>${score.score === undefined ? words.noScore : words.unknownShare(score.unknown)}.</p>
<p class="soft">${words.cost(requests, Math.round(milliseconds / 1_000))}</p></div></section>`;
}

function wayIn(source: FoundSource, language: Language): Html {
  const words = WORDS[language];
  const { kind, format, url, works, entries, total, newest, fields, note } = source;
  const facts = [
    works ? words.works : words.fails,
    ...(entries === undefined ? [] : [words.entries(entries, total)]),
    ...(newest === undefined ? [] : [`${words.newest} ${toReadable(newest)}`]),
    ...(fields.length > 0 ? [words.fields(fields)] : []),
  ];
  return html`<li><p><strong>${words.sourceKinds[kind]}${format === undefined ? '' : ` (${format})`}</strong> <span class="soft">${url}</span></p>
<p>${facts.join(' · ')}</p>${note ? html`<p class="soft">${note[language]}</p>` : ''}</li>`;
}

/** All that one rule found, with its clauses and remedy once. */
function problemOf(problems: readonly [ReportedProblem, ...ReportedProblem[]], language: Language): Html {
  const words = WORDS[language];
  const [first] = problems;
  const must = problems.some(({ severity }) => severity === 'must');
  return html`<article class="problem ${must ? 'must' : 'should'}" id="${first.rule}">
<h3><span class="grade">${must ? words.must : words.should}</span>${first.title[language]}</h3>
${join(problems.map(problem => found(problem, language)))}
<dl><dt>${words.remedy}</dt><dd>${first.remedy[language]}</dd>
${first.example === undefined ? '' : html`<dt>${words.example}</dt><dd><pre>${first.example}</pre></dd>`}
<dt>${words.clause}</dt><dd>${join(first.clauses.map(({ cite, confidenceWords, history }) => html`<p>${cite} <small>(${confidenceWords[language]}${history ? `; ${words.history}` : ''})</small></p>`))}</dd>
${first.caveat ? html`<dt>${words.caveat}</dt><dd>${first.caveat[language]}</dd>` : ''}</dl></article>`;
}

function found({ message, count, places }: ReportedProblem, language: Language): Html {
  const words = WORDS[language];
  const rest = count - places.length;
  return html`<p class="what">${message[language]} <span class="soft">${words.times(count)}</span></p>
<ul class="places">${join(places.map(place => placeOf(place, words)))}${rest > 0 ? html`<li>… ${words.more(rest)}</li>` : ''}</ul>`;
}

function placeOf({ document, line, column, entry, path }: Place, words: Words): Html {
  const parts = [
    ...(document === undefined ? [] : [document]),
    ...(line === undefined ? [] : [words.line(line, column ?? 1)]),
    ...(entry === undefined ? [] : [words.entry(entry)]),
  ];
  return html`<li>${parts.join(' · ')}${parts.length > 0 ? ' · ' : ''}<code>${path}</code></li>`;
}
