import { describe, expect, it } from '@jest/globals';
import { embeddedData } from './embedded-data.ts';
import { parsePage } from './tree.ts';

const dataOf = (html: string, place?: string) => embeddedData(parsePage(html), place);

describe('the data that a page carries for its scripts', () => {
  it.each([
    [
      'a script of JSON by its id',
      '<script id="__NEXT_DATA__" type="application/json">{"a":[1]}</script>',
      undefined,
      { a: [1] },
    ],
    [
      'a variable, with what JSON lacks',
      `<script>window.__INITIAL_STATE__ = {"a":"x</div>\\u003c","b":undefined,c:!0,"d":new Date("2026-01-01"),"e":[1,2,],'f':'it\\'s "q"'};(function(){})()</script>`,
      undefined,
      { a: 'x</div><', b: null, c: true, d: '2026-01-01', e: [1, 2], f: 'it\'s "q"' },
    ],
    [
      'a text that is parsed',
      '<script>window.__S__=JSON.parse("{\\"a\\":\\"b \\\\\\"q\\\\\\" \\x3C\\"}")</script>',
      'window.__S__',
      { a: 'b "q" <' },
    ],
    [
      'a variable that is compared first',
      '<script>if(__DATA__ == 1){} window["__DATA__"] = [{"x":-1.5e3}]</script>',
      undefined,
      [{ x: -1500 }],
    ],
    ['a script by its selector', '<script class="s">{"b":2}</script>', 'script.s', { b: 2 }],
    [
      'the longest JSON without a name',
      '<script type="application/json">{}</script><script type="application/json">{"long":1}</script>',
      undefined,
      { long: 1 },
    ],
    [
      'Nuxt 3’s flattened payload, circles too',
      '<script id="__NUXT_DATA__">[["ShallowReactive",1],{"data":2,"self":1},[3],{"t":4,"d":5},"Tít",["Date","2026-11-01T00:00:00Z"]]</script>',
      undefined,
      expect.objectContaining({ data: [{ t: 'Tít', d: '2026-11-01T00:00:00Z' }] }),
    ],
  ])('%s', (_name, html, place, expected) => expect(dataOf(html, place)).toEqual(expected));

  it.each([
    ['a function', '<script>window.__NUXT__=(function(a){return {a:a}}(1))</script>'],
    ['cut off', '<script>window.__INITIAL_STATE__={"a":[1,2</script>'],
    ['code among the data', '<script>window.__INITIAL_STATE__={"a":alert(1)}</script>'],
    ['nothing', '<p>__NEXT_DATA__</p>'],
  ])('runs and invents nothing: %s', (_name, html) => expect(dataOf(html)).toBeUndefined());
});
