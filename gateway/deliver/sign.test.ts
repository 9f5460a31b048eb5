import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { hubSignature, webhookHeaders } from './sign.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

describe('signatures', () => {
  it('are those of the Standard Webhooks library, for its own example secret and for Vietnamese text', () => {
    const at = Date.parse('2026-11-22T01:30:00.999Z');
    for (const body of ['{"test": 2432232314}', '{"title":"Đường Lê Lợi – “bảo hiểm”"}']) {
      const headers = webhookHeaders({ secret: SECRET }, { id: 'msg_1', at, body });
      expect(headers['webhook-timestamp']).toBe('1795311000');
      expect(headers['webhook-signature']).toBe(new Webhook(SECRET).sign('msg_1', new Date(at), body));
    }
  });

  it('differ with the id, the time, the body and the secret', () => {
    const usual = { id: 'a', at: 5_000, body: 'x' };
    const of = (message: typeof usual, secret = SECRET) =>
      webhookHeaders({ secret }, message)['webhook-signature'];
    const all = [
      of(usual),
      of({ ...usual, id: 'b' }),
      of({ ...usual, at: 6_000 }),
      of({ ...usual, body: 'y' }),
    ];
    expect(new Set([...all, of(usual, `whsec_${Buffer.alloc(24).toString('base64')}`)]).size).toBe(5);
  });

  it.each(['sha256', 'sha384', 'sha512'] as const)(
    'to WebSub subscribers are an HMAC by %s of the bytes',
    method => {
      const expected = createHmac(method, Buffer.from('khoá')).update(Buffer.from('Tin tức')).digest('hex');
      expect(hubSignature(method, 'khoá', 'Tin tức')).toBe(`${method}=${expected}`);
    },
  );
});
