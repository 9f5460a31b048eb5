import { describe, expect, it } from '@jest/globals';
import { canonicalLink, displayLink, isOwnHost } from './canonical-link.ts';

describe('one page, one key', () => {
  it.each([
    ['https://bao.example.vn/tin/1', 'http://www.bao.example.vn/tin/1/'],
    ['https://bao.example.vn/tin/1', 'https://m.bao.example.vn/tin/1'],
    ['https://bao.example.vn/tin/1', 'https://www.m.bao.example.vn:443/tin/1'],
    ['https://bao.example.vn/tin/1', 'https://amp.bao.example.vn/tin/1'],
    ['https://bao.example.vn/tin/1', 'https://bao.example.vn/tin/1/amp/'],
    ['https://bao.example.vn/tin/1.html', 'https://bao.example.vn/amp/tin/1.html'],
    ['https://bao.example.vn/tin/1.html', 'https://bao.example.vn/tin/1.amp.html'],
    ['https://bao.example.vn/tin/1', 'https://bao.example.vn/tin/1?amp=1&utm_source=rss&UTM_Medium=x'],
    ['https://bao.example.vn/tin/1', 'https://BAO.example.vn/tin/1?fbclid=a&gclid=b&zarsrc=30#comments'],
    ['https://bao.example.vn/', 'https://bao.example.vn/index.html'],
    ['https://bao.example.vn/Pages', 'https://bao.example.vn/Pages/default.aspx'],
    ['https://bao.example.vn/?p=12', 'http://bao.example.vn/index.php?p=12'],
    ['https://bao.example.vn/a?x=1&y=2', 'https://bao.example.vn/a?y=2&x=1'],
    ['https://bao.example.vn/tin/việc-làm', 'https://bao.example.vn/tin/vi%e1%bb%87c-l%c3%a0m'],
    ['https://bao.example.vn/vie\u0323\u0302c', 'https://bao.example.vn/việc'],
    ['https://báo.example.vn/1', 'https://xn--bo-mia.example.vn/1'],
  ])('%s = %s', (one, other) => expect(canonicalLink(other)).toBe(canonicalLink(one)));
});

describe('two articles, two keys', () => {
  it.each([
    ['https://a.gov.vn/?p=12', 'https://a.gov.vn/?p=13'],
    ['https://a.gov.vn/tin.aspx?ItemID=1', 'https://a.gov.vn/tin.aspx?ItemID=2'],
    ['https://a.gov.vn/?tabid=5&id=1', 'https://a.gov.vn/?tabid=5&id=2'],
    ['https://a.gov.vn/#!/tin/1', 'https://a.gov.vn/#!/tin/2'],
    ['https://a.gov.vn/#/tin/1', 'https://a.gov.vn/#/tin/2'],
    ['https://a.gov.vn/Tin/AbC', 'https://a.gov.vn/Tin/abc'],
    ['https://a.gov.vn:8080/1', 'https://a.gov.vn/1'],
    ['https://vieclam.gov.vn/1', 'https://gov.vn/1'],
    ['https://a.gov.vn/?source=1', 'https://a.gov.vn/?source=2'],
    ['https://a.gov.vn/?id=a&id=b', 'https://a.gov.vn/?id=b&id=a'],
    ['https://a.gov.vn/a%2Fb', 'https://a.gov.vn/a/b'],
    ['https://a.gov.vn/ampere', 'https://a.gov.vn/ere'],
    ['https://a.gov.vn/index.php/tin/1', 'https://a.gov.vn/tin/1'],
    ['https://m.vn/1', 'https://vn/1'],
  ])('%s ≠ %s', (one, other) => expect(canonicalLink(other)).not.toBe(canonicalLink(one)));
});

it.each([
  ['https://a.vn/tin?id=1&utm_source=rss&utm_medium=feed#x', 'https://a.vn/tin?id=1#x'],
  ['https://a.vn/tin?fbclid=1', 'https://a.vn/tin'],
  ['  https://a.vn/tin#utm_source=rss ', 'https://a.vn/tin'],
  ['https://user:pass@a.vn/tin', 'https://a.vn/tin'],
  ['http://www.a.vn/Tin/?b=2&a=1', 'http://www.a.vn/Tin/?b=2&a=1'],
  ['ftp://a.vn/', undefined],
  ['javascript:alert(1)', undefined],
  ['/tin/1', undefined],
])('shows %s as %s', (raw, shown) => expect(displayLink(raw)).toBe(shown));

it('knows the hosts of a site', () => {
  const site = { homepage: 'https://www.a.gov.vn/', hosts: ['tin.a.gov.vn', '127.0.0.1:8080'] };
  expect(isOwnHost('http://a.gov.vn/x', site)).toBe(true);
  expect(isOwnHost('http://m.tin.a.gov.vn/x', site)).toBe(true);
  expect(isOwnHost('http://127.0.0.1:8080/x', site)).toBe(true);
  expect(isOwnHost('http://127.0.0.1:9090/x', site)).toBe(false);
  expect(isOwnHost('https://staging.a.gov.vn/x', site)).toBe(false);
});
