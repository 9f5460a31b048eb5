import { describe, expect, it } from '@jest/globals';
import { errors } from 'undici';
import { CodedError } from '../../schemas/errors.ts';
import { errorOfStatus, errorOfThrown } from './outcomes.ts';

const asked = { host: 'bao.example:443', url: 'https://bao.example/feed' };

describe('a status', () => {
  it.each([
    [401, 'SITE_UNAUTHORISED'],
    [403, 'SITE_FORBIDDEN'],
    [404, 'SITE_NOT_FOUND'],
    [410, 'SITE_GONE'],
    [429, 'SITE_RATE_LIMITED'],
    [500, 'SITE_FAILED'],
    [503, 'SITE_FAILED'],
    [520, 'SITE_FAILED'],
    [300, 'SITE_UNEXPECTED'],
    [400, 'SITE_UNEXPECTED'],
    [451, 'SITE_UNEXPECTED'],
    [600, 'SITE_UNEXPECTED'],
  ])('%s is %s, said in both languages', (status, code) => {
    const error = errorOfStatus(status, asked, { retryAfter: 5_000 });
    expect(error).toMatchObject({ code, data: { ...asked, status, retryAfter: 5_000 } });
    for (const sentence of [error.message, error.data.vi]) {
      expect(sentence).toContain(asked.host);
      expect(sentence).toContain(String(status));
    }
  });

  it('behind a robot check is ROBOT_CHECK', () => {
    expect(errorOfStatus(403, asked, { challenged: true }).code).toBe('ROBOT_CHECK');
  });
});

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}

describe('what was thrown', () => {
  it.each<[unknown, string, string]>([
    [coded('ENOTFOUND'), 'DNS_FAILED', 'connect'],
    [coded('EAI_AGAIN'), 'DNS_FAILED', 'connect'],
    [coded('ECONNREFUSED'), 'CONNECT_FAILED', 'connect'],
    [coded('EHOSTUNREACH'), 'CONNECT_FAILED', 'connect'],
    [new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]), 'CONNECT_FAILED', 'connect'],
    [coded('ECONNRESET'), 'CONNECT_FAILED', 'body'],
    [new errors.SocketError('other side closed'), 'CONNECT_FAILED', 'body'],
    [new errors.ConnectTimeoutError('slow'), 'TIMED_OUT', 'connect'],
    [coded('ETIMEDOUT'), 'TIMED_OUT', 'connect'],
    [new errors.HeadersTimeoutError('slow'), 'TIMED_OUT', 'headers'],
    [new errors.BodyTimeoutError('slow'), 'TIMED_OUT', 'body'],
    [new DOMException('', 'TimeoutError'), 'TIMED_OUT', 'body'],
    [coded('CERT_HAS_EXPIRED'), 'TLS_FAILED', 'connect'],
    [coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'TLS_FAILED', 'connect'],
    [coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'TLS_FAILED', 'connect'],
    [coded('ERR_SSL_WRONG_VERSION_NUMBER'), 'TLS_FAILED', 'connect'],
    [coded('EPROTO'), 'TLS_FAILED', 'connect'],
    [coded('HPE_INVALID_CONSTANT'), 'SITE_UNEXPECTED', 'body'],
    [new errors.HeadersOverflowError('many'), 'SITE_UNEXPECTED', 'headers'],
    [new errors.ResponseContentLengthMismatchError('short'), 'CONNECT_FAILED', 'body'],
    [coded('Z_DATA_ERROR'), 'ENCODING_BROKEN', 'body'],
    [coded('Z_BUF_ERROR'), 'ENCODING_BROKEN', 'body'],
    [coded('ERR__ERROR_FORMAT_PADDING_1'), 'ENCODING_BROKEN', 'body'],
    [coded('ZSTD_error_corruption_detected'), 'ENCODING_BROKEN', 'body'],
    [new errors.ClientDestroyedError('closed'), 'UNAVAILABLE', 'body'],
    [new errors.InvalidArgumentError('invalid header'), 'BAD_INPUT', 'connect'],
    [new TypeError('fetch failed', { cause: coded('ENOTFOUND') }), 'DNS_FAILED', 'connect'],
    [new Error('who knows'), 'CONNECT_FAILED', 'body'],
    ['a string', 'CONNECT_FAILED', 'body'],
    [undefined, 'CONNECT_FAILED', 'body'],
  ])('%s is %s', (thrown, code, stage) => {
    const error = errorOfThrown(thrown, asked, 'body');
    expect(error).toMatchObject({ code, data: { ...asked, stage, vi: expect.stringContaining(asked.host) } });
    expect(error.cause).toBe(thrown);
  });

  it('is left as it is when it has a code already, however deep', () => {
    const inner = new CodedError('ADDRESS_REFUSED', 'No.', {
      data: { host: 'evil.example:80', reason: 'address' },
    });
    const error = errorOfThrown(new Error('x', { cause: new AggregateError([inner]) }), asked, 'headers');
    expect(error).toMatchObject({
      code: 'ADDRESS_REFUSED',
      data: { host: 'evil.example:80', url: asked.url },
    });
  });

  it('in a circle of causes ends', () => {
    const circle: Error & { cause?: unknown } = new Error('round');
    circle.cause = circle;
    expect(errorOfThrown(circle, asked, 'headers').code).toBe('CONNECT_FAILED');
  });
});
