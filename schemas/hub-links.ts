/** Where a document says it can be subscribed to: WebSub's `rel=hub` and `rel=self`. */
export interface HubLinks {
  /** Absolute http(s) addresses, in the document's order, each once. */
  readonly hubs: readonly string[];
  /** The topic URL. */
  readonly self?: string;
}

const LONGEST = 16 * 1024;
const MOST_HUBS = 5;

/**
 * What a document's `Link` headers say, else what stands in the document: WebSub section 4, "the subscriber MUST … look for
 * Link headers first", and only where they name no hub into the body.
 */
export function hubLinks(
  linkHeader: string | undefined,
  within: { readonly hubs: readonly (string | undefined)[]; readonly self?: string | undefined },
  base: string,
): HubLinks {
  const links = linkHeader === undefined ? [] : readLinkHeader(linkHeader);
  const of = (rel: string) => links.filter(({ rels }) => rels.includes(rel)).map(({ href }) => href);
  const told = of('hub').length > 0 ? { hubs: of('hub'), self: of('self')[0] ?? within.self } : within;
  const self = absolute(told.self, base);
  const hubs = [...new Set(told.hubs.flatMap(href => absolute(href, base) ?? []))].slice(0, MOST_HUBS);
  return { hubs, ...(self !== undefined && { self }) };
}

interface WebLink {
  readonly href: string;
  readonly rels: readonly string[];
}

/** `Link: <a>; rel="hub self", <b>; rel=next` (RFC 8288, 3); what is broken is left out. One pass, no backtracking. */
export function readLinkHeader(header: string): WebLink[] {
  const text = header.slice(0, LONGEST);
  const links: WebLink[] = [];
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const end = text.indexOf('>', at);
    if (end < 0) break;
    const stop = nextOutsideQuotes(text, ',', end + 1);
    const rels = relsOf(text.slice(end + 1, stop));
    links.push({ href: text.slice(at + 1, end).trim(), rels });
    at = stop;
  }
  return links;
}

/** The next such sign that stands in no quotes. */
function nextOutsideQuotes(text: string, wanted: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '\\' && quoted) at += 1;
    else if (sign === '"') quoted = !quoted;
    else if (sign === wanted && !quoted) return at;
  }
  return text.length;
}

/** RFC 8288, 3.3: the first `rel` counts, and may name several relations. */
function relsOf(parameters: string): readonly string[] {
  for (let from = 0; from < parameters.length; ) {
    const stop = nextOutsideQuotes(parameters, ';', from);
    const [name = '', value = ''] = parameters.slice(from, stop).split('=', 2);
    if (name.trim().toLowerCase() === 'rel')
      return value.trim().replace(/^"|"$/g, '').toLowerCase().split(/\s+/);
    from = stop + 1;
  }
  return [];
}

function absolute(href: string | undefined, base: string): string | undefined {
  if (href === undefined || href === '' || href.length > 2_000) return undefined;
  const url = URL.parse(href, base);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return undefined;
  url.hash = '';
  return url.href;
}
