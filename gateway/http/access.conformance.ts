import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SEEDED_AT } from '../e2e/seed.ts';
import { SEEDED_TOKEN, type SeededServices } from '../e2e/seeded-services.ts';
import { ANYBODY, bearerOf, createKey, mayOversee, requireScope, rotateKey } from './access.ts';

/** Who may what, by the keys of a store of either engine. */
export function accessConforms(open: () => Promise<SeededServices>): void {
  let world: SeededServices;
  beforeAll(async () => {
    world = await open();
  });
  afterAll(() => world.close());

  let now = SEEDED_AT;
  const rights = async (authorization?: string) =>
    (await bearerOf(authorization, { adminToken: SEEDED_TOKEN, keys: world.store.keys, now: () => now }))
      .rights;
  const newKey = (...scopes: string[]) =>
    createKey(world.store.keys, { title: 'Cổng Bộ', scopes, created: SEEDED_AT });

  describe('a bearer', () => {
    it('without a header is anybody', async () => {
      expect(await rights()).toEqual(ANYBODY);
    });

    it('with the operator’s token may operate', async () => {
      expect([...(await rights(`Bearer ${SEEDED_TOKEN}`)).scopes]).toContain('operate');
      expect([...(await rights(`bearer ${SEEDED_TOKEN} `)).scopes]).toContain('operate');
    });

    it('with a key may what its scopes say', async () => {
      const { text, key } = await newKey('read', 'site:viec-lam', 'fulltext:bao-a', 'read');
      expect(text).toMatch(new RegExp(`^lt_${key.id}_`));
      const { known, scopes } = await rights(`Bearer ${text}`);
      expect(known).toBe(true);
      expect([...scopes].toSorted()).toEqual(['fulltext:bao-a', 'read', 'site:viec-lam']);
    });

    it('is refused once the key is revoked', async () => {
      const { text, key } = await newKey('read');
      await world.store.keys.revoke(key.id);
      await expect(rights(`Bearer ${text}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
    });

    it('is refused once the key has expired', async () => {
      const { text } = await createKey(world.store.keys, {
        title: 'Ngắn hạn',
        scopes: ['read'],
        created: SEEDED_AT,
        expires: SEEDED_AT + 1000,
      });
      now = SEEDED_AT + 999;
      expect((await rights(`Bearer ${text}`)).known).toBe(true);
      now = SEEDED_AT + 1000;
      await expect(rights(`Bearer ${text}`)).rejects.toMatchObject({ message: 'This key has expired.' });
      now = SEEDED_AT;
    });

    it('may use the secret before the rotation until the grace ends, the new one at once', async () => {
      const { text, key } = await newKey('read');
      const fresh = await rotateKey(world.store.keys, key.id, SEEDED_AT + 1000);
      expect(fresh).toMatch(new RegExp(`^lt_${key.id}_`));
      expect((await rights(`Bearer ${text}`)).known).toBe(true);
      expect((await rights(`Bearer ${fresh}`)).known).toBe(true);
      now = SEEDED_AT + 1000;
      await expect(rights(`Bearer ${text}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
      expect((await rights(`Bearer ${fresh}`)).known).toBe(true);
      now = SEEDED_AT;
      expect(await rotateKey(world.store.keys, 'nobody', SEEDED_AT)).toBeUndefined();
    });

    it.each([
      '',
      'Bearer',
      'Bearer ',
      'Bearer nobody',
      `Basic ${SEEDED_TOKEN}`,
      `Bearer ${SEEDED_TOKEN}x`,
      `Bearer ${SEEDED_TOKEN} ${SEEDED_TOKEN}`,
      `Bearer lt_0123456789ab_${'x'.repeat(43)}`,
      `Bearer ${'x'.repeat(10_000)}`,
    ])('is refused with a bad header: case %#', async header => {
      await expect(rights(header)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    });

    it('is never let in by an operator’s token that is empty', async () => {
      await expect(
        bearerOf('Bearer ', { adminToken: '', keys: world.store.keys, now: () => now }),
      ).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
      });
    });
  });

  describe('a key', () => {
    it('is kept only as its hash', async () => {
      const { text } = await newKey('read');
      const secret = text.slice(text.lastIndexOf('_') + 1);
      expect(JSON.stringify(await world.store.keys.list())).not.toContain(secret);
    });

    it.each([[[]], [['admin']], [['site:']], [['site:A B']], [['read', '']], [['operate\nread']]])(
      'can’t have the scopes %j',
      async scopes => {
        await expect(newKey(...scopes)).rejects.toMatchObject({ code: 'BAD_INPUT' });
      },
    );
  });

  describe('a scope', () => {
    it('that is missing is 401 for nobody and 403 for somebody', () => {
      expect(() => requireScope(ANYBODY, 'operate')).toThrow(expect.objectContaining({ status: 401 }));
      const reader = { known: true, scopes: new Set(['read']) };
      expect(() => requireScope(reader, 'operate')).toThrow(expect.objectContaining({ status: 403 }));
      expect(() => requireScope(reader, 'read')).not.toThrow();
    });

    it.each([
      [['operate'], true],
      [['site:viec-lam'], true],
      [['site:viec'], false],
      [['fulltext:viec-lam', 'read'], false],
      [[], false],
    ])('%j oversees viec-lam: %p', (scopes, expected) => {
      expect(mayOversee({ known: true, scopes: new Set(scopes) }, 'viec-lam')).toBe(expected);
    });
  });

  describe('keys of one store', () => {
    it('are each good for themselves: revoking or rotating one leaves the others', async () => {
      const [one, other] = [await newKey('read'), await newKey('operate')];
      await world.store.keys.revoke(one.key.id);
      await rotateKey(world.store.keys, one.key.id, SEEDED_AT + 1000);
      await expect(rights(`Bearer ${one.text}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
      expect([...(await rights(`Bearer ${other.text}`)).scopes]).toEqual(['operate']);
    });

    it('keep expiry and quota through a rotation, the old secret’s grace included', async () => {
      const quota = { requests: 5, per: 60_000 };
      const { key, text } = await createKey(world.store.keys, {
        title: 'Hạn',
        scopes: ['read'],
        created: SEEDED_AT,
        expires: SEEDED_AT + 500,
        quota,
      });
      const fresh = await rotateKey(world.store.keys, key.id, SEEDED_AT + 1000);
      const known = { adminToken: SEEDED_TOKEN, keys: world.store.keys, now: () => now };
      expect((await bearerOf(`Bearer ${fresh}`, known)).key).toMatchObject({
        quota,
        expires: SEEDED_AT + 500,
      });
      now = SEEDED_AT + 500;
      for (const secret of [text, fresh])
        await expect(rights(`Bearer ${secret}`)).rejects.toMatchObject({ message: 'This key has expired.' });
      now = SEEDED_AT;
    });

    it('rotated by two at once have one secret that is good and one before it', async () => {
      const { key } = await newKey('read');
      const secrets = await Promise.all([0, 1].map(() => rotateKey(world.store.keys, key.id, SEEDED_AT)));
      const good = await Promise.allSettled(secrets.map(secret => rights(`Bearer ${secret}`)));
      expect(good.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    });
  });
}
