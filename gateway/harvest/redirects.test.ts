import { describe, expect, it } from '@jest/globals';
import { type Hop, isRedirect, redirected } from './redirects.ts';

const headers = {
  authorization: 'Bearer x',
  cookie: 'a=b',
  'x-key': 'k',
  accept: 'text/xml',
  'content-type': 'a/b',
};
const get: Hop = { url: new URL('https://a.example/tin/feed?x=1'), method: 'GET', headers };
const post: Hop = { ...get, method: 'POST', body: '{}' };

describe('a redirect', () => {
  it.each([
    ['/b', 'https://a.example/b'],
    ['b', 'https://a.example/tin/b'],
    ['?y=2', 'https://a.example/tin/feed?y=2'],
    ['//b.example/c', 'https://b.example/c'],
    ['https://u:p@b.example/c#d', 'https://b.example/c'],
    [' https://b.example/a b ', 'https://b.example/a%20b'],
    ['HTTPS://B.EXAMPLE:443', 'https://b.example/'],
  ])('to %j leads to %s', (location, url) => {
    expect(redirected(get, 302, location)?.hop.url.href).toBe(url);
  });

  it.each([undefined, '', 'https://', 'http://[', `/${'a'.repeat(9_000)}`])(
    'to %j leads nowhere',
    location => {
      expect(redirected(get, 302, location)).toBeUndefined();
    },
  );

  it.each([
    ['https://a.example/other', true],
    ['https://a.example:8443/', false],
    ['http://a.example/', false],
    ['https://b.example/', false],
    ['https://www.a.example/', false],
    ['https://a.example.evil.example/', false],
  ])('to %s keeps secrets: %s', (location, keeps) => {
    const hop = redirected(get, 307, location)?.hop;
    expect(hop?.headers).toEqual(keeps ? headers : { accept: 'text/xml', 'content-type': 'a/b' });
  });

  it.each([
    ['http://a.example/', 'https://a.example/', true],
    ['http://a.example:8080/', 'https://a.example/', false],
    ['http://a.example/', 'https://a.example:8443/', false],
    ['http://a.example/', 'https://b.example/', false],
  ])('from %s up to %s keeps secrets: %s', (from, to, keeps) => {
    const hop = redirected({ ...get, url: new URL(from) }, 301, to)?.hop;
    expect(hop?.headers.authorization).toBe(keeps ? 'Bearer x' : undefined);
  });

  it.each([
    [301, 'GET', undefined],
    [302, 'GET', undefined],
    [303, 'GET', undefined],
    [307, 'POST', '{}'],
    [308, 'POST', '{}'],
  ])('of a POST by %s is a %s', (status, method, body) => {
    const hop = redirected(post, status, '/b')?.hop;
    expect([hop?.method, hop?.body, 'content-type' in (hop?.headers ?? {})]).toEqual([
      method,
      body,
      method === 'POST',
    ]);
  });

  it('of a HEAD stays a HEAD', () => {
    expect(redirected({ ...get, method: 'HEAD' }, 303, '/b')?.hop.method).toBe('HEAD');
  });

  it('tells for good from for now, and down from up', () => {
    const tell = (status: number, to: string) => {
      const { permanent, downgraded } = redirected(get, status, to) ?? {};
      return [permanent, downgraded];
    };
    expect([
      tell(301, '/'),
      tell(308, 'http://a.example/'),
      tell(302, '/'),
      tell(307, 'http://b.example/'),
    ]).toEqual([
      [true, false],
      [true, true],
      [false, false],
      [false, true],
    ]);
    expect([300, 301, 302, 303, 304, 305, 307, 308].filter(isRedirect)).toEqual([301, 302, 303, 307, 308]);
  });
});
