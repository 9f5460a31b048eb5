import { describe, expect, it } from '@jest/globals';
import { Kind } from 'graphql';
import { SCALARS } from './scalars.ts';

const { DateTime, URL: Url, HTML: Html } = SCALARS;
const AT = Date.parse('2026-11-22T08:30:00+07:00');

describe('DateTime', () => {
  it.each(['2026-11-22T08:30:00+07:00', '2026-11-22T01:30:00Z', '2026-11-22t01:30:00.000z'])(
    'reads %s',
    text => {
      expect(DateTime.parseValue(text)).toBe(AT);
      expect(DateTime.parseLiteral({ kind: Kind.STRING, value: text })).toBe(AT);
    },
  );

  it.each([
    '',
    'hôm qua',
    '2026-11-22',
    '2026-11-22T08:30:00',
    '2026-13-01T00:00:00Z',
    '22/11/2026',
    null,
    {},
    1.5,
  ])('refuses %p', value => {
    expect(() => DateTime.parseValue(value)).toThrow(
      expect.objectContaining({ extensions: { code: 'BAD_INPUT' } }),
    );
  });

  it('is written in Hanoi’s time, and once more without a change', () => {
    expect(DateTime.serialize(AT)).toBe('2026-11-22T08:30:00+07:00');
    expect(DateTime.serialize(DateTime.serialize(AT))).toBe('2026-11-22T08:30:00+07:00');
  });
});

describe('URL', () => {
  it.each(['https://a.vn/x?y#z', 'http://127.0.0.1:4000/'])('takes %s', text => {
    expect(Url.parseValue(text)).toBe(text);
    expect(Url.serialize(text)).toBe(text);
  });

  it.each([
    '',
    '/x',
    'javascript:alert(1)',
    'ftp://a.vn',
    'data:text/html,x',
    `https://a.vn/${'x'.repeat(4000)}`,
    7,
  ])('refuses %p', value => {
    expect(() => Url.serialize(value)).toThrow();
    expect(() => Url.parseValue(value)).toThrow();
  });
});

describe('HTML', () => {
  it('is text and nothing else', () => {
    expect(Html.serialize('<p>x</p>')).toBe('<p>x</p>');
    expect(() => Html.serialize({})).toThrow();
  });
});
