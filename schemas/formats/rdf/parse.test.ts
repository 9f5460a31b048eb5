import { expect, it } from '@jest/globals';
import { decode } from '../decode.ts';
import { detect } from './detect.ts';
import { parse } from './parse.ts';

it.each([
  ['RSS 1.0', 'rdf', 'http://purl.org/rss/1.0/', '1.0'],
  ['RSS 1.0 with another prefix', 'R', 'http://purl.org/rss/1.0/', '1.0'],
  ['RSS 0.90', 'rdf', 'http://my.netscape.com/rdf/simple/0.9/', '0.90'],
])('reads %s: items stand beside the channel', (_name, prefix, namespace, version) => {
  const text = `<${prefix}:RDF xmlns:${prefix}="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="${namespace}"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel ${prefix}:about="https://bao.vn/"><title>Tin</title><link>https://bao.vn/</link></channel>
    <item ${prefix}:about="https://bao.vn/1"><title>a</title><dc:date>2026-11-22</dc:date></item></${prefix}:RDF>`;
  const document = decode(new TextEncoder().encode(text));
  expect(detect(document)).toBe(true);
  expect(parse(document)).toMatchObject({
    format: 'rdf',
    version,
    title: 'Tin',
    link: 'https://bao.vn/',
    entries: [{ sourceId: 'https://bao.vn/1', link: 'https://bao.vn/1', published: '2026-11-22' }],
    broken: 0,
  });
});
