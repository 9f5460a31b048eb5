import { afterEach, describe, expect, it } from '@jest/globals';
import { type FakeSetting, type FakeSite, json, restError, startFakeSite } from './fake-site.ts';
import { createWorld } from './test-world.ts';

let site: FakeSite;

async function open(setting?: FakeSetting) {
  site = await startFakeSite(setting);
  return createWorld({ url: site.url });
}

afterEach(() => site.close());

function fill(count: number): void {
  for (let n = 0; n < count; n += 1) site.add();
}

const ids = (held: Map<string, unknown>) => [...held.keys()].sort();
const listed = () =>
  [...site.posts.values()]
    .filter(({ status }) => status === 'publish')
    .map(({ id }) => `post:${id}`)
    .sort();

describe('a first harvest', () => {
  it('gives each of 250 posts once, then nothing for as long as nothing changes', async () => {
    const world = await open();
    fill(250);
    const first = await world.harvest();
    expect(first.entries).toHaveLength(250);
    expect(ids(world.held)).toEqual(listed());
    const second = await world.harvest();
    expect(second.entries).toHaveLength(0);
    expect(second.requests).toHaveLength(2);
  });

  it('gives posts that share one second, over several pages', async () => {
    const world = await open();
    for (let n = 0; n < 230; n += 1) site.add({ date: site.clock, modified: 1_790_000_000 });
    await world.harvest();
    expect(ids(world.held)).toEqual(listed());
  });

  it.each([250, 200])('gives %d posts where a cache dropped the headers that count', async count => {
    const world = await open({ counts: false });
    for (let n = 0; n < count; n += 1) site.add({ date: site.clock, modified: 1_790_000_000 + (n % 2) });
    await world.harvest();
    expect(ids(world.held)).toEqual(listed());
  });

  it('goes back to the date wanted and no further', async () => {
    site = await startFakeSite();
    const world = createWorld({ url: site.url }, { since: Date.UTC(2026, 10, 1) });
    site.add({ date: Date.UTC(2026, 9, 31) / 1000 });
    site.add({ date: Date.UTC(2026, 10, 1) / 1000 });
    await world.harvest();
    expect(ids(world.held)).toEqual(['post:2']);
  });

  it('goes on where it was killed', async () => {
    const world = await open();
    fill(250);
    await world.harvest({ killAt: 1 });
    expect(world.held.size).toBe(100);
    const rest = await world.harvest();
    expect(ids(world.held)).toEqual(listed());
    expect(rest.entries).toHaveLength(150);
  });

  it('misses nothing when posts it has read are edited meanwhile', async () => {
    const world = await open();
    fill(250);
    await world.harvest({
      between: async batch => {
        if (batch === 1)
          for (let id = 1; id <= 50; id += 1) site.edit(id, { title: `Tin số ${id}, bản hai` });
        if (batch === 2) site.add();
      },
    });
    expect(ids(world.held)).toEqual(listed());
    expect(world.held.get('post:17')?.title?.value).toBe('Tin số 17, bản hai');
  });

  it('leaves drafts, scheduled, private and protected posts out', async () => {
    const world = await open();
    for (const status of ['draft', 'future', 'private', 'pending', 'trash']) site.add({ status });
    site.add({ password: 'x' });
    site.add();
    await world.harvest();
    expect(ids(world.held)).toEqual(['post:7']);
  });
});

describe('finding the API', () => {
  it('is told by the Link header, and remembers', async () => {
    const world = await open();
    fill(1);
    const first = await world.harvest();
    expect(first.requests[0]).toBe(site.url);
    expect(first.batches[0]?.facts).toEqual({ title: 'Cục Thử', language: 'vi' });
    const second = await world.harvest();
    expect(second.requests.filter(url => new URL(url).pathname === '/')).toEqual([]);
  });

  it.each([
    ['a quoted link element', `<link rel='https://api.w.org/' href='http://HOST/wp-json/' />`],
    ['a bare link element', '<link href=http://HOST/wp-json/ rel=https://api.w.org/>'],
    ['nothing at all', '<title>Cục Thử</title>'],
  ])('is told by %s', async (_what, markup) => {
    const world = await open();
    fill(1);
    site.intercept = url =>
      url.pathname === '/' ? { type: 'text/html', body: markup.replace('HOST', url.host) } : undefined;
    await world.harvest();
    expect(world.held.size).toBe(1);
  });

  it('comes to ?rest_route= where addresses are plain', async () => {
    const world = await open({ pretty: false });
    fill(3);
    await world.harvest();
    expect(world.held.size).toBe(3);
    expect(world.checkpoint).toMatchObject({ root: `${site.url}?rest_route=/` });
  });

  it('keeps the port that a site behind a proxy forgot', async () => {
    const world = await open();
    fill(1);
    site.intercept = url =>
      url.pathname === '/'
        ? {
            type: 'text/html',
            headers: { link: '<http://127.0.0.1/wp-json/>; rel="https://api.w.org/"' },
            body: '',
          }
        : undefined;
    await world.harvest();
    expect(world.held.size).toBe(1);
  });

  it('finds it again when the permalinks have changed', async () => {
    const world = await open();
    fill(1);
    await world.harvest();
    site.intercept = url =>
      url.pathname.startsWith('/wp-json') ? { status: 404, type: 'text/html', body: '<p>404' } : undefined;
    site.add();
    await world.harvest();
    expect(world.held.size).toBe(2);
  });

  it('sends the password to the site it was given for, and to no other', async () => {
    site = await startFakeSite();
    const other = await startFakeSite();
    const sent: (string | undefined)[] = [];
    other.intercept = (_url, { authorization }) => {
      sent.push(authorization);
      return undefined;
    };
    site.intercept = (url, { authorization }) => {
      if (url.pathname !== '/') return authorization ? undefined : restError('rest_not_logged_in', 401);
      const elsewhere = other.url.replace('127.0.0.1', 'localhost');
      return {
        type: 'text/html',
        headers: { link: `<${elsewhere}wp-json/>; rel="https://api.w.org/"` },
        body: '',
      };
    };
    fill(2);
    const world = createWorld({ url: site.url, user: 'lien-thong', password: 'abcd efgh' });
    await world.harvest();
    await other.close();
    expect(world.held.size).toBe(2);
    expect(sent).toEqual([]);
  });
});

describe('what changes later', () => {
  it('gives an edit, a changed slug and a new post, and nothing else', async () => {
    const world = await open();
    fill(30);
    site.clock += 3600;
    await world.harvest();
    site.edit(3, { title: 'Sửa' });
    site.edit(4, { slug: 'duong-dan-moi' });
    site.add();
    const { entries, deletions } = await world.harvest();
    expect(entries.map(({ sourceId }) => sourceId).sort()).toEqual(['post:3', 'post:31', 'post:4']);
    expect(world.held.get('post:4')?.link).toBe(`${site.url}2026/11/duong-dan-moi/`);
    expect(deletions).toEqual([]);
  });

  it('sees a scheduled post come out, though its modification time is old', async () => {
    const world = await open();
    const early = site.clock;
    fill(30);
    const { id } = site.add({ status: 'future', modified: early });
    site.clock += 3600;
    site.add();
    await world.harvest();
    expect(world.held.has(`post:${id}`)).toBe(false);
    site.edit(id, { status: 'publish', modified: early });
    await world.harvest();
    expect(world.held.has(`post:${id}`)).toBe(true);
  });

  it('works without modified_after', async () => {
    const world = await open({ modifiedAfter: false });
    fill(20);
    site.clock += 40 * 3600;
    fill(530);
    const first = await world.harvest();
    // Home page, root, twice one page before it shows, 6 pages, 3 names, 6 pages of ids.
    expect(first.requests.length).toBeLessThan(20);
    site.edit(3, { title: 'Sửa' });
    site.add();
    const { entries, requests } = await world.harvest();
    expect(ids(world.held)).toEqual(listed());
    expect(entries.map(({ sourceId }) => sourceId)).toEqual(expect.arrayContaining(['post:3', 'post:551']));
    expect(requests.length).toBeLessThan(8);
  });

  it.each(['draft', 'private', 'trash'])('takes back a post that became %s', async status => {
    const world = await open();
    fill(30);
    await world.harvest();
    site.edit(12, { status });
    const { deletions } = await world.harvest();
    expect(deletions).toEqual([{ sourceId: 'post:12', basis: 'absent', reason: expect.any(String) }]);
    expect(ids(world.held)).toEqual(listed());
  });

  it('takes back a deleted post, and one that asks for a password by its own word', async () => {
    const world = await open();
    fill(30);
    await world.harvest();
    site.posts.delete(5);
    site.edit(6, { password: 'x' });
    const { deletions } = await world.harvest();
    expect(deletions.map(({ sourceId, basis }) => [sourceId, basis])).toEqual(
      expect.arrayContaining([
        ['post:5', 'absent'],
        ['post:6', 'said'],
      ]),
    );
    expect(world.held.size).toBe(28);
  });

  it('gives a post again that came back', async () => {
    const world = await open();
    fill(5);
    await world.harvest();
    const old = site.posts.get(2)?.modified ?? 0;
    site.edit(2, { status: 'trash', modified: old });
    await world.harvest();
    site.edit(2, { status: 'publish', modified: old });
    await world.harvest();
    expect(world.held.has('post:2')).toBe(true);
  });

  it('sees an old post go when all ids are compared, every six hours', async () => {
    const world = await open();
    fill(250);
    await world.harvest();
    site.edit(7, { status: 'trash' });
    expect((await world.harvest()).deletions).toEqual([]);
    world.now += 6 * 3600_000;
    const { deletions, batches } = await world.harvest();
    expect(deletions.map(({ sourceId }) => sourceId)).toEqual(['post:7']);
    expect(batches.at(-1)?.complete).toBe(true);
  });

  it('keeps what is not listed and yet answers, and does not ask again at each harvest', async () => {
    const world = await open();
    fill(20);
    await world.harvest();
    site.intercept = url => (url.searchParams.get('orderby') === 'date' ? json([]) : undefined);
    const first = await world.harvest();
    expect(first.deletions).toEqual([]);
    const second = await world.harvest();
    expect(first.requests.length - second.requests.length).toBe(20);
  });
});

describe('a site in trouble', () => {
  const HTML = { type: 'text/html', body: '<!doctype html><title>Bảo trì</title>' };
  const CHECK = { type: 'text/html', body: '<html><title>Just a moment...</title>' };
  const cases = [
    ['a page', 'HTML_PAGE', HTML],
    ['a robot check', 'ROBOT_CHECK', CHECK],
    ['a robot check with 403', 'ROBOT_CHECK', { ...CHECK, status: 403 }],
    ['nothing', 'EMPTY_DOCUMENT', { body: '' }],
    ['half a list', 'UNREADABLE', { body: '[{"id":1,"date"' }],
    ['other JSON', 'UNREADABLE', json({ ok: true })],
    ['a closed API', 'SITE_FORBIDDEN', restError('rest_forbidden', 403)],
    [
      'an API closed by a plugin, with 200',
      'SITE_FORBIDDEN',
      { ...restError('rest_disabled', 403), status: 200 },
    ],
    ['an API for users only', 'SITE_UNAUTHORISED', restError('rest_login_required', 401)],
    ['a type that is not there', 'SITE_NOT_FOUND', restError('rest_no_route', 404)],
    ['an error page', 'SITE_FAILED', { ...HTML, status: 500 }],
  ] as const;

  it.each(cases)('%s is %s: no item, no deletion', async (_what, code, given) => {
    const world = await open();
    fill(20);
    await world.harvest();
    site.add();
    site.posts.delete(3);
    site.intercept = () => given;
    await expect(world.harvest()).rejects.toMatchObject({ code });
    expect(world.held.size).toBe(20);
  });

  it.each(cases)('%s is %s at first sight too', async (_what, code, given) => {
    const world = await open();
    site.intercept = url => (url.pathname.includes('/wp/v2/') ? given : undefined);
    await expect(world.harvest()).rejects.toMatchObject({ code });
    expect(world.held.size).toBe(0);
  });

  it.each([
    ['closes', restError('rest_forbidden', 401), 'SITE_UNAUTHORISED'],
    ['answers with pages', HTML, 'HTML_PAGE'],
  ])('takes nothing back when it %s between the list and the probe', async (_what, given, code) => {
    const world = await open();
    fill(20);
    await world.harvest();
    site.posts.delete(3);
    let closed = false;
    site.intercept = url => {
      closed ||= /\/posts\/\d+$/.test(url.pathname);
      return closed ? given : undefined;
    };
    const run = world.harvest();
    if (code === 'HTML_PAGE') expect((await run).deletions).toEqual([]);
    else await expect(run).rejects.toMatchObject({ code });
    expect(world.held.has('post:3')).toBe(true);
  });

  it('says all that is gone when much is gone, so that the guard can refuse it', async () => {
    const world = await open();
    fill(40);
    await world.harvest();
    for (let id = 1; id <= 30; id += 1) site.posts.delete(id);
    const { deletions } = await world.harvest();
    expect(deletions.length).toBeGreaterThan(5);
    expect(new Set(deletions.map(({ basis }) => basis))).toEqual(new Set(['absent']));
  });

  it('is asked for fewer posts at once when it can’t bear as many', async () => {
    const world = await open();
    fill(60);
    site.intercept = url =>
      Number(url.searchParams.get('per_page')) > 25 &&
      (url.searchParams.get('_fields') ?? '').includes('excerpt')
        ? { status: 500, type: 'text/html', body: '<p>Allowed memory size exhausted' }
        : undefined;
    const { batches } = await world.harvest();
    expect(world.held.size).toBe(60);
    expect(batches.map(({ entries }) => entries.length)).toEqual([25, 24, 11, 0]);
  });

  it('goes without authors where they are hidden, and asks for them once a day', async () => {
    const world = await open();
    fill(3);
    site.intercept = url =>
      url.pathname.endsWith('/users') ? restError('rest_user_cannot_view', 401) : undefined;
    const { entries } = await world.harvest();
    expect(entries.map(({ authors }) => authors)).toEqual([[], [], []]);
    fill(1);
    const { requests } = await world.harvest();
    expect(requests.some(url => url.includes('/users'))).toBe(false);
  });

  it.each([
    ['garbage', 'garbage'],
    ['another version', { version: 99 }],
    [
      'another address',
      {
        version: 1,
        url: 'https://other.example.vn/',
        since: 0,
        root: 'https://other.example.vn/',
        marks: {},
      },
    ],
  ])('starts over from a checkpoint that is %s', async (_what, checkpoint) => {
    const world = await open();
    fill(2);
    world.checkpoint = checkpoint;
    await world.harvest();
    expect(world.held.size).toBe(2);
  });

  it('keeps its checkpoint under 16 KB', async () => {
    const world = await open();
    for (let n = 0; n < 450; n += 1) site.add({ id: 1_000_000_000 + n, modified: 1_790_000_000 });
    const { batches } = await world.harvest();
    for (const { checkpoint } of batches) expect(JSON.stringify(checkpoint).length).toBeLessThan(16_384);
  });
});

describe('one post', () => {
  const held = (id: number) => ({ id: 'urn:x', sourceId: `post:${id}`, link: site.url });

  it('is present, gone, gone by refusal, or in doubt', async () => {
    const world = await open();
    fill(3);
    site.edit(2, { status: 'private' });
    const { wordpress } = await import('./index.ts');
    const probe = (id: number) => wordpress.probe?.(held(id), world.job(), world.tools);
    expect([await probe(1), await probe(2), await probe(9)]).toEqual(['present', 'gone', 'gone']);
    site.intercept = url =>
      /\/posts\/\d+$/.test(url.pathname) ? { status: 404, type: 'text/html', body: '<p>404' } : undefined;
    expect(await probe(1)).toBe('doubt');
  });
});
