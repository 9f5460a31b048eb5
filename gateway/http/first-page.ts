import { type Request, type Response, Router } from 'express';
import { toReadable } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import type { Site } from '../../schemas/site.ts';
import type { SourceState } from '../../schemas/source.ts';
import { FIRST_PAGE_STYLE } from './first-page-style.ts';
import { FIRST_PAGE_WORDS, type Language, type Words } from './first-page-words.ts';
import { type Html, html, join } from './html.ts';
import { iconRoutes } from './icon.ts';
import { sendPage } from './send-page.ts';
import type { Services } from './services.ts';

const LATEST = 20;

/** `/` in Vietnamese and `/en` in English: what this is, the latest items, the sites, the feeds. No script. */
export function firstPageRoutes(services: Services): Router {
  const router = Router();
  router.use(iconRoutes());
  router.get('/', (request, response) => show('vi', services, request, response));
  router.get('/en', (request, response) => show('en', services, request, response));
  return router;
}

async function show(
  language: Language,
  services: Services,
  _request: Request,
  response: Response,
): Promise<void> {
  const [items, counts, states] = await Promise.all([
    services.store.items.page({ filter: {}, order: 'PUBLISHED', first: LATEST }),
    services.store.items.counts(),
    services.store.work.states(),
  ]);
  const words = FIRST_PAGE_WORDS[language];
  const { title } = services.federation.gateway;
  const body = html`
${banner(services, words)}
<header>
  <div class="wide">
    <p class="name">Liên Thông</p>
    <a class="language" hreflang="${words.otherLanguage}" lang="${words.otherLanguage}" href="${words.otherPath}">${words.otherName}</a>
    <h1>${title}</h1>
    <p class="lead">${words.lead(services.federation.sites.length, total(counts))}</p>
    ${doors(words)}
  </div>
</header>
<main class="wide">
  <section aria-labelledby="latest"><h2 id="latest">${words.latest}</h2>${latest(items, services, words)}</section>
  <div class="beside">
    <section aria-labelledby="sites"><h2 id="sites">${words.sites}</h2>${sites(services, counts, states, words)}</section>
    <section aria-labelledby="feeds"><h2 id="feeds">${words.feeds}</h2>${feeds(services, words)}</section>
  </div>
</main>
<footer><div class="wide"><p>${words.footer} <a href="/check?lang=${language}">${words.check}</a> · <a href="/feedback">${words.feedback}</a></p></div></footer>`;
  await sendPage(response, { title, language, head: alternates(services), style: FIRST_PAGE_STYLE, body });
}

function banner({ sandbox }: Services, words: Words): Html {
  return sandbox ? html`<p class="banner" role="note">${words.sandbox}</p>` : html``;
}

function doors(words: Words): Html {
  const cards = words.doors.map(
    ({ href, name, text }) =>
      html`<li><a href="${href}"><strong>${name}</strong><span>${text}</span></a></li>`,
  );
  return html`<ul class="doors">${join(cards)}</ul>`;
}

function latest(items: readonly Item[], { federation }: Services, words: Words): Html {
  if (items.length === 0) return html`<p class="empty">${words.empty}</p>`;
  const names = new Map(federation.sites.map(({ id, name }) => [id, name]));
  const rows = items.map(item => {
    const { picture } = item;
    const image = picture
      ? html`<img src="${picture.url}" alt="" width="120" height="68" loading="lazy" referrerpolicy="no-referrer">`
      : html`<span class="blank" aria-hidden="true"></span>`;
    return html`<li>${image}<div>
<h3><a href="${item.link}">${item.title}</a></h3>
<p class="by"><span class="kind ${item.siteKind}">${words.kinds[item.siteKind]}</span> ${names.get(item.site) ?? item.site} · <time datetime="${new Date(item.listed).toISOString()}">${toReadable(item.listed)}</time></p>
<p class="summary">${item.summary}</p></div></li>`;
  });
  return html`<ol class="items">${join(rows)}</ol>`;
}

function sites(
  { federation }: Services,
  counts: ReadonlyMap<string, number>,
  states: readonly SourceState[],
  words: Words,
): Html {
  const rows = federation.sites.map(site => {
    const own = states.filter(({ source }) => source.startsWith(`${site.id}/`));
    const state = stateOf(own);
    const checked = newest(own);
    return html`<tr><th scope="row"><a href="${site.homepage}">${site.name}</a><span class="kind ${site.kind}">${words.kinds[site.kind]}</span></th>
<td><span class="state ${state}">${words.states[state]}</span>${checked === undefined ? '' : html`<small>${toReadable(checked)}</small>`}</td>
<td class="number">${counts.get(site.id) ?? 0}</td></tr>`;
  });
  const [name, state, items] = words.siteColumns;
  return html`<table><thead><tr><th scope="col">${name}</th><th scope="col">${state}</th><th scope="col" class="number">${items}</th></tr></thead><tbody>${join(rows)}</tbody></table>`;
}

export type SiteState = 'good' | 'failing' | 'paused' | 'waiting' | 'none';

function stateOf(states: readonly SourceState[]): SiteState {
  if (states.length === 0) return 'none';
  if (states.some(({ failures }) => failures > 0)) return 'failing';
  if (states.every(({ paused }) => paused)) return 'paused';
  return states.some(({ lastSucceeded }) => lastSucceeded !== undefined) ? 'good' : 'waiting';
}

function newest(states: readonly SourceState[]): number | undefined {
  const times = states.flatMap(({ lastSucceeded }) => lastSucceeded ?? []);
  return times.length > 0 ? Math.max(...times) : undefined;
}

const FORMATS = [
  { ending: 'atom', type: 'application/atom+xml', name: 'Atom' },
  { ending: 'rss', type: 'application/rss+xml', name: 'RSS' },
  { ending: 'json', type: 'application/feed+json', name: 'JSON' },
  { ending: 'html', type: 'text/html', name: 'HTML' },
] as const;

function feeds({ federation }: Services, words: Words): Html {
  const rows = federation.feeds.map(({ id, title }) => {
    const links = FORMATS.map(({ ending, name }) => html`<a href="/feeds/${id}.${ending}">${name}</a> `);
    return html`<li><strong>${title}</strong><span>${join(links)}</span></li>`;
  });
  return html`<ul class="feeds">${join(rows)}</ul><p>${words.feedsMore} <a href="/feeds.opml">OPML</a></p>`;
}

function alternates({ federation }: Services): Html {
  const links = federation.feeds.flatMap(({ id, title }) =>
    FORMATS.slice(0, 3).map(
      ({ ending, type, name }) =>
        html`<link rel="alternate" type="${type}" title="${title} (${name})" href="/feeds/${id}.${ending}">`,
    ),
  );
  return join(links);
}

function total(counts: ReadonlyMap<Site['id'], number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
