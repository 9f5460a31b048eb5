import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../schemas/canonical-json.ts';
import type { LedgerEvent } from '../../schemas/ledger.ts';
import { checkSignature, verifyExport } from '../../schemas/ledger-export.ts';
import { takeDown } from '../acts/take-down.ts';
import { anItem, put } from '../store/conformance/engine.ts';
import { openStore } from '../store/open-store.ts';
import { connect } from '../store/sqlite/database.ts';
import type { Store } from '../store/store.ts';
import { destroyEvidence } from './evidence.ts';
import { evidencePack, renderEvidence } from './evidence-pack.ts';
import { exportLedger } from './export.ts';
import { dutyReport, showReport } from './report.ts';
import { retainLedger } from './retain.ts';
import { readRoots, signRoots } from './roots.ts';
import { makeEvidenceKey, openSealed } from './seal.ts';
import { openSigner } from './signer.ts';
import { verifyPack } from './verify-pack.ts';

const DAY = 24 * 60 * 60_000;
const EVIDENCE = makeEvidenceKey('mật khẩu dài của người giữ chứng cứ');
let now: number;
let folder: string;
let store: Store;
const signer = openSigner('/nowhere', 'a secret that is long enough');

beforeEach(async () => {
  now = Date.parse('2026-11-20T09:00:00+07:00');
  folder = mkdtempSync(join(tmpdir(), 'lienthong-ledger-'));
  store = await openStore({
    dataDir: folder,
    now: () => now,
    evidence: { key: EVIDENCE.publicKey, days: 90 },
  });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

async function write(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1)
    await store.transaction(async tx =>
      tx.ledger.append({
        type: 'item.released',
        actor: 'gateway',
        item: `i${i}`,
        site: 's',
        details: { mode: 'headline-link', delayMinutes: 60 + i, sourceReleasedAt: 1, note: `“${i}” đ` },
      }),
    );
}

async function exported(): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportLedger(store, signer)) lines.push(line.trim());
  return lines;
}

let seed = 7;
function random(below: number): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed % below;
}

/** A byte changed, a row dropped, two swapped, the tail cut before its closing line, the tail cut with it. */
function tampered(lines: readonly string[], how: number): string[] {
  const rows = lines.length - 1;
  const at = random(rows);
  const line = lines[at] ?? '';
  const place = random(line.length);
  const byte = line.slice(0, place) + (line[place] === 'a' ? 'b' : 'a') + line.slice(place + 1);
  const other = (at + 1 + random(rows - 2)) % rows;
  const swapped = lines.map((text, index) =>
    index === at ? (lines[other] ?? '') : index === other ? line : text,
  );
  return [
    lines.toSpliced(at, 1, byte),
    lines.toSpliced(at, 1),
    swapped,
    lines.toSpliced(at, rows - at),
    lines.toSpliced(at, rows + 1 - at),
  ][how] as string[];
}

describe('an export', () => {
  it('verifies with nothing but itself and the key', async () => {
    await write(30);
    const verified = verifyExport(await exported(), { keys: [signer.key] });
    expect(verified).toMatchObject({ rows: 30, from: 1, to: 30, complete: true, tampering: [] });
  });

  it('of an empty ledger verifies too', async () => {
    expect(verifyExport(await exported(), { keys: [signer.key] })).toMatchObject({
      rows: 0,
      complete: true,
      tampering: [],
    });
  });

  it('that somebody else signed is found', async () => {
    await write(3);
    const other = openSigner('/nowhere', 'another secret, long enough');
    const found = verifyExport(await exported(), { keys: [other.key] });
    expect(found.tampering.map(({ message }) => message.en)).toEqual([
      'The closing line’s signature is not right.',
    ]);
  });

  it('is found out whatever is done to it: a byte, a row, two rows, the tail, the closing line', async () => {
    await write(40);
    const lines = await exported();
    for (let round = 0; round < 400; round += 1) {
      const changed = tampered(lines, round % 5);
      const { complete, tampering } = verifyExport(changed, { keys: [signer.key] });
      expect({ round, found: !complete || tampering.length > 0 }).toEqual({ round, found: true });
      if (round % 5 < 3) expect(tampering[0]?.line).toBeLessThanOrEqual(changed.length);
    }
  });
});

describe('what a verifier says', () => {
  const english = (lines: readonly string[], options: Parameters<typeof verifyExport>[1] = {}) =>
    verifyExport(lines, { keys: [signer.key], ...options }).tampering.map(({ line, message }) => [
      line,
      message.en,
    ]);

  it('names the row, what stands there and what should', async () => {
    await write(4);
    const lines = await exported();
    const [, second = '', third = ''] = lines;
    const { hash } = JSON.parse(second) as { hash: string };
    const { previous } = JSON.parse(third) as { previous: string };
    expect(previous).toBe(hash);
    const changed = second.replace('i1', 'i9');
    const said = english(lines.with(1, changed));
    expect(said).toHaveLength(1);
    expect(said[0]?.[0]).toBe(2);
    expect(said[0]?.[1]).toContain(
      `The content of row 2 was changed: its hash says ${hash}, its content gives `,
    );
    expect(english(lines.toSpliced(1, 1))).toEqual([
      [2, 'The number is 3, it should be 2: rows are missing or swapped.'],
      [
        2,
        expect.stringMatching(/^Row 3 is not chained to the row before: it says [0-9a-f]{64}, it should be /),
      ],
      [4, 'The closing line says 4 rows (1–4), the file has 3 (1–4).'],
    ]);
  });

  it('finds any one byte of the closing line, spare bits of its signature included', async () => {
    await write(2);
    const lines = await exported();
    const closing = lines.at(-1) ?? '';
    for (let place = 0; place < closing.length; place += 1)
      for (const byte of ['A', 'B', '=', ' ']) {
        if (closing[place] === byte) continue;
        const changed = closing.slice(0, place) + byte + closing.slice(place + 1);
        const { complete, tampering } = verifyExport(lines.with(-1, changed), { keys: [signer.key] });
        expect({ place, byte, found: !complete || tampering.length > 0 }).toEqual({
          place,
          byte,
          found: true,
        });
      }
  });

  it('takes a part that was asked for, and knows that it is one', async () => {
    await write(9);
    now += DAY;
    await signRoots(store, signer);
    const roots = await readRoots(store);
    const lines: string[] = [];
    for await (const line of exportLedger(store, signer, { from: 3, to: 6 })) lines.push(line.trim());
    expect(lines).toHaveLength(5);
    expect(english(lines, { roots })).toEqual([]);
    expect(english(lines.toSpliced(4, 1, lines[4]?.replace(',"part":true', '') ?? ''))).not.toEqual([]);
  });

  it('misses the rows before the first, unless a row tells that they were closed and where', async () => {
    await write(3);
    now = Date.parse('2029-02-01T00:00:00+07:00');
    await write(2);
    const order = { years: 2, actor: 'operator', reason: 'Hết thời hạn lưu' };
    expect(await retainLedger(store, order)).toMatchObject({ rows: 3, from: 1, to: 3 });
    expect(await retainLedger(store, order)).toBeUndefined();
    await expect(retainLedger(store, { ...order, years: 1 })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    const lines = await exported();
    expect(lines).toHaveLength(4);
    expect(english(lines)).toEqual([]);
    const db = connect(join(folder, 'lienthong.db'));
    db.exec('DROP TRIGGER ledger_no_delete');
    db.run('DELETE FROM ledger WHERE seq = 4');
    db.close();
    expect(english(await exported())).toEqual([
      [
        1,
        'The file begins with row 5, and no row tells that those before were closed: rows 1–4 are missing.',
      ],
    ]);
  });

  it('does not take a new key for the one that signed the roots', async () => {
    await write(3);
    now += DAY;
    await signRoots(store, signer);
    const roots = await readRoots(store);
    const forger = openSigner('/nowhere', 'the key of somebody else');
    const lines: string[] = [];
    for await (const line of exportLedger(store, forger)) lines.push(line.trim());
    expect(verifyExport(lines, { roots }).tampering.map(({ message }) => message.en)).toEqual([
      'The closing line’s signature is not right.',
    ]);
  });
});

it('the key may be an Ed25519 PEM, whatever its line ends, and no other kind', () => {
  const pem = (kind: 'ed25519' | 'x25519') =>
    (kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')).privateKey
      .export({ format: 'pem', type: 'pkcs8' })
      .toString();
  const own = pem('ed25519');
  const signed = openSigner('/nowhere', own).sign({ a: 1 });
  expect(checkSignature(signed)).toBe(true);
  expect(openSigner('/nowhere', own.replaceAll('\n', '\\n')).key).toBe(signed.key);
  for (const wrong of [pem('x25519'), '-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----'])
    expect(() => openSigner('/nowhere', wrong)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
});

describe('daily roots', () => {
  it('are signed once a day, for days missed too, and tell a tail that was cut from the database', async () => {
    await write(3);
    expect(await signRoots(store, signer)).toBe(0);
    now += 3 * DAY;
    expect(await signRoots(store, signer)).toBe(3);
    expect(await signRoots(store, signer)).toBe(0);
    await write(2);
    now += DAY;
    await signRoots(store, signer);
    const roots = await readRoots(store);
    expect(roots.map(({ day, seq }) => [day, seq])).toEqual([
      ['2026-11-23', 8],
      ['2026-11-22', 3],
      ['2026-11-21', 3],
      ['2026-11-20', 3],
    ]);
    expect(roots.every(root => checkSignature(root, [signer.key]))).toBe(true);
    expect(verifyExport(await exported(), { keys: [signer.key], roots }).tampering).toEqual([]);

    // Whoever owns the file can take the triggers away, cut, and sign a new export: the roots that others kept tell.
    const db = connect(join(folder, 'lienthong.db'));
    db.exec('DROP TRIGGER ledger_no_delete');
    db.run('DELETE FROM ledger WHERE seq > 5');
    const cut = verifyExport(await exported(), { keys: [signer.key], roots });
    expect(cut.tampering.map(({ message }) => message.en)).toEqual([
      'The ledger had rows up to 9, the file ends at 5.',
      'The root of 2026-11-23 has row 8, the file ends at 5: the tail was cut.',
    ]);
    // Who knows of the counter sets it back as well; others' roots still tell.
    db.run('UPDATE ledger_head SET seq = 5, hash = (SELECT hash FROM ledger WHERE seq = 5)');
    db.close();
    const hidden = verifyExport(await exported(), { keys: [signer.key], roots });
    expect(hidden.tampering).toHaveLength(1);
  });
});

describe('sealed copies', () => {
  it('are made when an item is erased, opened only with the secret, and destroyed in time', async () => {
    await put(store, anItem('i', { title: 'Bí mật', contentText: 'Toàn văn bí mật' }));
    await takeDown(store, { actor: 'operator', reason: 'Theo lệnh', items: ['i'], links: [], urgent: false });
    const [copy] = await store.records.find('evidence', { item: 'i', first: 5 });
    if (!copy) throw new Error('no copy');
    expect(JSON.stringify(copy)).not.toContain('Bí mật');
    expect(openSealed(copy.document, EVIDENCE.secret).item).toMatchObject({
      title: 'Bí mật',
      contentText: 'Toàn văn bí mật',
    });
    expect(() => openSealed(copy.document, 'mật khẩu khác của ai đó')).toThrow();
    now = (copy.due ?? 0) + 1;
    expect(await destroyEvidence(store)).toBe(1);
    expect(await store.records.count('evidence', {})).toBe(0);
    const types = (await store.ledger.ofItem('i', 50)).map(({ text }) => JSON.parse(text).type);
    expect(types).toEqual(['evidence.sealed', 'item.removed', 'evidence.destroyed']);
  });

  it('are not made without a key, and the ledger says so', async () => {
    const keyless = await openStore({ dataDir: folder, now: () => now });
    await put(keyless, anItem('i'));
    const order = { actor: 'operator', reason: 'Theo lệnh', items: ['i'], links: [], urgent: false };
    await takeDown(keyless, order);
    await keyless.close();
    expect(await store.records.count('evidence', {})).toBe(0);
    const rows = (await store.ledger.ofItem('i', 50)).map(({ text }) => JSON.parse(text) as LedgerEvent);
    expect(rows).toMatchObject([{ type: 'item.removed', details: { sealedCopy: false } }]);
  });
});

it('an evidence pack tells an item’s life with its hashes, and escapes what it shows', async () => {
  await put(store, anItem('i', { title: '<b>Tin</b>' }));
  await takeDown(store, {
    actor: 'operator',
    reason: '<script>alert(1)</script>',
    items: ['i'],
    links: [],
    urgent: false,
  });
  now += 2 * DAY;
  await signRoots(store, signer);
  const pack = await evidencePack(store, 'i', signer);
  expect(pack.rows.length).toBeGreaterThan(1);
  expect(pack.root?.seq).toBeGreaterThanOrEqual(pack.rows.at(-1)?.seq ?? 0);
  // As a file that somebody carries away.
  const carried = () => JSON.parse(JSON.stringify(pack)) as typeof pack;
  expect(verifyPack(carried(), [signer.key])).toEqual([]);
  expect(carried().path?.at(-1)?.hash).toBe(pack.root?.hash);
  expect(verifyPack(carried(), ['another key'])[0]?.en).toBe('The signature of the pack is not right.');
  const shortened = { ...carried(), path: carried().path?.slice(0, -1) ?? [] };
  expect(verifyPack(shortened).map(({ en }) => en)).toContain('The chain does not lead to the signed root.');
  const page = renderEvidence(pack);
  expect(page).not.toContain('<script>');
  expect(page).toContain('Gỡ khỏi mọi kênh');
});

it('the month’s table counts what was hidden first as gone since then, unless it came back', async () => {
  const lastSeen = now;
  const acts = [
    [120, 'item.hidden', 'asked'],
    [130, 'item.hidden', 'back'],
    [140, 'item.released', 'back'],
    [300, 'item.removed', 'asked'],
    [310, 'item.removed', 'back'],
  ] as const;
  for (const [minute, type, item] of acts) {
    now = lastSeen + minute * 60_000;
    const event: LedgerEvent = { type, actor: 'gateway', item, details: { lastSeen } };
    await store.transaction(async tx => tx.ledger.append(event));
  }
  const removal = (await dutyReport(store, '2026-11')).duties[2];
  expect(removal).toMatchObject({ count: 2, min: 120, max: 310, breaches: [{ item: 'back', minutes: 310 }] });
});

it('an urgent order has six hours, any other a day', async () => {
  const done = (urgent: boolean, hours: number): LedgerEvent => ({
    type: 'takedown.done',
    actor: 'gateway',
    details: { urgent, receivedAt: now - hours * 60 * 60_000, removedAt: now },
  });
  await store.transaction(async tx =>
    tx.ledger.append(done(true, 5), done(true, 7), done(false, 7), done(false, 25)),
  );
  const orders = (await dutyReport(store, '2026-11')).duties[3];
  expect(orders?.breaches.map(({ minutes }) => minutes)).toEqual([7 * 60, 25 * 60]);
});

it('the month’s table gives min, median, 95 %, longest and every breach', async () => {
  await write(21);
  await store.transaction(async tx =>
    tx.ledger.append(
      { type: 'item.removed', actor: 'gateway', item: 'late', details: { lastSeen: now - 200 * 60_000 } },
      { type: 'item.removed', actor: 'gateway', item: 'just', details: { lastSeen: now - 180 * 60_000 - 1 } },
      { type: 'item.removed', actor: 'gateway', item: 'soon', details: { lastSeen: now - 30 * 60_000 } },
    ),
  );
  const report = await dutyReport(store, '2026-11');
  expect(report.duties[0]).toMatchObject({ count: 21, min: 60, p50: 70, p95: 79, max: 80, breaches: [] });
  expect(report.duties[2]).toMatchObject({
    count: 3,
    min: 30,
    p50: 180,
    max: 200,
    breaches: [
      { item: 'late', minutes: 200 },
      { item: 'just', minutes: 180 },
    ],
  });
  expect(showReport(report, false)).toContain('vượt: late');
  expect(showReport(report, true)).toMatch(/late 2026-11-20T09:00:00\+07:00 200; just /);
  expect(showReport(report, true).split('\r\n')).toHaveLength(6);
  expect((await dutyReport(store, '2026-10')).duties[0]?.count).toBe(0);
});

it.each([
  [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
  [{ é: 1, e: 2, z: undefined }, '{"e":2,"é":1}'],
  [1e21, '1e+21'],
  ['\u20ac\n"', '"€\\n\\""'],
])('canonical JSON of %j', (value, text) => {
  expect(canonicalJson(value)).toBe(text);
});
