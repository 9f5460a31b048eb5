import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { decode } from './decode.ts';
import { formats } from './index.ts';
import { exampleFeed } from './outgoing.example.ts';

/** The beginning of a document of each format; nobody else may take it for one of theirs. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  atom: '<?xml version="1.0"?><!-- a --><feed xmlns="http://www.w3.org/2005/Atom"></feed>',
  rss: '<!DOCTYPE rss><rss version="2.0"><channel/></rss>',
  rdf: '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"/>',
  'json-feed': '{"version":"https://jsonfeed.org/version/1.1","items":[]}',
  cdf: '<CHANNEL HREF="https://a.vn/"/>',
};

const documentOf = (text: string) => decode(new TextEncoder().encode(text));

it('are those that have a folder', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter(entry =>
    entry.isDirectory(),
  );
  expect(formats.map(({ id }) => id).toSorted()).toEqual(folders.map(({ name }) => name).toSorted());
});

describe.each(formats.map(format => [format.id, format] as const))('format %s', (id, format) => {
  it('knows its own documents, and nobody else does', () => {
    const document = documentOf(BEGINNINGS[id] ?? '');
    expect(formats.filter(candidate => candidate.detect?.(document)).map(candidate => candidate.id)).toEqual([
      id,
    ]);
  });

  it('reads a document that says nothing', () => {
    expect(format.parse?.(documentOf(BEGINNINGS[id] ?? ''))).toMatchObject({
      format: id,
      entries: [],
      broken: 0,
    });
  });

  it('is read by the same format that wrote it', () => {
    const written = format.generate?.(exampleFeed());
    if (written === undefined) return expect(format.mediaType).toBeUndefined();
    const document = documentOf(written);
    expect(format.detect?.(document)).toBe(true);
    expect(format.parse?.(document)).toMatchObject({ broken: 0, repaired: [] });
  });
});
