import { gunzipSync } from 'node:zlib';
import { CodedError } from './errors.ts';
import { type Delivery, decode, MAX_DOCUMENT } from './formats/decode.ts';

/**
 * The bytes of a sitemap → its text: `.xml.gz` comes as a file, so that nobody has unpacked it on the way.
 *
 * @throws CodedError UNREADABLE, RESPONSE_TOO_LARGE above 16 MiB, packed or not.
 */
export function sitemapText(body: Uint8Array, delivery: Delivery & { readonly url: string }): string {
  return decode(unpacked(body, delivery.url), delivery).text;
}

function unpacked(body: Uint8Array, url: string): Uint8Array {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body;
  try {
    return gunzipSync(body, { maxOutputLength: MAX_DOCUMENT });
  } catch (cause) {
    const tooLong =
      typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
    const vi = tooLong ? 'sau khi giải nén dài quá 16 MiB' : 'không giải nén được';
    throw new CodedError(tooLong ? 'RESPONSE_TOO_LARGE' : 'UNREADABLE', `${url} can't be unpacked.`, {
      data: { vi: `${url} ${vi}.` },
      cause,
    });
  }
}
