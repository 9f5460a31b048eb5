import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Instant } from '../../schemas/instant.ts';

/** What one address answers, before it is made ready to send. */
export interface Document {
  readonly mediaType: string;
  readonly body: string;
  /** Of the content; absent: the answer has no Last-Modified. */
  readonly updated?: Instant;
  /** 200 unless said. */
  readonly status?: number;
  readonly links?: readonly { readonly rel: string; readonly href: string }[];
  readonly headers?: Readonly<Record<string, string>>;
  /** When it stops being true although nothing in the store moved. */
  readonly validUntil?: Instant;
}

/** A feed, and the ids of its entries and tombstones; what texts and links of others mention is none of them. */
export interface FeedDocument extends Document {
  readonly holds: ReadonlySet<string>;
}

/** A document as bytes, compressed once. */
export interface Answer extends Omit<Document, 'body'> {
  readonly etag: string;
  readonly bodies: { readonly identity: Buffer; readonly gzip?: Buffer; readonly br?: Buffer };
}

/** Under this many bytes compression costs more than it saves. */
const SMALL = 600;
const compressGzip = promisify(gzip);
const compressBrotli = promisify(brotliCompress);

export async function prepare({ body, ...document }: Document): Promise<Answer> {
  const identity = Buffer.from(body, 'utf8');
  const hash = createHash('sha256').update(document.mediaType).update('\n').update(identity);
  // Weak, because its three encodings share it.
  const etag = `W/"${hash.digest('base64url').slice(0, 22)}"`;
  if (identity.length < SMALL) return { ...document, etag, bodies: { identity } };
  const [zipped, br] = await Promise.all([
    compressGzip(identity, { level: 6 }),
    compressBrotli(identity, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 5,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: identity.length,
      },
    }),
  ]);
  return { ...document, etag, bodies: { identity, gzip: zipped, br } };
}
