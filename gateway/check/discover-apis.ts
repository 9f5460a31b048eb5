import type { FetchRequest } from '../../connectors/connector.ts';
import { addFeed, hasRoom, type Looking, type Visited, visit } from './discover.ts';
import type { FoundSource, SourceKind } from './found-source.ts';
import { jsonSource } from './json-source.ts';
import type { JsonSummary } from './read-json.ts';

/** One question to a site, and what each answer says. */
interface Probe {
  readonly kind: SourceKind;
  /** Path, from the home page. */
  readonly path: string;
  /** What makes this worth asking before anything else was found. */
  readonly mark: string;
}

const PROBES: readonly Probe[] = [
  {
    kind: 'wordpress',
    path: '/wp-json/wp/v2/posts?per_page=10&_fields=id,slug,guid,title,date_gmt,modified_gmt,link',
    mark: 'wordpress',
  },
  { kind: 'ghost', path: '/ghost/api/content/posts/?limit=1', mark: 'ghost' },
  { kind: 'drupal', path: '/jsonapi/node/article?page[limit]=10', mark: 'drupal' },
  {
    kind: 'sharepoint',
    path: '/_api/web/lists?$select=Title,ItemCount,LastItemModifiedDate&$top=20',
    mark: 'sharepoint',
  },
  { kind: 'strapi', path: '/api/articles?pagination[pageSize]=10&sort=publishedAt:desc', mark: 'strapi' },
  { kind: 'graphql', path: '/graphql', mark: 'graphql' },
];
/** Closed doors are answers too: they tell what stands behind. */
const CLOSED = [400, 401, 403, 404, 405];

/** JSON APIs: the one the address given speaks, those the page shows marks of, then the usual ones while there is room. */
export async function findApis(looking: Looking, given?: Visited): Promise<void> {
  if (given?.document.is === 'json') addJson(given.received.url, given.document.json, looking);
  const marks = new Set(looking.page?.marks ?? []);
  if (looking.page?.wordpress !== undefined) marks.add('wordpress');
  const told = PROBES.filter(({ mark }) => marks.has(mark));
  for (const probe of told) await ask(probe, looking);
  if (looking.sources.some(({ kind, works }) => works && kind !== 'feed')) return;
  // What a site shows no mark of is asked only while its own ways in leave something to wish for.
  const rest = PROBES.filter(
    ({ mark }) => !marks.has(mark) && !(mark === 'wordpress' && looking.feeds.length > 0),
  );
  for (const probe of rest) {
    if (!hasRoom(looking, 5)) return;
    await ask(probe, looking);
  }
}

async function ask(probe: Probe, looking: Looking): Promise<void> {
  if (!hasRoom(looking)) return;
  const url = addressOf(probe, looking);
  const headers = {
    accept: 'application/json;odata=nometadata,application/vnd.api+json;q=0.9,application/json;q=0.8',
  };
  const query = probe.kind === 'graphql' ? GRAPHQL : {};
  const request = { url, answers: CLOSED, ...query, headers: { ...headers, ...query.headers } };
  const visited = await visit(request, looking.outing, looking.read);
  if ('error' in visited) {
    // robots.txt shuts the door of an API that the page itself shows: Ghost's does so by default.
    const isShown = visited.error.code === 'ROBOTS_REFUSED' && looking.page?.marks.includes(probe.mark);
    if (isShown)
      looking.sources.push({
        kind: probe.kind,
        url,
        works: false,
        fields: [],
        note: NOTES[probe.kind] ?? BY_ROBOTS,
      });
    return;
  }
  const { received, document } = visited;
  if (document.is === 'feed') return addFeed(looking, received, document);
  const text = new TextDecoder().decode(received.body.subarray(0, 4_000));
  const closed = received.status >= 400 ? closedDoor(probe.kind, received.status, text, url) : undefined;
  if (closed) looking.sources.push(closed);
  else if (received.status < 400 && document.is === 'json') addJson(url, document.json, looking);
}

/** Reads only: which fields its root has. POST, because that every GraphQL server takes (GraphQL over HTTP, 6). */
const GRAPHQL: Pick<FetchRequest, 'method' | 'body' | 'headers'> = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query: '{ __schema { queryType { name } types { name fields { name } } } }' }),
};

function addressOf({ kind, path }: Probe, { home, page }: Looking): string {
  if (kind !== 'wordpress' || page?.wordpress === undefined) return new URL(path, home).href;
  const root = new URL(page.wordpress);
  const query = new URL(path, home).searchParams;
  if (root.searchParams.has('rest_route')) root.searchParams.set('rest_route', '/wp/v2/posts');
  else root.pathname = `${root.pathname.replace(/\/?$/, '/')}wp/v2/posts`;
  for (const [name, value] of query) root.searchParams.set(name, value);
  // A WordPress behind a proxy often names a scheme or port of its own.
  if (root.hostname === home.hostname) {
    root.protocol = home.protocol;
    root.port = home.port;
  }
  return root.href;
}

function addJson(url: string, json: JsonSummary, looking: Looking): void {
  const source = jsonSource(url, json, looking.home, looking.page?.articles ?? []);
  if (!source) return;
  looking.sources.push(source);
  looking.articleLinks.push(...json.first);
}

/** A refusal in the words of its system. */
function closedDoor(kind: SourceKind, status: number, text: string, url: string): FoundSource | undefined {
  const words = CLOSED_WORDS[kind];
  if (!words?.test(text)) return undefined;
  // Strapi says in the same words that there is no such type; which type there is, a person knows.
  const note = NOTES[kind] ?? {
    vi: `Có API nhưng cần quyền (${status}).`,
    en: `There is an API, but it wants a key (${status}).`,
  };
  return { kind, url, works: false, fields: [], note };
}

const CLOSED_WORDS: Partial<Record<SourceKind, RegExp>> = {
  wordpress: /"code"\s{0,3}:\s{0,3}"rest_|"code":"(?:rest|jwt)_/,
  ghost:
    /Unknown Content API Key|Authorization failed|"context"\s{0,3}:\s{0,3}"(?:Please|Unable)|UnauthorizedError|NoPermissionError/,
  strapi: /"data"\s{0,3}:\s{0,3}null\s{0,3},\s{0,3}"error"\s{0,3}:\s{0,3}\{\s{0,3}"status"/,
  drupal: /"jsonapi"/,
  sharepoint: /odata\.error|Access denied|"error"\s{0,3}:\s{0,3}\{\s{0,3}"code"\s{0,3}:\s{0,3}"-\d/,
  graphql: /"errors"\s{0,3}:\s{0,3}\[\s{0,3}\{[\s\S]{0,500}"message"|GET query missing|POST body missing/,
};

const BY_ROBOTS = {
  vi: 'Có API nhưng robots.txt không cho đọc: đề nghị quản trị trang cho phép.',
  en: 'There is an API, but robots.txt asks robots to stay away: ask the site to let us in.',
};

const NOTES: Partial<Record<SourceKind, { vi: string; en: string }>> = {
  ghost: {
    vi: 'Ghost: cần Content API key (Settings → Integrations), rồi dùng recipe/ghost (lienthong recipes).',
    en: 'Ghost: needs a Content API key (Settings → Integrations); then recipe/ghost (lienthong recipes).',
  },
  strapi: {
    vi: 'Strapi: cần mở quyền find cho loại nội dung, hoặc API token; rồi dùng recipe/strapi (lienthong recipes).',
    en: 'Strapi: open find for the content type, or use an API token; then recipe/strapi (lienthong recipes).',
  },
};
