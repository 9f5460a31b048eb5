import { CodedError } from '../../schemas/errors.ts';
import { readSitemap, type SitemapAddress } from '../../schemas/sitemap.ts';
import { sitemapText } from '../../schemas/sitemap-text.ts';
import { keyOf } from './addresses.ts';
import type { WebPageOptions } from './options.ts';
import type { Input, Row, SitemapReading } from './reading.ts';
import { digestOf } from './rows.ts';
import { isWanted } from './wanted.ts';

/**
 * A sitemap, packed or not → its addresses, or the sitemaps it names; also a plain list, one address a line.
 *
 * @throws CodedError UNREADABLE, RESPONSE_TOO_LARGE, HTML_PAGE.
 */
export function readSitemapPage(
  input: Extract<Input, { kind: 'sitemap' }>,
  options: WebPageOptions,
): SitemapReading {
  const { url, headers } = input;
  const text = sitemapText(input.body, { url, headers });
  const { kind, addresses } = readSitemap(text);
  if (addresses.length === 0) return plainList(text, input, options);
  if (kind === 'index') return { rows: [], sitemaps: addresses };
  const byKey = new Map<string, Row>();
  for (const address of addresses) {
    if (URL.canParse(address.loc) && isWanted(address.loc, url, options))
      byKey.set(keyOf(address.loc), rowOf(address));
  }
  return { rows: [...byKey.values()], sitemaps: [] };
}

function rowOf({ loc, modified, published, title, picture }: SitemapAddress): Row {
  const written = published === undefined ? undefined : new Date(published).toISOString();
  const at = modified ?? published;
  return {
    link: loc,
    parts: {
      ...(title !== undefined && { title }),
      ...(written !== undefined && { published: { written, relative: false, said: written } }),
      pictures: picture !== undefined && /^https?:/.test(picture) ? [{ url: picture }] : [],
      authors: [],
      categories: [],
    },
    missed: [],
    digest: digestOf([modified, title, published]),
    ...(at !== undefined && { modified: at }),
  };
}

/** "A text file that contains one URL per line" (sitemaps.org). */
function plainList(text: string, { url }: Input, options: WebPageOptions): SitemapReading {
  if (/^\s*<(?:!doctype\s+html|html)/i.test(text.slice(0, 500)))
    throw new CodedError('HTML_PAGE', `${url} is a web page, not a sitemap.`, {
      data: { vi: `${url} là trang web, không phải sơ đồ trang: kiểm tra địa chỉ ở sitemap.` },
    });
  const lines = text
    .split(/\r\n|\r|\n/)
    .slice(0, 50_000)
    .map(line => line.trim());
  const links = lines.filter(line => /^https?:\/\/\S{1,2000}$/.test(line) && isWanted(line, url, options));
  return { rows: [...new Set(links)].map(loc => rowOf({ loc })), sitemaps: [] };
}
