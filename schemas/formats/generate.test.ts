import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { SaxesParser } from 'saxes';
import { generateAtom } from './atom/generate.ts';
import { atom } from './atom/index.ts';
import { decode } from './decode.ts';
import type { Format, OutgoingFeed } from './format.ts';
import { hostileFeed } from './hostile.example.ts';
import { generateJsonFeed } from './json-feed/generate.ts';
import { jsonFeed } from './json-feed/index.ts';
import { exampleFeed, exampleOutgoing } from './outgoing.example.ts';
import { generateRss } from './rss/generate.ts';
import { rss } from './rss/index.ts';

const SEEDS = Array.from({ length: 400 }, (_, seed) => seed);

const XML = [
  ['atom', generateAtom, 'entry', 'id'],
  ['rss', generateRss, 'item', 'guid'],
] as const;

describe.each(XML)('%s', (folder, generate, entryName, idName) => {
  it('writes what its golden file holds', () => {
    expect(generate(exampleFeed())).toBe(golden(folder, 'xml'));
  });

  it('is well-formed, namespaces included, and keeps every entry, whatever the text', () => {
    for (const seed of SEEDS) {
      const feed = hostileFeed(seed);
      const seen = readXml(generate(feed));
      const ids = seen
        .filter(({ path, name }) => name === idName && path.endsWith(`${entryName}`))
        .map(({ text }) => text);
      expect(ids).toEqual(feed.items.map(({ item }) => item.id));
    }
  });

  it.each([
    ['markup is text', 'a < b & c > d', 'a < b & c > d'],
    ['references are text', '&amp; &amp;amp; &#60;', '&amp; &amp;amp; &#60;'],
    ['CDATA ends', ']]> ]]>]]>', ']]> ]]>]]>'],
    ['controls go, surrogates are replaced', 'a\u0000b\ud800c', 'ab\ufffdc'],
    ['dollars', "$& $' $1", "$& $' $1"],
  ])('a title comes back as it was: %s', (_, title, expected) => {
    const seen = readXml(generate(exampleFeed({ items: [exampleOutgoing({ title })] })));
    expect(seen.find(({ path, name }) => name === 'title' && path.endsWith(entryName))?.text).toBe(expected);
  });

  it('leaves out addresses that are none, and passwords', () => {
    const document = generate(
      exampleFeed({
        items: [
          exampleOutgoing({
            link: 'javascript:alert(1)',
            media: [{ url: 'https://u:p@a.vn/x', type: 'image/png' }],
          }),
        ],
      }),
    );
    expect(document).not.toContain('javascript:');
    expect(document).not.toContain('u:p@');
  });
});

describe('atom', () => {
  it('names an author in every entry: the agency where the site names none', () => {
    const seen = readXml(
      generateAtom(exampleFeed({ items: [exampleOutgoing({ authors: [{ name: ' ' }] })] })),
    );
    expect(
      seen
        .filter(({ path, name }) => name === 'name' && path.endsWith('entry/author'))
        .map(({ text }) => text),
    ).toEqual(['Cục Việc làm']);
  });

  it('leaves out e-mail addresses that are none', () => {
    const authors = [
      { name: 'A', email: 'không có' },
      { name: 'B', email: 'b@example.vn' },
    ];
    const seen = readXml(generateAtom(exampleFeed({ items: [exampleOutgoing({ authors })] })));
    expect(seen.filter(({ name }) => name === 'email').map(({ text }) => text)).toEqual(['b@example.vn']);
  });

  it('marks an archive', () => {
    expect(generateAtom(exampleFeed({ archive: true }))).toContain('<fh:archive/>');
  });
});

describe('rss', () => {
  it('has no author element, because that wants an e-mail address', () => {
    expect(readXml(generateRss(exampleFeed())).map(({ name }) => name)).not.toContain('author');
  });

  it('describes an item that has neither title nor summary by its attribution', () => {
    const seen = readXml(generateRss(exampleFeed({ items: [exampleOutgoing({ title: '', summary: '' })] })));
    const own = seen.filter(({ path }) => path.endsWith('item'));
    expect(own.find(({ name }) => name === 'title')).toBeUndefined();
    expect(own.find(({ name }) => name === 'description')?.text).toContain('Cục Việc làm');
  });
});

describe('json-feed', () => {
  it('writes what its golden file holds', () => {
    expect(generateJsonFeed(exampleFeed())).toBe(golden('json-feed', 'json'));
  });

  it('is JSON of well-formed text with every item, whatever the text', () => {
    for (const seed of SEEDS) {
      const feed = hostileFeed(seed);
      const document = generateJsonFeed(feed);
      expect(document.isWellFormed()).toBe(true);
      const read: { items: { id: string; title?: string; content_html: string }[] } = JSON.parse(document);
      expect(read.items.map(({ id }) => id)).toEqual(feed.items.map(({ item }) => item.id));
      for (const item of read.items) expect(`${item.title}${item.content_html}`.isWellFormed()).toBe(true);
    }
  });
});

describe.each([atom, rss, jsonFeed])('$id, read again by our own reader', format => {
  it('keeps what was written', () => {
    const feed = exampleFeed();
    const read = reread(format, feed);
    expect(read).toMatchObject({ title: feed.title, language: 'vi', broken: 0, repaired: [] });
    const { item } = exampleOutgoing();
    const [entry] = read.entries;
    expect(entry).toMatchObject({
      sourceId: item.id,
      link: item.link,
      categories: expect.arrayContaining(['Việc làm']),
    });
    expect(entry?.authors.map(({ name }) => name)).toEqual(['Phạm Công']);
    expect(entry?.content?.value).toBe(item.content);
    expect(Date.parse(entry?.published ?? '')).toBe(item.published);
    expect(entry?.media.map(({ url }) => url)).toEqual(
      expect.arrayContaining(item.media.map(({ url }) => url)),
    );
  });

  it('keeps every entry, whatever the text', () => {
    for (const seed of SEEDS.slice(0, 100)) {
      const feed = hostileFeed(seed);
      const read = reread(format, feed);
      expect(read.entries.map(({ sourceId }) => sourceId)).toEqual(feed.items.map(({ item }) => item.id));
      expect(read.broken).toBe(0);
    }
  });
});

it('atom carries tombstones', () => {
  expect(reread(atom, exampleFeed()).deletions).toMatchObject([
    { sourceId: exampleFeed().tombstones[0]?.id, basis: 'said' },
  ]);
});

function reread(format: Format, feed: OutgoingFeed) {
  const document = decode(Buffer.from(format.generate?.(feed) ?? ''), { url: feed.self });
  expect(format.detect?.(document)).toBe(true);
  const read = format.parse?.(document);
  if (!read) throw new Error(`${format.id} does not read`);
  return read;
}

interface Seen {
  /** Names of the elements around it, joined by `/`. */
  readonly path: string;
  readonly name: string;
  text: string;
}

/** Strict, with namespaces: throws on the first thing that is not well-formed. */
function readXml(document: string): readonly Seen[] {
  const parser = new SaxesParser({ xmlns: true });
  const open: Seen[] = [];
  const seen: Seen[] = [];
  parser.on('error', error => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    const element = { path: open.map(around => around.name).join('/'), name, text: '' };
    open.push(element);
    seen.push(element);
  });
  const write = (text: string) => {
    const last = open.at(-1);
    if (last) last.text += text;
  };
  parser.on('text', write);
  parser.on('cdata', write);
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(document).close();
  return seen;
}

function golden(folder: string, extension: string): string {
  return readFileSync(new URL(`./${folder}/generate.golden.${extension}`, import.meta.url), 'utf8');
}
