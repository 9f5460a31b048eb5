import { describe, expect, it } from '@jest/globals';
import { ownValue } from './own.ts';

describe('a site’s own value', () => {
  it.each([
    ['String', 'x', 'x'],
    ['String', 12, '12'],
    ['String', true, 'true'],
    ['String', { a: 1 }, null],
    ['String', undefined, null],
    ['HTML', '<p>x</p>', '<p>x</p>'],
    ['HTML', '<p onclick="x()">x<script>alert(1)</script></p>', '<p>x</p>'],
    ['HTML', 7, null],
    ['[HTML]', ['<b>x</b>', '<script>y</script>'], ['<b>x</b>', '']],
    ['Int', 7, 7],
    ['Int', '7', 7],
    ['Int', 7.5, null],
    ['Int', 2 ** 31, null],
    ['Int', '', null],
    ['Float', '7.5', 7.5],
    ['Float', Number.NaN, null],
    ['Float', 'x', null],
    ['Boolean', false, false],
    ['Boolean', 'false', null],
    ['URL', 'https://a.vn/', 'https://a.vn/'],
    ['URL', 'javascript:alert(1)', null],
    ['DateTime', 1_700_000_000_000, 1_700_000_000_000],
    ['DateTime', '2026-11-22T08:30:00+07:00', Date.parse('2026-11-22T08:30:00+07:00')],
    ['DateTime', 'hôm qua', null],
    ['[String]', ['a', 1, null, {}], ['a', '1']],
    ['[String]', 'a', ['a']],
    ['[URL]', ['https://a.vn/', 'x'], ['https://a.vn/']],
    ['Unknown', 'x', null],
  ])('as %s: %p is %p', (type, value, expected) => {
    expect(ownValue(value, type)).toEqual(expected);
  });
});
