/**
 * The outline of an address, by which a site's articles are told from its other pages: `/2026/11/sau-chu-trong-tieu-de/` is
 * `#/#/words`, `/tin-tuc/tieu-de-bai-viet-123456.html` is `-/words#.html`. The sections' names play no part, so that an
 * article of a section that was never seen has the shape of all others.
 */
export function articleShape(link: string): string | undefined {
  const url = URL.parse(link);
  if (!url) return undefined;
  const parts = url.pathname.split('/').filter(part => part !== '');
  const last = parts.pop();
  const names = [...url.searchParams.keys()].toSorted().join('&');
  if (last === undefined && names === '') return undefined;
  const folders = parts.map(part => (/^\d+$/.test(part) ? '#' : '-'));
  return `${[...folders, nameShape(last ?? '')].join('/')}${names && `?${names}`}`;
}

/** Words from which a name is a headline's rather than a section's. */
const HEADLINE = 4;

function nameShape(name: string): string {
  const { stem = '', extension = '' } = /^(?<stem>.*?)(?<extension>\.[a-z]{2,5})?$/i.exec(name)?.groups ?? {};
  const number = /\d{3,}$/.test(stem) ? '#' : '';
  const words = stem.split(/[-_+]|%20/).filter(word => /\D/.test(word)).length;
  const said = words >= HEADLINE ? 'words' : words > 0 ? 'word' : '';
  return `${said}${number}${extension.toLowerCase()}`;
}

/** Shapes that stand for articles: each of at least this share of the known ones, and never of a single one. */
const SHARE = 0.05;

export function shapesOf(links: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const link of links) {
    const shape = articleShape(link);
    if (shape !== undefined) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  const least = Math.max(2, links.length * SHARE);
  return new Set([...counts].filter(([, count]) => count >= least).map(([shape]) => shape));
}
