import { pipeline, Readable, type Transform } from 'node:stream';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { CodedError } from '../../schemas/errors.ts';

export type Bytes = AsyncIterable<Uint8Array>;

/** One encoding is usual, two happen; more is somebody playing. */
const MOST_ENCODINGS = 3;
/** Unpacked to packed: real pages stay under 20; past the first mebibyte this is a bomb. */
const RATIO = { most: 100, from: 1024 * 1024 } as const;
const HEAD = 16;

/** `gzip, br` → in the order they were applied. */
export function contentEncodings(header: string | undefined): string[] {
  return (header ?? '')
    .toLowerCase()
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '' && name !== 'identity');
}

/**
 * Unpacks a body as it arrives, and gives it whole. What a header declares wrongly is repaired: plain text said to
 * be packed, packed text said to be plain, deflate with and without its zlib frame.
 *
 * @throws CodedError RESPONSE_TOO_LARGE over `maxBytes` decoded in any layer or over the ratio; ENCODING_BROKEN.
 */
export async function decodeBody(
  body: Bytes,
  encodings: readonly string[],
  maxBytes: number,
): Promise<Uint8Array> {
  if (encodings.length > MOST_ENCODINGS) throw broken(`${encodings.length} encodings`);
  let layers = capped(body, maxBytes);
  for (const encoding of encodings.toReversed()) layers = unpacked(layers, encoding, maxBytes);
  return collect(unpacked(layers, 'undeclared', maxBytes));
}

export function tooLarge(maxBytes: number): CodedError {
  return new CodedError('RESPONSE_TOO_LARGE', `The answer is larger than ${maxBytes} bytes once unpacked.`, {
    data: { maxBytes, vi: `Nội dung lớn hơn ${maxBytes} byte sau khi giải nén.` },
  });
}

async function* unpacked(layer: Bytes, encoding: string, maxBytes: number): AsyncGenerator<Uint8Array> {
  const { head, whole } = await peek(layer);
  const unpack = unpackerOf(encoding, head);
  if (!unpack) {
    yield* whole;
    return;
  }
  const packed = { bytes: 0 };
  let bytes = 0;
  for await (const chunk of through(counted(whole, packed), unpack())) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    if (bytes > RATIO.from && bytes > packed.bytes * RATIO.most) throw tooLarge(maxBytes);
    yield chunk;
  }
}

/** The decoder that these first bytes need, whatever was declared; undefined when they are not packed. */
function unpackerOf(encoding: string, head: Uint8Array): (() => Transform) | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return createGunzip;
  if (encoding === 'undeclared' || head.length === 0) return undefined;
  if (startsWith(head, ZSTD_MAGIC)) return createZstdDecompress;
  if (looksLikeText(head)) return undefined;
  if (encoding === 'br') return createBrotliDecompress;
  if (encoding === 'deflate') return hasZlibFrame(head) ? createInflate : createInflateRaw;
  // Said to be gzip or zstd and is neither, or an encoding nobody registered (`utf-8`): text in some other charset.
  if (UNPACKED.has(encoding)) return undefined;
  throw broken(encoding);
}

const ZSTD_MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
const UNPACKED = new Set([
  'gzip',
  'x-gzip',
  'none',
  'binary',
  '8bit',
  'utf-8',
  'utf8',
  'aws-chunked',
  'chunked',
]);

/** RFC 1950: method 8, and the two header bytes a multiple of 31. */
function hasZlibFrame([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}

/** Markup or JSON in plain letters; sixteen packed bytes look so once in some hundred thousand documents. */
function looksLikeText(head: Uint8Array): boolean {
  const bytes = startsWith(head, [0xef, 0xbb, 0xbf]) ? head.subarray(3) : head;
  const first = bytes.find(byte => !isBlank(byte));
  const opens = first === 0x3c || first === 0x7b || first === 0x5b;
  return opens && bytes.every(byte => isBlank(byte) || (byte >= 0x20 && byte !== 0x7f));
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

/** The first bytes, and the whole again from the start. */
async function peek(layer: Bytes): Promise<{ head: Uint8Array; whole: Bytes }> {
  const chunks = layer[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD) {
    const { done, value } = await chunks.next();
    if (done) break;
    first.push(value);
    size += value.length;
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      yield* first;
      for (;;) {
        const { done, value } = await chunks.next();
        if (done) return;
        yield value;
      }
    } finally {
      // A reader that stops early gives the connection back.
      await chunks.return?.();
    }
  }
  return { head: Buffer.concat(first).subarray(0, HEAD), whole: whole() };
}

async function* through(chunks: Bytes, unpack: Transform): AsyncGenerator<Uint8Array> {
  // Errors of any part destroy all, and come out of the loop below.
  pipeline(Readable.from(chunks), unpack, () => {});
  for await (const chunk of unpack) yield chunk as Uint8Array;
}

async function* counted(chunks: Bytes, count: { bytes: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    count.bytes += chunk.length;
    yield chunk;
  }
}

async function* capped(chunks: Bytes, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

/** In memory of its own, so that it can be handed to another thread whole. */
async function collect(chunks: Bytes): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    all.push(chunk);
    size += chunk.length;
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of all) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

function broken(encoding: string): CodedError {
  return new CodedError(
    'ENCODING_BROKEN',
    `The answer's content encoding can't be unpacked: ${encoding.slice(0, 40)}.`,
    {
      data: { vi: 'Không giải nén được nội dung trang gửi về.' },
    },
  );
}
