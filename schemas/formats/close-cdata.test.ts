import { expect, it } from '@jest/globals';
import { closeCdata } from './close-cdata.ts';

it.each([
  ['closed sections stay', '<d><![CDATA[a]]></d></item><d><![CDATA[b]]></d>', undefined],
  ['a feed quoted in a section stays', '<d><![CDATA[<item>a</item>]]></d></item>', undefined],
  ['the end of the document cuts', '<d><![CDATA[a', undefined],
  ['what only looks like it stays', '<d><![CDATA[a</item> <![CDATA[ b]]></d></item>', undefined],
  [
    'one that runs into the next entry',
    '<d><![CDATA[a</d></item><item><d><![CDATA[b]]></d></item>',
    '<d><![CDATA[a]]></d></item><item><d><![CDATA[b]]></d></item>',
  ],
  ['one that runs to the end', '<d><![CDATA[a</d></item></channel>', '<d><![CDATA[a]]></d></item></channel>'],
  [
    'each of several',
    '<d><![CDATA[a</d></item><item><d><![CDATA[b</d></item><item><d><![CDATA[c]]></d></item>',
    '<d><![CDATA[a]]></d></item><item><d><![CDATA[b]]></d></item><item><d><![CDATA[c]]></d></item>',
  ],
])('%s', (_name, text, closed) => {
  const repaired: string[] = [];
  expect(closeCdata(text, repaired)).toBe(closed ?? text);
  expect(repaired).toHaveLength(closed === undefined ? 0 : 1);
});
