import { describe, expect, it } from '@jest/globals';
import { hubLinks, readLinkHeader } from './hub-links.ts';

const BASE = 'https://site.example/tin/rss.xml';

describe('Link headers', () => {
  it.each([
    [
      '<https://hub.example/>; rel="hub", </tin/rss.xml>; rel=self',
      [
        ['https://hub.example/', ['hub']],
        ['/tin/rss.xml', ['self']],
      ],
    ],
    ['<a>; title="x, y; rel=no"; REL="Hub self"', [['a', ['hub', 'self']]]],
    ['<a,b>;rel=hub;rel=self', [['a,b', ['hub']]]],
    ['<a', []],
    ['<a>; rel', [['a', ['']]]],
    ['nothing', []],
  ])('%s', (header, links) => {
    expect(readLinkHeader(header).map(({ href, rels }) => [href, rels])).toEqual(links);
  });

  it('are read in linear time, however hostile', () => {
    for (const piece of ['<', '<a>;', '"', '<a>; rel="', '<>,', ';rel=hub']) {
      const began = performance.now();
      readLinkHeader(piece.repeat(100_000));
      expect(performance.now() - began).toBeLessThan(1_000);
    }
  });
});

describe('hub and topic', () => {
  const within = { hubs: ['https://trong.example/'], self: 'https://site.example/trong' };

  it('are those of the headers, whatever the document says', () => {
    const header =
      '</hub>; rel="hub", <https://b.example/>; rel="hub", <https://site.example/self>; rel="self"';
    expect(hubLinks(header, within, BASE)).toEqual({
      hubs: ['https://site.example/hub', 'https://b.example/'],
      self: 'https://site.example/self',
    });
  });

  it('are the document’s where the headers name no hub', () => {
    expect(hubLinks('<https://x.example/>; rel="alternate"', within, BASE)).toEqual(within);
    expect(hubLinks(undefined, { hubs: [undefined] }, BASE)).toEqual({ hubs: [] });
  });

  it('are never an address that can’t be asked', () => {
    const hubs = [
      'javascript:x',
      'ftp://a.example/',
      'https://a:b@c.example/',
      'https://a.example/#x',
      `https://a.example/${'x'.repeat(3_000)}`,
    ];
    expect(hubLinks(undefined, { hubs, self: 'mailto:a@b.example' }, BASE)).toEqual({
      hubs: ['https://a.example/'],
    });
  });
});
