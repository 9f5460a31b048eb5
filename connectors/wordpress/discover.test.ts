import { describe, expect, it } from '@jest/globals';
import { endpoint, headersFor } from './api.ts';
import { candidates } from './discover.ts';
import { readHome } from './home.ts';

describe('where the API may be', () => {
  it.each([
    [
      'nothing advertised',
      ['https://cuc.vn/', undefined],
      ['https://cuc.vn/wp-json/', 'https://cuc.vn/?rest_route=/'],
    ],
    [
      'a folder',
      ['https://cuc.vn/tin/', undefined],
      ['https://cuc.vn/tin/wp-json/', 'https://cuc.vn/tin/?rest_route=/'],
    ],
    [
      'a page of the site',
      ['https://cuc.vn/trang-chu?x=1#y', undefined],
      ['https://cuc.vn/wp-json/', 'https://cuc.vn/?rest_route=/'],
    ],
    [
      'another host',
      ['https://cuc.vn/', 'https://cms.cuc.vn/wp-json/'],
      ['https://cms.cuc.vn/wp-json/', 'https://cuc.vn/wp-json/', 'https://cuc.vn/?rest_route=/'],
    ],
    [
      'the port forgotten: ours first, for theirs may be another site',
      ['http://cuc.vn:8080/', 'http://cuc.vn/index.php?rest_route=/'],
      [
        'http://cuc.vn:8080/index.php?rest_route=/',
        'http://cuc.vn/index.php?rest_route=/',
        'http://cuc.vn:8080/wp-json/',
        'http://cuc.vn:8080/?rest_route=/',
      ],
    ],
    [
      'the API’s own root',
      ['https://cuc.vn/api/wp-json/', undefined],
      [
        'https://cuc.vn/api/wp-json/',
        'https://cuc.vn/api/wp-json/wp-json/',
        'https://cuc.vn/api/wp-json/?rest_route=/',
      ],
    ],
  ] as const)('%s', (_what, [home, advertised], roots) => {
    expect(candidates(home, advertised)).toEqual(roots);
  });
});

describe('an address of the API', () => {
  it.each([
    ['https://cuc.vn/wp-json/', 'https://cuc.vn/wp-json/wp/v2/posts?page=2'],
    ['https://cuc.vn/wp-json', 'https://cuc.vn/wp-json/wp/v2/posts?page=2'],
    ['https://cuc.vn/?rest_route=/', 'https://cuc.vn/?rest_route=%2Fwp%2Fv2%2Fposts&page=2'],
    ['https://cuc.vn/wp-json/?lang=vi', 'https://cuc.vn/wp-json/wp/v2/posts?lang=vi&page=2'],
  ])('from %s', (root, address) => {
    expect(endpoint(root, 'posts', { page: 2, after: undefined })).toBe(address);
  });
});

describe('what a page says of its API', () => {
  const URL_OF_PAGE = 'https://cuc.vn/tin/';
  it.each([
    ['the header', '<https://cuc.vn/wp-json/>; rel="https://api.w.org/"', '', 'https://cuc.vn/wp-json/'],
    [
      'one header of several',
      '<https://cuc.vn/>; rel=shortlink, </wp-json/>; title="x"; rel="https://api.w.org/"',
      '',
      'https://cuc.vn/wp-json/',
    ],
    [
      'an escaped link',
      '',
      '<link rel="https://api.w.org/" href="/?rest_route=/&#038;lang=vi">',
      'https://cuc.vn/?rest_route=/&lang=vi',
    ],
    ['another link', '', '<link rel="stylesheet" href="https://api.w.org.css">', undefined],
    ['a dangerous link', '', '<link rel="https://api.w.org/" href="javascript:alert(1)">', undefined],
  ])('by %s', (_what, header, body, root) => {
    const answer = {
      url: URL_OF_PAGE,
      status: 200,
      contentType: 'text/html',
      body: new TextEncoder().encode(body),
    };
    expect(readHome(answer, header).root).toBe(root);
  });
});

describe('the password', () => {
  const options = { url: 'https://cuc.vn/', types: ['posts'], perPage: 100, user: 'u', password: 'p q' };
  it.each(['https://cuc.vn/wp-json/', 'https://www.cuc.vn/wp-json/', 'https://cuc.vn:8443/wp-json/'])(
    'goes to %s',
    address => {
      expect(headersFor(address, options)).toEqual({
        accept: 'application/json',
        authorization: `Basic ${Buffer.from('u:p q').toString('base64')}`,
      });
    },
  );
  it.each(['https://cms.cuc.vn/wp-json/', 'http://cuc.vn/wp-json/', 'https://cuc.vn.evil.example/wp-json/'])(
    'never goes to %s',
    address => {
      expect(() => headersFor(address, options)).toThrow(
        expect.objectContaining({ code: 'ADDRESS_REFUSED' }),
      );
    },
  );
});
