import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { decode, MAX_DOCUMENT } from './decode.ts';

const TITLE = 'Nghị định về đất đai';
const rss = (declaration: string) =>
  `<?xml version="1.0"${declaration}?><rss><channel><title>${TITLE}</title></channel></rss>`;
const declared = (charset: string) => rss(` encoding="${charset}"`);
/** windows-1258 writes some letters as a base and a mark. */
const as1258 = (text: string) =>
  iconv.encode(
    text.normalize('NFD').replace(/[âêôăơưđ]|./gu, char => char),
    'windows-1258',
  );

describe('decode', () => {
  it.each<[string, Uint8Array, string | undefined, string]>([
    ['UTF-8 that says so', iconv.encode(declared('utf-8'), 'utf-8'), undefined, 'utf-8'],
    ['UTF-8 with a mark', iconv.encode(rss(''), 'utf-8', { addBOM: true }), undefined, 'utf-8'],
    ['UTF-8 declared as iso-8859-1', iconv.encode(declared('iso-8859-1'), 'utf-8'), undefined, 'utf-8'],
    ['UTF-8 declared as UTF-16', iconv.encode(declared('utf-16'), 'utf-8'), undefined, 'utf-8'],
    [
      'UTF-8 with Latin-1 in the header',
      iconv.encode(rss(''), 'utf-8'),
      'text/xml; charset=ISO-8859-1',
      'utf-8',
    ],
    ['UTF-16 with a mark', iconv.encode(rss(''), 'utf-16le', { addBOM: true }), undefined, 'utf-16le'],
    ['UTF-16 without one', iconv.encode(rss(''), 'utf-16le'), undefined, 'utf-16le'],
    [
      'big-endian UTF-16 after a blank line',
      iconv.encode(`\n\n${rss('')}`, 'utf-16be'),
      undefined,
      'utf-16be',
    ],
    ['UTF-32', iconv.encode(rss(''), 'utf-32be'), undefined, 'utf-32be'],
    ['UTF-16 JSON', iconv.encode(`{"t":"${TITLE}"}`, 'utf-16le'), undefined, 'utf-16le'],
  ])('reads %s', (_name, bytes, contentType, encoding) => {
    const document = decode(
      bytes,
      contentType === undefined ? {} : { headers: { 'content-type': contentType } },
    );
    expect(document.text).toContain(TITLE);
    expect(document.encoding).toBe(encoding);
  });

  it.each([
    ['the XML declaration', declared('windows-1258'), undefined],
    ['the header', rss(''), 'application/rss+xml; charset="windows-1258"'],
    ['nobody', rss(''), undefined],
  ])('reads windows-1258 named by %s, composed', (_name, text, contentType) => {
    const bytes = as1258(text.replace(TITLE, 'Vie\u0323\u0302t Nam ho\u0323c'));
    const document = decode(
      bytes,
      contentType === undefined ? {} : { headers: { 'content-type': contentType } },
    );
    expect(document.encoding).toBe('windows-1258');
    expect(document.text).toBe(document.text.normalize('NFC'));
  });

  it('reads windows-1252’s quotes, which some platforms take for control characters', () => {
    const bytes = iconv.encode('<?xml version="1.0" encoding="iso-8859-1"?><rss>“€”</rss>', 'windows-1252');
    expect(decode(bytes)).toMatchObject({ encoding: 'windows-1252', text: expect.stringContaining('“€”') });
  });

  it('keeps UTF-8 with one broken byte, and says so', () => {
    const bytes = Uint8Array.from([...iconv.encode(rss(''), 'utf-8'), 0xff]);
    const document = decode(bytes);
    expect(document.text).toContain(TITLE);
    expect(document.repaired).toHaveLength(1);
  });

  it('composes what comes decomposed', () => {
    expect(decode(new TextEncoder().encode(TITLE.normalize('NFD'))).text).toBe(TITLE);
  });

  it.each(['utf-7', 'no-such-charset', '../../etc/passwd', 'x'.repeat(500)])(
    'takes no harm from the charset %s',
    name => {
      expect(decode(new TextEncoder().encode(declared(name))).encoding).toBe('utf-8');
    },
  );

  it('refuses more than 16 MiB', () => {
    expect(() => decode(new Uint8Array(MAX_DOCUMENT + 1))).toThrow(
      expect.objectContaining({ code: 'RESPONSE_TOO_LARGE' }),
    );
  });

  it('believes no Content-Location that isn’t an address of the web', () => {
    const headers = { 'content-location': 'javascript:alert(1)' };
    expect(decode(new Uint8Array(), { headers, url: 'https://a.vn/' }).contentLocation).toBeUndefined();
  });
});
