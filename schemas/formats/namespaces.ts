/**
 * Short names for the namespaces feeds use. Elements are told apart by these, never by the prefix a document happens
 * to choose; only where a prefix is not declared, or declared with an address nobody knows, does its customary
 * meaning count.
 */
const BY_ADDRESS: Readonly<Record<string, string>> = {
  'w3.org/2005/atom': 'atom',
  'purl.org/atom/ns': 'atom',
  'purl.org/echo': 'atom',
  'purl.org/pie': 'atom',
  'example.com/necho': 'atom',
  'example.com/newformat': 'atom',
  'uri/of/echo/namespace': 'atom',
  'purl.org/rss/1.0': 'rss',
  'purl.org/net/rss1.1': 'rss',
  'my.netscape.com/rdf/simple/0.9': 'rss',
  'channel.netscape.com/rdf/simple/0.9': 'rss',
  'my.netscape.com/publish/formats/rss-0.91.dtd': 'rss',
  'blogs.law.harvard.edu/tech/rss': 'rss',
  'cyber.law.harvard.edu/rss': 'rss',
  'w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
  'purl.org/dc/elements/1.1': 'dc',
  'purl.org/dc/elements/1.0': 'dc',
  'purl.org/metadata/dublin_core': 'dc',
  'purl.org/dc/terms': 'dcterms',
  'purl.org/rss/1.0/modules/content': 'content',
  'purl.org/rss/1.0/modules/syndication': 'sy',
  'search.yahoo.com/mrss': 'media',
  'search.yahoo.com/mrss/1.0': 'media',
  'video.search.yahoo.com/mrss': 'media',
  'tools.search.yahoo.com/mrss': 'media',
  'itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'itunes.com/dtds/podcast': 'itunes',
  'example.com/dtds/podcast-1.0.dtd': 'itunes',
  'purl.org/atompub/tombstones/1.0': 'at',
  'purl.org/syndication/history/1.0': 'fh',
  'rssnamespace.org/feedburner/ext/1.0': 'feedburner',
  'wellformedweb.org/commentapi': 'wfw',
  'backend.userland.com/creativecommonsrssmodule': 'cc',
  'web.resource.org/cc': 'cc',
  'w3.org/1999/xhtml': 'xhtml',
  'w3.org/1998/math/mathml': 'mathml',
  'w3.org/2000/svg': 'svg',
  'w3.org/1999/xlink': 'xlink',
  'w3.org/xml/1998/namespace': 'xml',
};

const BY_PREFIX: ReadonlyMap<string, string> = new Map([
  ...[
    'atom',
    'rss',
    'rdf',
    'dc',
    'dcterms',
    'content',
    'sy',
    'media',
    'itunes',
    'at',
    'fh',
    'feedburner',
  ].map(word => [word, word] as const),
  ...['wfw', 'xhtml', 'xml', 'xlink', 'svg'].map(word => [word, word] as const),
  ['a10', 'atom'],
  ['creativecommons', 'cc'],
]);

/** What a namespace nobody knows is called: never taken for a feed's own elements. */
export const UNKNOWN_NAMESPACE = '?';

/** Short name of a namespace address, however it is spelt: https, `www.`, upper case, a missing last slash. */
export function knownNamespace(address: string): string | undefined {
  const key = address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/#]$/, '');
  return BY_ADDRESS[key] ?? (key.startsWith('backend.userland.com/rss') ? 'rss' : undefined);
}

export function customaryNamespace(prefix: string): string | undefined {
  return BY_PREFIX.get(prefix.toLowerCase());
}
