import { describe, expect, it } from '@jest/globals';
import { createRobots, ourRules } from './robots.ts';

const ORIGIN = 'https://bao.example';

function ruling(text: string, path: string) {
  const robots = createRobots({ ask: async () => ({ text }), now: () => 0 });
  return robots.ruling(new URL(path, ORIGIN), 'a/b');
}

describe('a rule', () => {
  it.each([
    ['User-agent: *\nDisallow: /', '/tin', false],
    ['User-agent: *\nDisallow:', '/tin', true],
    ['', '/tin', true],
    ['Disallow: /', '/tin', true],
    ['User-agent: LienThong\nDisallow: /', '/tin', false],
    ['user-AGENT: lienthong/2.0\ndisallow: /', '/tin', false],
    ['User-agent: LienThongKhac\nDisallow: /', '/tin', true],
    ['User-agent: Googlebot\nDisallow: /', '/tin', true],
    ['User-agent: *\nDisallow: /\n\nUser-agent: LienThong\nAllow: /', '/tin', true],
    ['User-agent: LienThong\nDisallow:\nUser-agent: *\nDisallow: /', '/tin', true],
    ['User-agent: Googlebot\nUser-agent: LienThong\nDisallow: /', '/tin', false],
    ['User-agent: LienThong\nUser-agent: Googlebot\nDisallow: /', '/tin', false],
    ['User-agent: LienThong\nAllow: /a\nUser-agent: Googlebot\nDisallow: /', '/tin', true],
    ['User-agent: LienThong\nDisallow: /a\n\nUser-agent: LienThong\nDisallow: /b', '/b', false],
    ['User-agent: *\nDisallow: /tin\nAllow: /tin/cong-khai', '/tin/cong-khai/1', true],
    ['User-agent: *\nAllow: /tin\nDisallow: /tin', '/tin', true],
    ['User-agent: *\nDisallow: /*.xml$', '/feed.xml', false],
    ['User-agent: *\nDisallow: /*.xml$', '/feed.xml?a=1', true],
    ['User-agent: *\nDisallow: /*?', '/feed?a=1', false],
    ['User-agent: *\nDisallow: /wp-json/', '/wp-json/wp/v2/posts', false],
    ['User-agent: *\nDisallow: /tin%20t%E1%BB%A9c', '/tin tức', false],
    ['User-agent: *\nDisallow: /tin-tức', '/tin-tức', false],
    ['\uFEFFUser-agent: *\r\nDisallow: /', '/tin', false],
    ['User-agent: * # all\nDisallow: / # everything', '/tin', false],
    ['User-agent: *\nCrawl-delay: 5\nDisallow: /', '/tin', false],
    ['User-agent: *\nSitemap: https://bao.example/s.xml\nDisallow: /', '/tin', false],
    ['User-agent : *\nDisallow : /', '/tin', false],
    ['<html>\nUser-agent: *\n</html>', '/tin', true],
  ])('%j, %s: %s', async (text, path, allowed) => {
    expect((await ruling(text, path)).allowed).toBe(allowed);
  });

  it.each([
    ['User-agent: *\nCrawl-delay: 2', 2_000],
    ['User-agent: *\nCrawl-delay: 0.5', 500],
    ['User-agent: *\nCrawl-delay: 3600', 10_000],
    ['User-agent: *\nCrawl-delay: Infinity', 10_000],
    ['User-agent: *\nCrawl-delay: -1', 0],
    ['User-agent: *\nCrawl-delay: ten', 0],
    ['User-agent: bingbot\nCrawl-delay: 10', 0],
    ['', 0],
  ])('%j: %s ms apart', async (text, delay) => {
    expect((await ruling(text, '/tin')).delay).toBe(delay);
  });
});

describe('asking', () => {
  it('is done once for many at a time, and again when it threw', async () => {
    let asked = 0;
    let down = true;
    const robots = createRobots({
      now: () => 0,
      async ask() {
        asked += 1;
        if (down) throw new Error('down');
        return 'none';
      },
    });
    const url = new URL(ORIGIN);
    const all = () => Promise.allSettled([1, 2, 3].map(() => robots.ruling(url, 'a/b')));
    expect((await all()).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(asked).toBe(1);
    down = false;
    expect((await all()).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    await all();
    expect(asked).toBe(2);
  });

  it('is for a host and port: another port has its own rules', async () => {
    const asked: string[] = [];
    const robots = createRobots({
      now: () => 0,
      async ask(url) {
        asked.push(url.href);
        return { text: url.port === '8080' ? 'User-agent: *\nDisallow: /' : '' };
      },
    });
    expect((await robots.ruling(new URL('http://a.example/x'), 'a/b')).allowed).toBe(true);
    expect((await robots.ruling(new URL('http://a.example:8080/x'), 'a/b')).allowed).toBe(false);
    expect(asked).toEqual(['http://a.example/robots.txt', 'http://a.example:8080/robots.txt']);
  });

  it.each([
    undefined,
    null,
    'text',
    5,
    {},
    { asked: 'now', text: '' },
    { asked: 0 },
    { asked: 9e15, text: 'User-agent: *\nDisallow: /' },
  ])('does not trust a cache that holds %j', async kept => {
    const cache = { get: async () => kept, set: async () => true };
    const robots = createRobots({ ask: async () => 'none', now: () => 5_000, cache });
    expect((await robots.ruling(new URL(ORIGIN), 'a/b')).allowed).toBe(true);
  });
});

describe('a hostile robots.txt', () => {
  it.each([
    ['many wildcards', `User-agent: *\n${`Disallow: /${'*a'.repeat(400)}b\n`.repeat(700)}`],
    ['one long line', `User-agent: *\nDisallow: /${'*a'.repeat(300_000)}`],
    ['many lines', `User-agent: *\n${'Disallow: /a\n'.repeat(200_000)}`],
    ['many agents', 'User-agent: *\n'.repeat(100_000)],
  ])('of %s costs little', async (_, text) => {
    const started = performance.now();
    await ruling(text, `/${'a'.repeat(2_000)}`);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('is cut down to the lines that concern us', () => {
    expect(ourRules('User-agent: x\nDisallow: /x\nUser-agent: *\nDisallow: /a\nHost: y\nSitemap: z')).toBe(
      'user-agent: *\ndisallow: /a',
    );
  });
});
