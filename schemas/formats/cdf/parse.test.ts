import { expect, it } from '@jest/globals';
import { decode } from '../decode.ts';
import { detect } from './detect.ts';
import { parse } from './parse.ts';

it('reads a channel that says much in attributes', () => {
  const text = `<CHANNEL HREF="https://bao.vn/"><TITLE>Tin</TITLE><ABSTRACT>Mới</ABSTRACT>
    <ITEM HREF="/1" LASTMOD="2026-11-22"><TITLE>a</TITLE><ABSTRACT>b</ABSTRACT></ITEM><ITEM HREF="https://bao.vn/2"/></CHANNEL>`;
  const document = decode(new TextEncoder().encode(text), { url: 'https://bao.vn/kenh.cdf' });
  expect(detect(document)).toBe(true);
  expect(parse(document)).toMatchObject({
    title: 'Tin',
    link: 'https://bao.vn/',
    description: 'Mới',
    entries: [
      { link: 'https://bao.vn/1', title: { value: 'a' }, summary: { value: 'b' }, updated: '2026-11-22' },
      { link: 'https://bao.vn/2' },
    ],
  });
});
