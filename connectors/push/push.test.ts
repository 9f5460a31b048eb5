import { describe, expect, it } from '@jest/globals';
import { CodedError } from '../../schemas/errors.ts';
import { formats } from '../../schemas/formats/index.ts';
import { pushConnector } from './index.ts';
import { readItem } from './read-item.ts';

const push = pushConnector(formats);
const read = (item: unknown) =>
  readItem({ body: new TextEncoder().encode(JSON.stringify(item)), url: 'https://bao.example/' }, formats);

function problemsOf(item: unknown): unknown {
  try {
    read(item);
  } catch (thrown) {
    if (thrown instanceof CodedError) return thrown.data.problems;
    throw thrown;
  }
  throw new Error('nothing was wrong');
}

const GOOD = { url: 'https://bao.example/1', title: 'Tin một' };

describe('a pushed item', () => {
  it('is read as a JSON Feed item is', () => {
    expect(
      read({
        ...GOOD,
        id: '4711',
        content_html: '<p>Nội dung</p>',
        date_published: '2026-11-22T08:30:00+07:00',
        authors: [{ name: 'Lê Thu Hà' }],
        tags: ['Việc làm'],
        image: 'https://bao.example/1.jpg',
        _ours: { anything: 1 },
      }),
    ).toMatchObject({
      sourceId: '4711',
      link: 'https://bao.example/1',
      title: { type: 'text', value: 'Tin một' },
      content: { type: 'html', value: '<p>Nội dung</p>' },
      published: '2026-11-22T08:30:00+07:00',
      authors: [{ name: 'Lê Thu Hà' }],
      categories: ['Việc làm'],
      media: [{ url: 'https://bao.example/1.jpg', role: 'lead' }],
    });
  });

  it.each<[string, unknown, string]>([
    ['no title', { url: GOOD.url }, 'item.title'],
    ['an empty title', { ...GOOD, title: ' ' }, 'item.title'],
    ['no address', { title: 'x' }, 'item.url'],
    ['an address of no page', { ...GOOD, url: 'javascript:alert(1)' }, 'item.url'],
    ['an address with a password', { ...GOOD, url: 'https://a:b@bao.example/' }, 'item.url'],
    ['a date that is none', { ...GOOD, date_published: 'hôm qua' }, 'item.date_published'],
    ['an author without a name', { ...GOOD, authors: [{}] }, 'item.authors[0].name'],
    ['content that is no text', { ...GOOD, content_html: { a: 1 } }, 'item.content_html'],
    ['tags that are no list', { ...GOOD, tags: 'a,b' }, 'item.tags'],
    ['a list', [], 'item'],
    ['nothing', null, 'item'],
  ])('with %s is refused with the place, what is wrong and the remedy', (_what, item, path) => {
    const problems = problemsOf(item) as { path: string; message: string; remedy: string }[];
    expect(problems.map(problem => problem.path)).toContain(path);
    for (const { message, remedy } of problems) expect([message, remedy]).not.toContain('');
  });

  it('is told every problem at once', () => {
    expect(problemsOf({ url: 'x', title: '', date_modified: '?' })).toHaveLength(3);
  });
});

describe('the source', () => {
  it('takes two secrets while the site changes over, and says what a secret must be', () => {
    const [one, two] = [`whsec_${'A'.repeat(32)}`, `whsec_${'B'.repeat(32)}`];
    expect(push.pushSecrets?.({ secret: one })).toEqual([one]);
    expect(push.pushSecrets?.({ secret: one, previousSecret: two })).toEqual([one, two]);
    const { error } = push.options.safeParse({ secret: 'mật khẩu' });
    expect(error?.issues[0]).toMatchObject({ path: ['secret'], message: expect.stringContaining('whsec_') });
  });
});
