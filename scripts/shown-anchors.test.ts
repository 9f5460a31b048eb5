import { describe, expect, it } from '@jest/globals';
import { cleanHtml } from '../gateway/normalise/clean-html.ts';
import { sameMarkup } from './same-markup.ts';
import { withEmptyAnchors } from './shown-anchors.ts';

const clean = (html: string) => cleanHtml(html, { base: 'https://a.vn/' }).html;

describe('withEmptyAnchors', () => {
  it.each([
    ['<a href="javascript:x" onclick="y">b</a>', '<a href="">b</a>'],
    ['<a title="t">b</a>', '<a title="t">b</a>'],
    ['<a href="/c">b</a>', '<a href="https://a.vn/c">b</a>'],
    ['b<script>x</script>', 'b'],
  ])('%s is shown as %s', (html, shown) => {
    expect(withEmptyAnchors(html, clean)).toBe(shown);
  });
});

describe('sameMarkup', () => {
  it.each([
    ['<b>&#38;</b>', '<b>&amp;</b>', true],
    ['<BR/>a', '<br>a', true],
    ["<a href='x' title=y>a</a>", '<a title="y" href="x">a</a>', true],
    ['<b>a</b>', '<i>a</i>', false],
    ['<b onclick="x">a</b>', '<b>a</b>', false],
    ['a<script>x</script>', 'a', false],
  ])('%s and %s: %s', (one, other, same) => {
    expect(sameMarkup(one, other)).toBe(same);
  });
});
