import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { contentEncodings, decodeBody } from './decode.ts';

const MIB = 1024 * 1024;

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function unpack(bytes: Uint8Array, encodings: string, size = 1_000, most = MIB): Promise<string> {
  const body = await decodeBody(pieces(bytes, size), contentEncodings(encodings), most);
  return Buffer.from(body).toString();
}

describe('a body', () => {
  const text = `<?xml version="1.0"?><rss>${'Bảo hiểm thất nghiệp. '.repeat(300)}</rss>`;
  const plain = Buffer.from(text);

  it.each<[string, Uint8Array]>([
    ['', plain],
    ['identity', plain],
    ['gzip', gzipSync(text)],
    ['GZIP', gzipSync(text)],
    [' x-gzip , identity', gzipSync(text)],
    ['br', brotliCompressSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['zstd', zstdCompressSync(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
    ['br, gzip', gzipSync(brotliCompressSync(text))],
    ['gzip, gzip', gzipSync(gzipSync(text))],
    // Declared wrongly:
    ['gzip', plain],
    ['br', plain],
    ['deflate', plain],
    ['zstd', plain],
    ['gzip, gzip', gzipSync(text)],
    ['gzip', gzipSync(gzipSync(text))],
    ['', gzipSync(text)],
    ['utf-8', plain],
    ['none', gzipSync(text)],
    ['deflate', gzipSync(text)],
    ['br', gzipSync(text)],
    ['gzip', zstdCompressSync(text)],
    ['compress', plain],
    ['gzip', Buffer.concat([gzipSync(text.slice(0, 100)), gzipSync(text.slice(100))])],
    ['gzip', Buffer.concat([gzipSync(text), Buffer.alloc(10)])],
  ])('said to be %j is read, in pieces of any size', async (encodings, bytes) => {
    for (const size of [1, 7, 65_536]) expect(await unpack(bytes, encodings, size)).toBe(text);
  });

  it('lies in memory of its own, fit to be moved to another thread', async () => {
    const body = await decodeBody(pieces(gzipSync('<rss/>'), 5), ['gzip'], MIB);
    expect(body.buffer.byteLength).toBe(body.length);
  });

  it.each(['gzip', 'br', 'deflate', 'zstd', ''])('that is empty is empty, said to be %j', async encodings => {
    expect(await unpack(new Uint8Array(), encodings)).toBe('');
  });

  it.each([
    ['br', `\uFEFF{"tin":"${'x'.repeat(100)}"}`],
    ['deflate', `\n\n  [1,2,3]${' '.repeat(100)}`],
    ['br', '<a/>'],
    ['gzip', 'Tiếng Việt, không có thẻ'],
  ])('of plain text said to be %s is left as it is', async (encodings, plainText) => {
    expect(await unpack(Buffer.from(plainText), encodings)).toBe(plainText);
  });

  it.each([
    ['too large as it comes', Buffer.alloc(2 * MIB, 0x3c), ''],
    ['too large unpacked', gzipSync(Buffer.from('ab'.repeat(MIB))), 'gzip'],
    [
      'too large in a layer that unpacks to nothing',
      gzipSync(Buffer.concat(new Array(90_000).fill(gzipSync('')))),
      'gzip, gzip',
    ],
  ])('%s is refused', async (_, bytes, encodings) => {
    await expect(unpack(bytes, encodings)).rejects.toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
  });

  it('a ratio that no page has is refused, however much is allowed', async () => {
    const bomb = Buffer.concat(new Array(50).fill(gzipSync(Buffer.alloc(4 * MIB))));
    let read = 0;
    async function* counted() {
      for await (const piece of pieces(bomb, 1_000)) {
        read += piece.length;
        yield piece;
      }
    }
    await expect(decodeBody(counted(), ['gzip'], 1_000 * MIB)).rejects.toMatchObject({
      code: 'RESPONSE_TOO_LARGE',
    });
    expect(read).toBeLessThan(bomb.length / 2);
  });

  it('what its source throws is thrown on, and its source is let go', async () => {
    let released = false;
    async function* failing() {
      try {
        yield gzipSync(text).subarray(0, 30);
        throw Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
      } finally {
        released = true;
      }
    }
    await expect(decodeBody(failing(), ['gzip'], MIB)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
    expect(released).toBe(true);
  });
});
