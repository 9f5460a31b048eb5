import { describe, expect, it } from '@jest/globals';
import { articleFactsOf } from './article-facts.ts';
import { embeddedData } from './embedded-data.ts';
import { repeatedLinks } from './repeated-links.ts';
import { standInOf } from './standing-before.ts';
import { parsePage, textOf } from './tree.ts';

const URL_ = 'https://a.example/tin/1';

/** Pages made to be expensive: nested, repeated, never closed. */
const HOSTILE: readonly (readonly [name: string, make: (n: number) => string])[] = [
  ['elements in elements', n => '<div>'.repeat(n)],
  ['cells in cells', n => '<table><tr><td>'.repeat(n)],
  ['inline elements that never close', n => `${'<b><i><font>'.repeat(n)}<h1>Tít`],
  ['links in links', n => '<a href=/tin/bai-viet-hay-1>Bài viết hay của năm<div>'.repeat(n)],
  ['rows that never close', n => `<table>${'<tr><td><b>'.repeat(n)}`],
  ['JSON-LD without end', n => `<script type="application/ld+json">${'['.repeat(n)}</script>`],
  [
    'articles in JSON-LD',
    n => '<script type="application/ld+json">{"@type":"Article","headline":"x"}</script>'.repeat(n),
  ],
  ['a name that is assigned again and again', n => `<script>${'__INITIAL_STATE__={'.repeat(n)}</script>`],
  ['backslashes in data', n => `<script>__DATA__={a:"${'\\\\'.repeat(n)}`],
  ['digits and dashes', n => `<time>${'11/11/'.repeat(n)}</time>`],
];

function read(html: string): void {
  const page = parsePage(html);
  const facts = articleFactsOf(page, URL_, URL_);
  standInOf(page, { url: URL_, isArticle: facts.isArticle });
  repeatedLinks(page, URL_, URL_);
  embeddedData(page);
  textOf(page);
}

describe.each(HOSTILE)('%s', (_name, make) => {
  it('costs what its length costs, not more', () => {
    const spent = (n: number) => {
      const before = process.threadCpuUsage();
      read(make(n));
      const { user, system } = process.threadCpuUsage(before);
      return (user + system) / 1000;
    };
    spent(2_000);
    const [small, large] = [spent(20_000), spent(80_000)];
    expect(large).toBeLessThan(Math.max(small, 50) * 12);
  });
});
