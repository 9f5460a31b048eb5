import { describe, expect, it } from '@jest/globals';
import { CodedError } from '../errors.ts';
import { formats } from './index.ts';
import { readFeed } from './read-feed.ts';

/** Milliseconds this thread has worked: what others do on the machine plays no part. */
const worked = () => process.threadCpuUsage().user / 1000;

const MIB = 1024 * 1024;
/** Milliseconds. All are linear and take well under a second alone; a quadratic one would take minutes. */
const LIMIT = 5_000;

const filled = (part: string, size: number) => part.repeat(Math.ceil(size / part.length));
const many = (count: number, part: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => part(i)).join('');
const inItem = (inner: string) =>
  `<rss version="2.0"><channel><item><title>a</title><description>${inner}</description></item></channel></rss>`;
const inTitle = (inner: string) => `<rss><channel><item><title>${inner}</title></item></channel></rss>`;
const inAtom = (inner: string) => `<feed xmlns="http://www.w3.org/2005/Atom"><entry>${inner}</entry></feed>`;

const DOCUMENTS: readonly (readonly [string, () => string])[] = [
  ['CDATA opened again and again', () => inItem(filled('<![CDATA[', 240 * 1024))],
  ['2 MiB of CDATA opened', () => inItem(filled('<![CDATA[', 2 * MIB))],
  ['240 KiB of &', () => inItem(filled('&', 240 * 1024))],
  ['2 MiB of &', () => inItem(filled('&', 2 * MIB))],
  ['2 MiB of &#', () => inItem(filled('&#', 2 * MIB))],
  ['2 MiB of references', () => inItem(filled('&nbsp;', 2 * MIB))],
  ['2 MiB of <', () => inItem(filled('<', 2 * MIB))],
  ['elements within elements', () => inItem(filled('<a>', 2 * MIB))],
  [
    'a thousand open names and as many strangers to close',
    () => inItem(many(1_000, i => `<a${i}>`) + filled('</b>', 2 * MIB)),
  ],
  ['100,000 attributes', () => inItem(`<p ${many(100_000, i => ` a${i}="1"`)}>x</p>`)],
  ['100,000 namespaces', () => inItem(`<p ${many(100_000, i => ` xmlns:a${i}="u"`)}>x</p>`)],
  [
    'namespaces at every depth',
    () => inItem(many(900, i => `<p ${many(200, j => ` xmlns:n${i}x${j}="u"`)}>`)),
  ],
  ['items within items', () => `<rss><channel>${filled('<item>', 2 * MIB)}</channel></rss>`],
  ['half a million items', () => `<rss><channel>${filled('<item/>', 2 * MIB)}</channel></rss>`],
  ['comments opened', () => inItem(filled('<!--', 2 * MIB))],
  ['document types', () => filled('<!DOCTYPE x [', 2 * MIB) + inItem('x')],
  [
    'an entity that grows',
    () => `<!DOCTYPE rss [<!ENTITY e "${'x'.repeat(999)}">]>${inItem(filled('&e;', 2 * MIB))}`,
  ],
  [
    'entities of entities',
    () => `<!DOCTYPE rss [<!ENTITY a "&b;&b;"><!ENTITY b "&a;&a;">]>${inItem(filled('&a;', MIB))}`,
  ],
  ['junk before the feed', () => filled('<b>junk</b> ', 2 * MIB) + inItem('x')],
  ['blanks before the feed', () => ' '.repeat(2 * MIB) + inItem('x')],
  ['the beginning of a root, again and again', () => filled('<rs', 2 * MIB)],
  ['roots', () => filled('<feed ', 2 * MIB)],
  ['a title of 2 MiB', () => inTitle('x'.repeat(2 * MIB))],
  ['a title of tags that don’t end', () => inTitle(filled('&lt;a x', 2 * MIB))],
  [
    'an author like an address',
    () =>
      `<rss><channel>${filled(`<item><author>${'a'.repeat(400)}@</author></item>`, 2 * MIB)}</channel></rss>`,
  ],
  ['links', () => inAtom(filled('<link href="http://a/"/>', 2 * MIB))],
  ['base64', () => inAtom(`<content type="application/x">${filled('QUJD', 2 * MIB)}</content>`)],
  ['XHTML within XHTML', () => inAtom(`<content type="xhtml">${filled('<b>x', 2 * MIB)}</content>`)],
  ['lists within lists', () => `{"version":"https://jsonfeed.org/version/1.1","items":${'['.repeat(MIB)}`],
  ['names of a robot check', () => `<html>${filled('document.cookie=', 60_000)}`],
];

describe('a hostile document is read or refused in linear time', () => {
  it.each(DOCUMENTS)(
    '%s',
    (_name, make) => {
      const bytes = new TextEncoder().encode(make());
      const start = worked();
      try {
        const feed = readFeed(bytes, { url: 'https://a.vn/' }, formats);
        expect(feed.entries.length).toBeLessThanOrEqual(5_000);
        for (const { title } of feed.entries) expect(title?.value.length ?? 0).toBeLessThanOrEqual(2_000);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(CodedError);
      }
      expect(worked() - start).toBeLessThan(LIMIT);
    },
    60_000,
  );
});
