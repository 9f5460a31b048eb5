import { describe, expect, it } from '@jest/globals';
import {
  escapeAttribute,
  escapeText,
  toLanguageTag,
  toMediaType,
  toWebAddress,
  toXmlText,
} from './markup.ts';

describe('toXmlText', () => {
  it.each([
    ['controls', 'a\u0000\u0008\u000b\u001b\u0085b', 'ab'],
    ['lone surrogates', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
    ['pairs stay', '😀', '😀'],
    ['non-characters', 'a\ufffe\uffffb', 'ab'],
    ['line ends', 'a\r\nb\rc\td', 'a\nb\nc\td'],
  ])('%s', (_, text, expected) => {
    expect(toXmlText(text)).toBe(expected);
  });
});

describe('escaping', () => {
  it('never leaves a CDATA end in text', () => {
    expect(escapeText('x]]>y<&')).toBe('x]]&gt;y&lt;&amp;');
  });

  it('keeps quotes and white space of attributes', () => {
    expect(escapeAttribute(`a"b'c\td\ne&`)).toBe('a&quot;b&#39;c&#9;d&#10;e&amp;');
  });
});

describe('toWebAddress', () => {
  it.each([
    ['https://a.vn/x?a=1&b=2', 'https://a.vn/x?a=1&b=2'],
    ['https://a.vn/bài viết', 'https://a.vn/b%C3%A0i%20vi%E1%BA%BFt'],
    ['https://a.vn/?q={x}|[y]&p=100%', 'https://a.vn/?q=%7Bx%7D%7C%5By%5D&p=100%25'],
    ['https://user:pass@a.vn/x', 'https://a.vn/x'],
    ['http://[::1]:80/x', 'http://[::1]/x'],
    ['https://a.vn/x?@y', 'https://a.vn/x?@y'],
    ['javascript:alert(1)', undefined],
    ['not an address', undefined],
    [undefined, undefined],
  ])('%s → %s', (address, expected) => {
    expect(toWebAddress(address)).toBe(expected);
  });
});

describe('toMediaType', () => {
  it.each([
    ['Image/JPEG; q=1', 'image/jpeg'],
    ['image', undefined],
    ['a/b"><x', undefined],
    [undefined, undefined],
  ])('%s → %s', (type, expected) => {
    expect(toMediaType(type)).toBe(expected);
  });
});

describe('toLanguageTag', () => {
  it.each([
    ['vi', 'vi'],
    ['zh-Hant-TW', 'zh-Hant-TW'],
    ['tiếng Việt', undefined],
    ['', undefined],
  ])('%s → %s', (language, expected) => {
    expect(toLanguageTag(language)).toBe(expected);
  });
});
