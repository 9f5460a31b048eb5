import { describe, expect, it } from '@jest/globals';
import { CodedError } from '../../schemas/errors.ts';
import type { Answer } from './answer.ts';
import { toEntry } from './entry.ts';
import { type Input, read } from './read.ts';

const NOTHING = { authors: new Map(), categories: new Map(), tags: new Map(), media: new Map() };

function answered(body: string | Uint8Array, more: Partial<Answer> = {}): Answer {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return {
    url: 'https://cuc.example.vn/wp-json/wp/v2/posts',
    status: 200,
    contentType: '',
    body: bytes,
    ...more,
  };
}

function readPosts(value: unknown) {
  const reading = read({ asked: 'posts', answer: answered(JSON.stringify(value)) });
  if (reading.asked !== 'posts') throw new Error('not posts');
  return reading;
}

const entryOf = (post: object) => readPosts([post]).list.map(one => toEntry(one, NOTHING))[0];

describe('a post', () => {
  it('becomes an entry with what its ids stand for', () => {
    const [post] = readPosts([
      {
        id: 123,
        type: 'post',
        slug: 'luong-%c4%91%e1%bb%91i',
        link: 'https://cuc.example.vn/2026/11/luong/',
        guid: { rendered: 'https://cuc.example.vn/?p=123' },
        date: '2026-11-22T08:30:00',
        date_gmt: '2026-11-22T01:30:00',
        modified_gmt: '2026-11-22T02:00:00',
        title: { rendered: 'Lương &#038; thưởng <5%' },
        excerpt: { rendered: '<p>Tóm tắt</p>', protected: false },
        content: { rendered: '<p>Bài</p>', protected: false },
        author: 1,
        categories: [1, 2],
        tags: [7, 8],
        featured_media: 9,
        sticky: true,
        format: 'standard',
        comment_status: 'open',
      },
    ]).list;
    if (!post) throw new Error('no post');
    const named = (id: number, name: string, slug = '') => [id, { id, name, slug }] as const;
    const lookups = {
      authors: new Map([named(1, 'Lê &amp; Trần')]),
      categories: new Map([named(1, 'Uncategorized', 'uncategorized'), named(2, 'Việc làm')]),
      tags: new Map([named(7, 'bảo hiểm')]),
      media: new Map([
        [9, { id: 9, url: 'https://x.vn/a.jpg', width: 1200, alt: 'Sàn', caption: '<p>TTXVN</p>' }],
      ]),
    };
    expect(toEntry(post, lookups)).toEqual({
      sourceId: 'post:123',
      link: 'https://cuc.example.vn/2026/11/luong/',
      otherLinks: ['https://cuc.example.vn/?p=123'],
      title: { type: 'text', value: 'Lương & thưởng <5%' },
      summary: { type: 'html', value: '<p>Tóm tắt</p>' },
      content: { type: 'html', value: '<p>Bài</p>' },
      published: '2026-11-22T01:30:00Z',
      updated: '2026-11-22T02:00:00Z',
      authors: [{ name: 'Lê & Trần' }],
      categories: ['Việc làm', 'bảo hiểm'],
      media: [{ url: 'https://x.vn/a.jpg', width: 1200, alt: 'Sàn', caption: 'TTXVN', role: 'lead' }],
      own: {
        type: 'WordPressPost',
        fields: {
          postId: 123,
          postType: 'post',
          slug: 'luong-đối',
          format: 'standard',
          sticky: true,
          commentsOpen: true,
          tags: ['bảo hiểm'],
        },
      },
    });
  });

  it.each([
    [
      'no GMT date: the local one, whose zone the source knows',
      { date: '2026-11-22T08:30:00', date_gmt: '0000-00-00T00:00:00' },
      '2026-11-22T08:30:00',
    ],
    ['null', { date: null, date_gmt: null }, undefined],
    ['year nought', { date_gmt: '-0001-11-30T00:00:00' }, undefined],
    ['no date of this world', { date_gmt: '2026-13-45T99:00:00' }, undefined],
    ['a zone of its own', { date_gmt: '2026-11-22T08:30:00+07:00' }, '2026-11-22T08:30:00+07:00'],
  ])('with %s', (_what, dates, published) => {
    expect(entryOf({ id: 1, ...dates })?.published).toBe(published);
  });

  it.each([
    ['<p>Bộ vừa ban hành [&hellip;]</p>\n', '<p>Bộ vừa ban hành…</p>'],
    ['Bộ vừa ban hành […]', 'Bộ vừa ban hành…'],
    ['<p>[&hellip;] trích giữa</p>', '<p>[&hellip;] trích giữa</p>'],
  ])('whose excerpt is %j', (rendered, value) => {
    expect(entryOf({ id: 1, excerpt: { rendered } })?.summary?.value).toBe(value);
  });

  it('has no update before its publication', () => {
    const entry = entryOf({ id: 1, date_gmt: '2026-11-22T01:30:00', modified_gmt: '2026-11-20T01:30:00' });
    expect(entry && 'updated' in entry).toBe(false);
  });

  it.each([
    ['of another host', 'http://localhost/?p=1', undefined],
    ['no address', 'post-1', undefined],
    ['of a dangerous kind', 'javascript:alert(1)', undefined],
    ['of this host', 'http://cuc.example.vn/?p=1', ['http://cuc.example.vn/?p=1']],
  ])('whose guid is %s', (_what, guid, otherLinks) => {
    expect(
      entryOf({ id: 1, link: 'https://cuc.example.vn/a/', guid: { rendered: guid } })?.otherLinks,
    ).toEqual(otherLinks);
  });

  it('without an id is broken, and costs the others nothing', () => {
    const { list, broken } = readPosts([{ title: 'x' }, null, 7, { id: 4 }, { id: '5' }, { id: -1 }]);
    expect([list.map(({ id }) => id), broken]).toEqual([[4, 5], 4]);
  });
});

describe('an answer', () => {
  it.each([
    ['a byte order mark', '\u{feff}[{"id":1}]'],
    [
      'PHP’s notices before it',
      '<br />\n<b>Warning</b>:  foo() in <b>/x.php</b> on line <b>3</b><br />\n[{"id":1}]',
    ],
    ['a cache’s mark behind it', '[{"id":1}]\n<!-- Cached by X -->'],
    ['keys where a list should be', '{"0":{"id":1},"2":{"id":3}}'],
  ])('is read in spite of %s', (_what, body) => {
    const reading = read({ asked: 'posts', answer: answered(body) });
    expect(reading).toMatchObject({
      asked: 'posts',
      list: [{ id: 1 }, ...(body.includes('"2"') ? [{ id: 3 }] : [])],
    });
  });

  it('that is a page is none, whatever JSON stands in its scripts', () => {
    const page = '<!doctype html><html><!-- notice --><script>var x = [{"id":1}]</script></html>';
    expect(() => read({ asked: 'posts', answer: answered(page) })).toThrow(
      expect.objectContaining({ code: 'HTML_PAGE' }),
    );
  });

  it('of a site that hides its index is not WordPress', () => {
    expect(() => read({ asked: 'root', answer: answered('{"namespaces":["x/v1"]}') })).toThrow(
      expect.objectContaining({ code: 'SITE_NOT_FOUND' }),
    );
  });
});

describe('garbage', () => {
  const KINDS = ['home', 'root', 'posts', 'names', 'media', 'sight'] as const;

  it('never gets past read but as a reading or a named error', () => {
    const random = sequence(20_261_123);
    for (let round = 0; round < 4000; round += 1) {
      const asked = KINDS[round % KINDS.length] ?? 'posts';
      const status = [200, 200, 401, 404, 500][Math.floor(random() * 5)] ?? 200;
      const input: Input = { asked, answer: answered(garbage(random), { status }) };
      try {
        const reading = read(input);
        expect(reading.asked).toBe(asked);
        if (reading.asked === 'posts') for (const post of reading.list) toEntry(post, NOTHING);
      } catch (error) {
        expect(error).toBeInstanceOf(CodedError);
      }
    }
  });

  it.each([
    ['deep', `${'['.repeat(100_000)}`],
    ['deep and whole', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['full of links', '<link '.repeat(100_000)],
    ['full of openings', '[{"'.repeat(100_000)],
    ['full of tags', '<html '.repeat(100_000)],
  ])('that is %s is done with soon', (_what, body) => {
    const start = performance.now();
    for (const asked of KINDS) {
      try {
        read({
          asked,
          answer: answered(body),
          ...(asked === 'home' && { linkHeader: '<'.repeat(16_000) }),
        } as Input);
      } catch (error) {
        expect(error).toBeInstanceOf(CodedError);
      }
    }
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** A post list with parts knocked out, swapped for other kinds, or cut. */
function garbage(random: () => number): Uint8Array {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const value = (depth: number): unknown => {
    const plain = [null, true, -1, 1e308, 0, '', 'x', '<p>&#x0;', '\ud800', '2026-11-22T01:30:00', [], {}];
    if (depth > 3 || random() < 0.5) return pick<unknown>(plain);
    if (random() < 0.4) return Array.from({ length: Math.floor(random() * 4) }, () => value(depth + 1));
    return Object.fromEntries(
      Array.from({ length: Math.floor(random() * 8) }, () => [pick(NAMES), value(depth + 1)]),
    );
  };
  const bytes = new TextEncoder().encode(
    JSON.stringify([value(0), value(1), { id: 1, ...(value(1) as object) }]),
  );
  if (random() < 0.2) return bytes.slice(0, Math.floor(random() * bytes.length));
  if (random() < 0.2) return bytes.map(byte => (random() < 0.05 ? Math.floor(random() * 256) : byte));
  return bytes;
}

const NAMES = [
  'id',
  'title',
  'content',
  'excerpt',
  'rendered',
  'protected',
  'date_gmt',
  'modified_gmt',
  'link',
  'guid',
  'categories',
  'tags',
  'author',
  'featured_media',
  'slug',
  'status',
  'code',
  'message',
  'name',
  'namespaces',
  'source_url',
  'media_details',
  'image_meta',
  '0',
  '__proto__',
  'constructor',
  'sticky',
  'comment_status',
];
