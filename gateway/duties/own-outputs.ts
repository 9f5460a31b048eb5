import type { Format } from '../../schemas/formats/format.ts';
import { readFeed } from '../../schemas/formats/read-feed.ts';
import type { Item } from '../../schemas/item.ts';
import type { Output } from '../../schemas/rules/republication-facts.ts';

/** How our own outputs are asked: over HTTP, as anybody would. */
export type Ask = (path: string) => Promise<{ readonly status: number; readonly body: string }>;

const LIMIT = 100;
const PAGES = 10;

/** What each public channel shows of the newest items, by id: read back from what we serve, never from what we meant. */
export async function readOutputs(
  ask: Ask,
  items: readonly Item[],
  formats: readonly Format[],
): Promise<ReadonlyMap<string, readonly Output[]>> {
  const outputs = new Map<string, Output[]>(items.map(({ id }) => [id, []]));
  const note = (id: string, output: Output) => outputs.get(id)?.push(output);
  await readJson(ask, note);
  for (const ending of ['atom', 'rss'] as const) await readXml(ask, ending, formats, note);
  await readGraph(ask, items, note);
  for (const item of items.slice(0, PAGES)) await readPage(ask, item, note);
  return outputs;
}

type Note = (id: string, output: Output) => void;

async function readJson(ask: Ask, note: Note): Promise<void> {
  const { body } = await ask(`/feeds/all.json?limit=${LIMIT}`);
  const { items } = JSON.parse(body) as { items: JsonItem[] };
  for (const { id, url, authors = [], _lienthong: extra } of items)
    note(id, {
      channel: 'json-feed',
      authors: authors.map(({ name }) => name),
      agency: extra.attribution.agency,
      ...timed(extra.attribution.published),
      link: url,
      comments: false,
      ...(extra.feedback !== undefined && { complaintLink: extra.feedback }),
    });
}

interface JsonItem {
  readonly id: string;
  readonly url: string;
  readonly authors?: readonly { readonly name: string }[];
  readonly _lienthong: {
    readonly attribution: { readonly agency: string; readonly published?: string };
    readonly feedback?: string;
  };
}

async function readXml(
  ask: Ask,
  ending: 'atom' | 'rss',
  formats: readonly Format[],
  note: Note,
): Promise<void> {
  const { body } = await ask(`/feeds/all.${ending}?limit=${LIMIT}`);
  const feed = readFeed(Buffer.from(body), { url: 'http://localhost/', headers: {} }, formats);
  for (const { sourceId = '', link, authors, published, origin } of feed.entries) {
    const complaint = `/feedback?item=${sourceId}`;
    note(sourceId, {
      channel: ending,
      authors: authors.map(({ name }) => name),
      ...(origin?.title !== undefined && { agency: origin.title }),
      ...timed(published),
      ...(link !== undefined && { link }),
      // RSS's own element and its modules; Atom's `at:comment` is a tombstone's reason.
      comments: /<comments>|<(?:wfw|slash|thr):\w+/.test(body),
      ...(body.includes(complaint) && { complaintLink: complaint }),
    });
  }
}

async function readGraph(ask: Ask, items: readonly Item[], note: Note): Promise<void> {
  for (const { id } of items) {
    const query = `{ item(id: "${id}") { link attribution { agency authors published } } }`;
    const { body } = await ask(`/graphql?query=${encodeURIComponent(query)}`);
    const { data } = JSON.parse(body) as { data?: { item: GraphItem | null } };
    if (!data?.item) continue;
    const { link, attribution } = data.item;
    note(id, {
      channel: 'graphql',
      authors: attribution.authors,
      agency: attribution.agency,
      ...timed(attribution.published ?? undefined),
      link,
      comments: false,
    });
  }
}

interface GraphItem {
  readonly link: string;
  readonly attribution: {
    readonly agency: string;
    readonly authors: readonly string[];
    readonly published: string | null;
  };
}

async function readPage(ask: Ask, item: Item, note: Note): Promise<void> {
  const { status, body } = await ask(`/items/${item.id}`);
  // A paper's headline leads to the original: there is no page of ours to attribute.
  if (status !== 200) return;
  const { authors, agency } = item.attribution;
  const original = /<p class="original">[^<]*<a href="([^"]+)"/.exec(body)?.[1];
  const canonical = /<link rel="canonical" href="([^"]+)"/.exec(body)?.[1];
  note(item.id, {
    channel: 'html',
    authors: authors.filter(name => unescaped(body).includes(name)),
    ...(unescaped(body).includes(agency) && { agency }),
    ...timed(/<time datetime="([^"]+)"/.exec(body)?.[1]),
    ...(original !== undefined && { link: unescaped(original), linkBesideAttribution: true }),
    ...(canonical !== undefined && { canonical: unescaped(canonical) }),
    comments: /<form|fb-comments|disqus|<textarea/i.test(body),
    ...(body.includes('/feedback?item=') && { complaintLink: '/feedback' }),
  });
}

function timed(text: string | undefined): { readonly published?: number } {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? {} : { published: at };
}

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
