import { describe, expect, it } from '@jest/globals';
import type { Entry } from '../../schemas/entry.ts';
import { context, draft, entry, NOW, normalise } from './batch.example.ts';
import { deletionKeys, mintId } from './identity.ts';

/** Milliseconds this thread has worked: what others do on the machine plays no part. */
const worked = () => process.threadCpuUsage().user / 1000;

it('makes a whole draft of a whole entry', () => {
  expect(draft({ link: 'https://vl.example.gov.vn/tin/bai-1.html?utm_source=rss' })).toMatchObject({
    site: 'viec-lam',
    source: 'viec-lam/tin',
    link: 'https://vl.example.gov.vn/tin/bai-1.html',
    canonicalLink: 'vl.example.gov.vn/tin/bai-1.html',
    title: 'Bộ trưởng tiếp đoàn công tác',
    summary: 'Sáng nay, Bộ trưởng tiếp đoàn công tác.',
    content: '<p>Sáng nay, Bộ trưởng tiếp đoàn công tác.</p>',
    language: 'vi',
    published: Date.parse('2026-11-21T08:30:00+07:00'),
    pubStatus: 'usable',
    notes: [],
    attribution: { text: 'Phạm Công – Cục Việc làm, 08:30, 21/11/2026', agency: 'Cục Việc làm' },
  });
});

it('crosses to another thread and back', () => {
  const { drafts } = normalise([entry()], structuredClone({}));
  expect(structuredClone(drafts)).toEqual(drafts);
});

it('is the same for the same entry, whatever the order of its keys', () => {
  const own = (fields: Record<string, unknown>) => draft({ own: { type: 'X', fields } }).hash;
  expect(own({ a: 1, b: 2 })).toBe(own({ b: 2, a: 1 }));
  expect(own({ a: 1, b: 2 })).not.toBe(own({ a: 1, b: 3 }));
});

describe('refused, with the reason', () => {
  it.each([
    ['no address at all', { link: undefined, sourceId: 'so-1' }, 'Không có liên kết tới trang gốc.'],
    ['nothing to read', { title: undefined, content: undefined }, 'Không có tiêu đề, không có nội dung.'],
    [
      'only a script',
      { title: { type: 'html', value: '<script>x</script>' }, content: undefined },
      'Không có tiêu đề, không có nội dung.',
    ],
  ])('%s', (_, changes, reason) => {
    const { drafts, refused } = normalise([
      { ...entry({ sourceId: 'other' }), ...changes } as unknown as Entry,
      entry(),
    ]);
    expect(drafts).toHaveLength(1);
    expect(refused.map(one => one.reason)).toEqual([reason]);
  });
});

describe('untitled', () => {
  it('gets its first words', () => {
    const { title, notes } = draft({ title: { type: 'text', value: ' \u200b ' } });
    expect(title).toBe('Sáng nay, Bộ trưởng tiếp đoàn công tác.');
    expect(notes).toHaveLength(1);
  });
  it('and wordless is still a picture', () => {
    const content = { type: 'html', value: '<img src="/a.jpg">' } as const;
    expect(draft({ title: { type: 'text', value: '' }, content }).title).toBe('(Không tiêu đề)');
  });
});

describe('keys', () => {
  const keys = (changes: Partial<Entry>) => draft(changes).keys.map(({ kind, key }) => `${kind} ${key}`);

  it('are scoped by the source unless they are unique everywhere', () => {
    expect(keys({ sourceId: '12' })[0]).toBe('native viec-lam/tin 12');
    expect(keys({ sourceId: 'post:12' })[0]).toBe('native viec-lam/tin post:12');
    expect(keys({ sourceId: 'tag:vl.example.gov.vn,2026:12' })[0]).toBe('guid tag:vl.example.gov.vn,2026:12');
    expect(keys({ sourceId: 'https://vl.example.gov.vn/?p=1' })[0]).toBe(
      'guid https://vl.example.gov.vn/?p=1',
    );
  });

  it('of two sources meet in the addresses they share', () => {
    const byFeed = keys({ sourceId: 'https://vl.example.gov.vn/?p=1' });
    const byApi = keys({
      sourceId: 'post:1',
      link: 'https://vl.example.gov.vn/moi',
      otherLinks: ['http://vl.example.gov.vn/?p=1'],
    });
    expect(byApi.filter(key => byFeed.includes(key))).toEqual(['alternate vl.example.gov.vn?p=1']);
  });

  it('that two entries share name neither, and no entry is lost', () => {
    const { drafts } = normalise([
      entry({ sourceId: 'x', link: 'https://vl.example.gov.vn/1' }),
      entry({ sourceId: 'x', link: 'https://vl.example.gov.vn/2' }),
      entry({ sourceId: 'y', link: 'https://vl.example.gov.vn/3' }),
    ]);
    expect(drafts.map(({ keys: [first] }) => first?.kind)).toEqual(['link', 'link', 'native']);
  });

  it('are never the home page', () => {
    const { drafts } = normalise([
      entry({
        sourceId: undefined as never,
        link: 'https://vl.example.gov.vn',
        title: { type: 'text', value: 'Một' },
      }),
      entry({
        sourceId: undefined as never,
        link: 'https://vl.example.gov.vn/',
        title: { type: 'text', value: 'Hai' },
      }),
    ]);
    expect(drafts).toHaveLength(2);
    expect(new Set(drafts.flatMap(one => one.keys.map(({ key }) => key))).size).toBe(2);
    expect(drafts.every(({ keys: [first] }) => first?.key.startsWith('viec-lam/tin words:'))).toBe(true);
  });

  it('of an entry listed twice are those of one', () => {
    expect(normalise([entry(), entry()]).drafts).toHaveLength(1);
  });

  it('of a deletion are those of what it deletes', () => {
    const gone = deletionKeys(
      { sourceId: 'post:12', link: 'https://vl.example.gov.vn/a', basis: 'said' },
      context.source,
    );
    expect(draft({ sourceId: 'post:12', link: 'https://vl.example.gov.vn/a?utm_source=x' }).keys).toEqual(
      gone,
    );
  });

  it('make ids that are names of version 5, one a site and key', () => {
    const id = mintId('viec-lam', { kind: 'guid', key: 'x' });
    expect(id).toBe(mintId('viec-lam', { kind: 'guid', key: 'x' }));
    expect(id).toMatch(/^urn:uuid:[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(id).not.toBe(mintId('bao-a', { kind: 'guid', key: 'x' }));
    expect(id).not.toBe(mintId('viec-lam', { kind: 'native', key: 'x' }));
  });
});

describe('the canonical address', () => {
  const link = (canonical: string, written = 'https://vl.example.gov.vn/tin?id=1') =>
    draft({ canonical, link: written }).link;
  it('wins on the site’s own host', () => {
    expect(link('https://vl.example.gov.vn/tin/1.html')).toBe('https://vl.example.gov.vn/tin/1.html');
    expect(link('https://vl.example.gov.vn/a', 'https://m.vl.example.gov.vn/a')).toBe(
      'https://vl.example.gov.vn/a',
    );
  });
  it('is not believed elsewhere, on the home page, or when all entries have the same', () => {
    expect(link('https://staging.example/tin/1.html')).toBe('https://vl.example.gov.vn/tin?id=1');
    expect(link('https://vl.example.gov.vn/')).toBe('https://vl.example.gov.vn/tin?id=1');
    const canonical = 'https://vl.example.gov.vn/tin';
    const { drafts } = normalise(
      [1, 2].map(id => entry({ sourceId: `${id}`, canonical, link: `${canonical}?id=${id}` })),
    );
    expect(drafts.map(one => one.link)).toEqual([`${canonical}?id=1`, `${canonical}?id=2`]);
  });
});

describe('dates', () => {
  const dates = (changes: Partial<Entry>, settings = {}) => {
    const { published, updated, notes } = draft(changes, { source: { ...context.source, dates: settings } });
    return { published, updated, notes };
  };
  it('in the future are none, and say which setting may help', () => {
    const { published, notes } = dates({ published: 'Sun, 22 Nov 2026 09:58:00 GMT' });
    expect(published).toBeUndefined();
    expect(notes.join()).toContain('dates.force: "+07:00"');
  });
  it('are repaired by the source’s setting', () => {
    expect(dates({ published: 'Sun, 22 Nov 2026 09:58:00 GMT' }, { force: '+07:00' })).toEqual({
      published: NOW - 120_000,
      updated: undefined,
      notes: [],
    });
    expect(dates({ published: '2026-11-22T02:58:00+07:00' }, { force: 'Z' }).published).toBe(NOW - 120_000);
  });
  it('may be a few minutes ahead', () => {
    expect(dates({ published: '2026-11-22T10:09:00+07:00' }).published).toBe(NOW + 540_000);
  });
  it('of a change count only after the publication, and stand for it where it is missing', () => {
    const early = '2026-11-21T07:00:00+07:00';
    const late = '2026-11-21T09:00:00+07:00';
    expect(dates({ updated: early }).updated).toBeUndefined();
    expect(dates({ updated: late }).updated).toBe(Date.parse(late));
    expect(dates({ published: undefined as never, updated: late })).toEqual({
      published: Date.parse(late),
      updated: undefined,
      notes: [],
    });
  });
  it('that can’t be read are told', () => {
    expect(dates({ published: 'hôm qua' }).notes).toEqual([
      'Không đọc được ngày giờ (published): “hôm qua”.',
    ]);
  });
});

describe('the body', () => {
  it('is the description where that is plainly more than a teaser', () => {
    const value = `<p>${'Nội dung dài. '.repeat(40)}</p><p>${'Đoạn hai. '.repeat(40)}</p>`;
    const { content, summary } = draft({ content: undefined as never, summary: { type: 'html', value } });
    expect(content).toContain('Đoạn hai');
    expect(summary.length).toBeLessThanOrEqual(300);
  });
  it('is not the teaser', () => {
    const value = '<a href="/x"><img src="/a.jpg"></a></br>Tóm tắt của báo.';
    const one = draft({ content: undefined as never, summary: { type: 'html', value } });
    expect(one).toMatchObject({
      content: '',
      summary: 'Tóm tắt của báo.',
      picture: { url: 'https://vl.example.gov.vn/a.jpg' },
    });
  });
  it('is read from markdown and plain text too', () => {
    expect(
      draft({ content: { type: 'markdown', value: '# Đề\n\n**Đậm** <script>x</script>[a](javascript:x)' } })
        .content,
    ).toBe('<h1>Đề</h1>\n<p><strong>Đậm</strong> a</p>');
    expect(draft({ content: { type: 'text', value: 'a < b\nc\n\nd' } }).content).toBe(
      '<p>a &lt; b<br />c</p>\n<p>d</p>',
    );
  });
  it('is read once more when it was escaped twice', () => {
    expect(draft({ content: { type: 'html', value: '&lt;p&gt;Tin&lt;/p&gt;' } }).content).toBe('<p>Tin</p>');
  });
});

it('cleans own fields by their types', () => {
  const contentSchema = {
    name: 'cuc',
    type: 'Cuc',
    fields: { html: 'HTML', at: 'DateTime', url: 'URL', text: 'String', list: '[URL]' },
  };
  const fields = {
    html: '<b onclick=x>đ</b>',
    at: '22/11/2026 08:30',
    url: 'javascript:1',
    text: 'a\u0000',
    list: ['/x', 'javascript:1'],
  };
  const { own } = draft({ own: { type: 'Cuc', fields } }, { source: { ...context.source, contentSchema } });
  expect(own?.fields).toEqual({
    html: '<b>đ</b>',
    at: Date.parse('2026-11-22T08:30:00+07:00'),
    text: 'a',
    list: ['https://vl.example.gov.vn/x'],
  });
});

it('takes time in proportion, whatever an entry is full of', () => {
  for (const unit of ['**a', '> ', '[', '<', '&', '\u0301\u0323', 'a@', ' - ', 'Theo ']) {
    const value = unit.repeat(100_000 / unit.length);
    const started = worked();
    normalise([
      entry({
        title: { type: 'html', value },
        content: { type: 'markdown', value },
        authors: [{ name: value, email: value }],
        categories: [value],
        published: value,
        media: [{ url: value, alt: value, caption: value }],
      }),
    ]);
    // Some tens of milliseconds each; the square of the length would be many seconds.
    expect(worked() - started).toBeLessThan(2_500);
  }
});

it('gives out nothing that a database or an XML document could not hold', () => {
  const value = `a\u0000b\ud800c${'😀'.repeat(3_000)}`;
  const { drafts } = normalise([
    entry({
      sourceId: value,
      title: { type: 'text', value },
      summary: { type: 'html', value },
      authors: [{ name: value }],
      categories: [value],
      rights: value,
      published: value,
      media: [{ url: 'https://a.vn/1.jpg', alt: value, caption: value, credit: value }],
      unread: [value],
      own: { type: 'X', fields: { x: value, deep: { [value]: [value] } } },
    }),
  ]);
  const written = JSON.stringify(drafts);
  expect(drafts).toHaveLength(1);
  expect(written).not.toContain('\\u0000');
  expect(written).not.toMatch(/\\ud[89a-f]/i);
});
