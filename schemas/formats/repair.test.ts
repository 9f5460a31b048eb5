import { describe, expect, it } from '@jest/globals';
import { parseXml } from './xml.ts';

const ROOT = '<rss version="2.0"><channel><title>Tin</title></channel></rss>';

describe('what a document has before its root and in its tags', () => {
  it.each([
    ['a declaration', `<?xml version="1.0"?>\n${ROOT}`],
    ['a comment', `<!-- made by hand -->\n${ROOT}`],
    ['a style sheet and a comment', `<?xml-stylesheet href="a.xsl"?><!-- x -->\n${ROOT}`],
  ])('is no fault: %s', (_, text) => {
    expect(parseXml(text).repaired).toEqual([]);
  });

  it.each([
    ['a server’s warning', `<b>Warning</b>: x in y\n${ROOT}`, /phần thừa/],
    ['a comment before the declaration', `<!-- x --><?xml version="1.0"?>${ROOT}`, /phần thừa/],
    ['an attribute without quotes', ROOT.replace('"2.0"', '2.0'), /dấu nháy/],
    ['an attribute without a value', ROOT.replace('="2.0"', ''), /dấu nháy/],
  ])('is told: %s', (_, text, words) => {
    const { root, repaired } = parseXml(text);
    expect(root?.name).toBe('rss');
    expect(repaired.join()).toMatch(words);
  });
});
