import { expect, it } from '@jest/globals';
import { articleShape, shapesOf } from './article-shape.ts';

it.each([
  ['https://bao.example.vn/2026/11/20/bo-to-chuc-hoi-nghi-toan-quoc/', '#/#/#/words'],
  [
    'https://bao.example.vn/viec-lam/ha-noi-mo-phien-giao-dich-viec-lam-20261120083012345.htm',
    '-/words#.htm',
  ],
  ['https://bao.example.vn/kinh-te/ha-noi-mo-phien-giao-dich-viec-lam-777.htm', '-/words#.htm'],
  ['https://a.example.vn/lien-he', 'word'],
  ['https://a.example.vn/Pages/chitiet.aspx?ItemID=12&l=TinTuc', '-/word.aspx?ItemID&l'],
  ['https://a.example.vn/?p=12', '?p'],
  ['https://a.example.vn/', undefined],
  ['no address', undefined],
])('outlines %s', (link, shape) => {
  expect(articleShape(link)).toBe(shape);
});

it('takes no shape from a single odd article', () => {
  const links = [
    ...Array.from({ length: 30 }, (_, n) => `https://a.example.vn/tin/tieu-de-dai-cua-bai-${n}00.html`),
    'https://a.example.vn/gioi-thieu',
  ];
  expect([...shapesOf(links)]).toEqual(['-/words#.html', '-/words.html'].slice(0, shapesOf(links).size));
  expect(shapesOf(links).has('word')).toBe(false);
});
