import { describe, expect, it } from '@jest/globals';
import { newItem } from '../e2e/seed.ts';
import { searchReader } from '../store/search-text.ts';
import { highlight } from './highlight.ts';

/** Milliseconds this thread has worked: what others do on the machine plays no part. */
const worked = () => process.threadCpuUsage().user / 1000;

const read = searchReader([['BHXH', 'bảo hiểm xã hội']]);
const shown = (text: string, changes: object) =>
  highlight(
    { ...newItem('cong', 'a', { summary: '', contentText: '', ...changes }), n: 1 },
    read(text, 'folded').flat(),
  );

describe('highlights', () => {
  it.each([
    ['bao hiem', 'Bảo hiểm y tế', '<mark>Bảo</mark> <mark>hiểm</mark> y tế'],
    ['"bao hiem"', 'Bảo hiểm y tế', '<mark>Bảo hiểm</mark> y tế'],
    ['BHXH', 'Đóng bảo hiểm xã hội, BHXH', 'Đóng <mark>bảo hiểm xã hội</mark>, <mark>BHXH</mark>'],
    ['bảo hiểm xã hội ', 'Nộp BHXH', 'Nộp <mark>BHXH</mark>'],
    ['vi', 'Việc làm, việt', '<mark>Việc</mark> làm, <mark>việt</mark>'],
    ['vi ', 'Việc vì', 'Việc <mark>vì</mark>'],
    ['hoà', 'Hòa Bình', '<mark>Hòa</mark> Bình'],
    [
      'script',
      '<script>alert("&")</script>',
      '&lt;<mark>script</mark>&gt;alert(&quot;&amp;&quot;)&lt;/<mark>script</mark>&gt;',
    ],
    ['khác', 'Không có', 'Không có'],
    ['mark', '<mark>', '&lt;<mark>mark</mark>&gt;'],
  ])('%s in %s', (text, title, expected) => {
    expect(shown(text, { title })?.title).toBe(expected);
  });

  it('show the passage around the first match of the content', () => {
    const contentText = `${'đầu '.repeat(100)}việc làm ${'cuối '.repeat(100)}`.trim();
    const content = shown('viec lam ', { contentText })?.content ?? '';
    expect(content).toMatch(/^… (?:đầu )+<mark>việc<\/mark> <mark>làm<\/mark>(?: cuối)+ …$/);
    expect(content.length).toBeLessThan(300);
    expect(shown('khác', { contentText, summary: 'Tóm' })).toMatchObject({ summary: 'Tóm', content: null });
  });

  it.each([
    ['x'.repeat(500), null],
    [`${'x'.repeat(500)}, việc`, '… <mark>việc</mark>'],
    [`việc ${'x'.repeat(500)}`, `<mark>việc</mark> ${'x'.repeat(235)} …`],
  ])('cut a text without spaces too: case %#', (contentText, expected) => {
    expect(shown('viec ', { contentText })?.content).toBe(expected);
  });

  it.each(['HELD', 'HIDDEN', 'WITHDRAWN'])('show nothing of an item that is %s', visibility => {
    expect(shown('tin', { visibility })).toBeNull();
  });

  it('take milliseconds on a hostile text', () => {
    const contentText = 'a '.repeat(1_000_000);
    const started = worked();
    expect(shown(`"${'a '.repeat(60)}" b`, { contentText })?.content).not.toBeNull();
    expect(worked() - started).toBeLessThan(500);
  });
});
