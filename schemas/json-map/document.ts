import { CodedError } from '../errors.ts';
import type { Json } from './json-path.ts';

const ROBOT_CHECK =
  /(?:just a moment|captcha|cf-chl|challenge-platform|are you (?:a )?(?:human|robot)|xác minh (?:bạn|rằng|không phải)|document\.cookie\s*=)/i;

/** The bytes of an answer as JSON. Throws what they are instead: a page, a robot check, nothing, something else. */
export function readJson(body: Uint8Array, url: string): Json {
  const text = decode(body).trim();
  const host = new URL(url).host;
  if (text === '') throw refused('EMPTY_DOCUMENT', host, 'sent nothing.', 'trả lời rỗng.');
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    if (!text.startsWith('<')) {
      const said = 'sent something that is no JSON.';
      throw refused(
        'UNREADABLE',
        host,
        said,
        'gửi nội dung không phải JSON: kiểm tra url của đầu nối.',
        cause,
      );
    }
    if (ROBOT_CHECK.test(text.slice(0, 65_536))) {
      const vi = 'trả về trang kiểm tra người máy: đề nghị quản trị trang cho phép cổng liên thông.';
      throw refused('ROBOT_CHECK', host, 'asked for a proof of being human.', vi);
    }
    const vi = 'trả về một trang HTML thay cho JSON: kiểm tra url và quyền truy cập của đầu nối.';
    throw refused('HTML_PAGE', host, 'sent a page instead of JSON.', vi);
  }
}

/** RFC 8259, 8.1: "JSON text exchanged between systems … MUST be encoded using UTF-8"; a BOM is ignored. */
function decode(body: Uint8Array): string {
  const wide =
    body[0] === 0xff && body[1] === 0xfe ? 'utf-16le' : body[0] === 0xfe && body[1] === 0xff && 'utf-16be';
  return new TextDecoder(wide || 'utf-8').decode(body).normalize('NFC');
}

function refused(
  code: 'EMPTY_DOCUMENT' | 'UNREADABLE' | 'ROBOT_CHECK' | 'HTML_PAGE',
  host: string,
  en: string,
  vi: string,
  cause?: unknown,
): CodedError {
  return new CodedError(code, `${host} ${en}`, { data: { host, vi: `${host} ${vi}` }, cause });
}
