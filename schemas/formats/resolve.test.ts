import { expect, it } from '@jest/globals';
import { resolve } from './resolve.ts';

it.each([
  ['https://a.vn/x?b=1&c=2#d', 'https://a.vn/x?b=1&c=2#d'],
  ['HTTP://A.vn', 'HTTP://A.vn'],
  [' https://a.vn/x\n', 'https://a.vn/x'],
  ['https://a.vn/tin mới', 'https://a.vn/tin%20m%E1%BB%9Bi'],
  ['https://a.vn/?b=1&amp;c=2', 'https://a.vn/?b=1&c=2'],
  ['/x', 'https://bao.vn/x'],
  ['x', 'https://bao.vn/rss/x'],
  ['?p=1', 'https://bao.vn/rss/tin?p=1'],
  ['//m.bao.vn/x', 'https://m.bao.vn/x'],
  ['bao.vn/x', 'https://bao.vn/x'],
  ['www.khac.vn/x', 'https://www.khac.vn/x'],
  ['javascript:alert(1)', undefined],
  ['java\nscript:alert(1)', undefined],
  ['data:text/html,x', undefined],
  ['mailto:lan@bao.vn', undefined],
  ['https://', undefined],
  ['', undefined],
  [`https://a.vn/${'x'.repeat(5_000)}`, undefined],
])('%s', (reference, address) => {
  expect(resolve(reference, 'https://bao.vn/rss/tin')).toBe(address);
});

it('leaves what can’t be made absolute', () => {
  expect(resolve('/x')).toBeUndefined();
  expect(resolve('https://a.vn/x')).toBe('https://a.vn/x');
});
