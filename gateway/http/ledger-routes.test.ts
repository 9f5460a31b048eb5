import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf, newItem, saveItems } from '../e2e/seed.ts';
import { openSeededServer, type SeededServer } from '../e2e/seeded-server.ts';
import type { EvidencePack } from '../ledger/evidence-pack.ts';
import { signRoots } from '../ledger/roots.ts';
import { openSigner } from '../ledger/signer.ts';
import { verifyPack } from '../ledger/verify-pack.ts';
import { createKey } from './access.ts';

const signer = openSigner('/nowhere', 'a secret that is long enough');
const ADMIN = { Authorization: 'Bearer x' };
let world: SeededServer;
beforeEach(async () => {
  world = await openSeededServer();
  const item = idOf('viec-lam', 'a');
  await saveItems(world.store, [newItem('viec-lam', 'a', { title: '<i>Tin</i>' })]);
  await world.store.transaction(async tx =>
    tx.ledger.append({ type: 'item.released', actor: 'gateway', item, details: { note: '</script>' } }),
  );
});
afterEach(() => world.close());

describe('/ledger/roots.json', () => {
  it('has the public key from the first day on, and each root as soon as it is signed', async () => {
    const get = await world.serve({ services: { signer } });
    const roots = async () => (await get('/ledger/roots.json')).json();
    expect(await roots()).toEqual({ algorithm: 'Ed25519', key: signer.key, roots: [] });
    const tomorrow = new Proxy(world.store, {
      get: (target, name) =>
        name === 'now' ? async () => Date.now() + 24 * 60 * 60_000 : Reflect.get(target, name, target),
    });
    expect(await signRoots(tomorrow, signer)).toBe(1);
    expect(await roots()).toMatchObject({ roots: [{ seq: 1, key: signer.key }] });
  });
});

describe('/ledger/items/<id>', () => {
  const path = `/ledger/items/${encodeURIComponent(idOf('viec-lam', 'a'))}`;

  it('is for the operator only', async () => {
    const get = await world.serve({ services: { signer } });
    const { text } = await createKey(world.store.keys, { title: 'k', scopes: ['read'], created: Date.now() });
    expect((await get(path)).status).toBe(401);
    expect((await get(path, { headers: { Authorization: `Bearer ${text}` } })).status).toBe(403);
    expect((await get(`${path}0`, { headers: ADMIN })).status).toBe(404);
  });

  it('is a page to print, escaped, and JSON that verifies', async () => {
    const get = await world.serve({ services: { signer } });
    const page = await get(path, { headers: { ...ADMIN, Accept: 'text/html' } });
    expect(page.headers.get('cache-control')).toBe('no-store');
    const text = await page.text();
    expect(text).toContain('Hồ sơ chứng cứ');
    expect(text).not.toMatch(/<i>|<\/script>/);
    const json = await get(path, { headers: { ...ADMIN, Accept: 'application/json' } });
    const pack = (await json.json()) as EvidencePack;
    expect(pack.rows).toHaveLength(1);
    expect(verifyPack(pack, [signer.key])).toEqual([]);
  });
});
