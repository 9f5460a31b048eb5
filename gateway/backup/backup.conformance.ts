import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { encodeCursor, resumeFrom } from '../../schemas/cursor.ts';
import { correct } from '../acts/correct.ts';
import { hold } from '../acts/hold.ts';
import { takeDown } from '../acts/take-down.ts';
import { exportLedger } from '../ledger/export.ts';
import { openSigner } from '../ledger/signer.ts';
import { readChangePage } from '../publish/change-page.ts';
import { anItem, put, walk } from '../store/conformance/engine.ts';
import { RowSum, type Snapshot } from '../store/copying.ts';
import { openSnapshot } from '../store/open-copying.ts';
import { openStore, type StoreOptions } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { copyStore } from './copy-store.ts';
import { restoreArchive } from './restore-archive.ts';
import { checkContinues, readLaterLedger, reapplyTakeDowns } from './take-downs-since.ts';
import { writeArchive } from './write-archive.ts';

/** An empty store's place, for one test. */
export interface TestPlace {
  readonly options: StoreOptions;
  remove(): Promise<void>;
}
export type MakePlace = () => Promise<TestPlace>;

export async function folderPlace(): Promise<TestPlace> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lienthong-backup-'));
  return { options: { dataDir }, remove: async () => rmSync(dataDir, { recursive: true, force: true }) };
}

const BY = { actor: 'operator', reason: 'Thử' };
const MADE = { now: Date.parse('2026-11-27T08:30:00+07:00'), program: '0.1.0' };

/** What is backed up under load in one engine is the same federation when it is restored into another. */
export function backupConforms(title: string, makeFrom: MakePlace, makeTo: MakePlace): void {
  describe(`back-up, ${title}`, () => {
    let from: TestPlace;
    let to: TestPlace;
    let folder: string;
    const opened: Store[] = [];
    beforeEach(async () => {
      [from, to] = await Promise.all([makeFrom(), makeTo()]);
      folder = mkdtempSync(join(tmpdir(), 'lienthong-archives-'));
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map(store => store.close()));
      await Promise.all([from.remove(), to.remove()]);
      rmSync(folder, { recursive: true });
    });
    const open = async ({ options }: TestPlace) => {
      const store = await openStore(options);
      opened.push(store);
      return store;
    };
    const write = async (name: string) => {
      const snapshot = await openSnapshot(from.options);
      const file = join(folder, name);
      return { file, ...(await writeArchive(snapshot, file, MADE).finally(() => snapshot.close())) };
    };

    it('is the federation of one moment, while writers are at work', async () => {
      const store = await open(from);
      await fill(store);
      const writer = startWriting(store);
      await writer.rounds(3);
      const archives = [await write('1.lienthong'), await write('2.lienthong')];
      await writer.rounds(2);
      const shown = await writer.stop();
      for (const { header } of archives) expect(shown.has(header.store.head)).toBe(true);

      const second = archives[1];
      const head = second?.header.store.head ?? 0;
      const restored = await restoreArchive(second?.file ?? '', to.options);
      expect(restored.chain).toMatchObject({ broken: undefined });
      expect(restored.chain.rows).toBeGreaterThan(2);
      const twin = await open(to);
      const wanted = shown.get(head) as ReadonlyMap<string, string>;
      expect(await replay(twin)).toEqual(wanted);
      const listed = await walk(twin, {
        filter: { visibility: ['RELEASED'] },
        order: 'PUBLISHED',
        first: 50,
      });
      expect(new Map(listed.map(({ id, hash }) => [id, hash]))).toEqual(wanted);
      expect((await twin.changes.bounds()).head).toBe(head);
      // Row for row, whichever engine tells.
      const again = await openSnapshot(to.options);
      expect(await sumsOf(again)).toEqual(new Map(second?.sums));
    }, 60_000);

    it('goes on as a store: searched, written, numbered on, and no old cursor is good', async () => {
      const store = await open(from);
      await fill(store);
      const { file, header } = await write('a.lienthong');
      await restoreArchive(file, to.options);
      const twin = await open(to);
      expect(twin.epoch).not.toBe(store.epoch);
      const cursor = encodeCursor({ epoch: store.epoch, number: header.store.head, selection: '' });
      const log = { epoch: twin.epoch, ...(await twin.changes.bounds()) };
      expect(() => resumeFrom(cursor, log)).toThrow('belongs to another store');

      const found = async (text: string) =>
        (await twin.items.page({ filter: { text }, order: 'PUBLISHED', first: 50 })).map(({ id }) => id);
      expect(await found('bao hiem')).toEqual(['i7']);
      // Erased there, so not found here.
      expect(await found('i3')).toEqual([]);
      const before = await store.items.byIds(['i9']);
      await put(twin, anItem('new', { title: 'Tin sau phục hồi' }));
      const [item] = await twin.items.byIds(['new']);
      expect(item?.n).toBeGreaterThan(before[0]?.n ?? 0);
      expect(await found('sau phuc hoi')).toEqual(['new']);
      await hold(twin, 'i5', BY);
      const rows = await twin.ledger.since(0, 1_000);
      expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_row, index) => index + 1));
      expect(await twin.keys.byHash('hash of a key')).toMatchObject({ id: 'k1', title: 'Cổng' });
    }, 60_000);

    it('refuses what holds something, and what is damaged, and leaves nothing behind', async () => {
      await fill(await open(from));
      const { file } = await write('a.lienthong');
      await expect(write('a.lienthong')).rejects.toThrow('không bao giờ bị ghi đè');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(existsSync(`${file}.part`)).toBe(false);
      await restoreArchive(file, to.options);
      await expect(restoreArchive(file, to.options)).rejects.toThrow('đã có dữ liệu');
    }, 60_000);

    it('copies a store with its epoch: cursors go on', async () => {
      const store = await open(from);
      await fill(store);
      const page = await readChangePage(store, { limit: 4 });
      const rest = await readChangePage(store, { since: page.cursor, limit: 100 });
      await store.close();
      const { rows } = await copyStore(from.options, to.options);
      expect(rows).toBeGreaterThan(20);
      const twin = await open(to);
      expect(twin.epoch).toBe(store.epoch);
      expect(await readChangePage(twin, { since: page.cursor, limit: 100 })).toEqual(rest);
      await expect(copyStore(from.options, to.options)).rejects.toMatchObject({ code: 'CONFLICT' });
    }, 60_000);

    it('takes away again what was taken away after the back-up', async () => {
      const store = await open(from);
      await fill(store);
      const { file } = await write('old.lienthong');
      await takeDown(store, { ...BY, items: ['i1', 'i2'], links: [], urgent: false });
      await put(store, anItem('later'));
      await takeDown(store, { ...BY, items: ['later'], links: [], urgent: false });
      await correct(store, 'i5', 'i6', BY);
      const calledBack = (await store.items.byIds(['i5']))[0]?.takenBack;
      expect(calledBack).toBeGreaterThan(0);
      const newer = await write('new.lienthong');
      const { chain } = await restoreArchive(file, to.options);
      const twin = await open(to);
      expect((await twin.items.byIds(['i1']))[0]?.visibility).toBe('RELEASED');
      const later = await readLaterLedger(newer.file);
      expect(await reapplyTakeDowns(twin, later, chain.head)).toMatchObject({ removed: 3, blocked: 1 });
      const [one] = await twin.items.byIds(['i1']);
      expect(one).toMatchObject({ visibility: 'WITHDRAWN', visibilityReason: 'order', title: '' });
      expect([...(await replay(twin)).keys()]).not.toContain('i2');
      // Its feed may show it for a while yet, and is asked as soon as the gateway runs.
      const [wrong] = await twin.items.byIds(['i5']);
      expect(wrong).toMatchObject({ visibilityReason: 'withdrawn', takenBack: calledBack });
      expect(await twin.records.byIds('block', ['item:later', 'item:i1'])).toHaveLength(2);
      expect(await reapplyTakeDowns(twin, later, chain.head)).toMatchObject({ removed: 0, blocked: 1 });
    }, 60_000);

    it('believes no ledger that does not go on from the restored one', async () => {
      await fill(await open(from));
      const { file } = await write('old.lienthong');
      const other = await folderPlace();
      const foreign = await open(other);
      await fill(foreign);
      await takeDown(foreign, { ...BY, items: ['i1'], links: [], urgent: false });
      const lines: string[] = [];
      for await (const line of exportLedger(foreign, openSigner(folder))) lines.push(line);
      const exported = join(folder, 'ledger.jsonl');
      writeFileSync(exported, lines.join(''));
      const later = await readLaterLedger(exported);
      const check = ({ head }: { head: { seq: number; hash: string } }) => checkContinues(later, head);
      await expect(restoreArchive(file, to.options, { check })).rejects.toThrow('không phải phần tiếp theo');
      // Nothing was restored: it can be done again.
      const { chain } = await restoreArchive(file, to.options);
      expect(() => checkContinues(later, chain.head)).toThrow();
      writeFileSync(exported, lines.slice(0, -1).join(''));
      await expect(readLaterLedger(exported)).rejects.toThrow('KHÔNG TRỌN VẸN');
      writeFileSync(exported, lines.join('').replace('Thử', 'Khác'));
      await expect(readLaterLedger(exported)).rejects.toThrow('đã bị sửa');
      await other.remove();
    }, 60_000);
  });
}

/** Some of everything: hidden, withdrawn and trimmed items, keys, records, problems, a subscriber. */
async function fill(store: Store): Promise<void> {
  await store.work.register([{ name: 's/a', interval: 60_000 }]);
  const items = Array.from({ length: 10 }, (_, i) =>
    anItem(`i${i}`, {
      title: i === 7 ? 'Bảo hiểm “thất nghiệp” \\ & 𝒳' : `Tin i${i}`,
      topics: i % 2 ? ['viec-lam'] : [],
      categories: ['Thời sự'],
      listed: 1_000 + i,
    }),
  );
  await put(store, ...items);
  await store.transaction(async tx => {
    await tx.items.addKeys('s', [{ item: 'i1', key: { kind: 'guid', key: 'g-1' } }]);
    await tx.items.addVersions([{ item: 'i1', at: 5, hash: 'h', kind: 'created', changed: ['title'] }]);
    await tx.items.addVersions([{ item: 'i1', at: 5, hash: 'h', kind: 'created', changed: ['title'] }]);
  });
  await store.keys.create({ id: 'k1', title: 'Cổng', scopes: ['read'], created: 1 }, 'hash of a key');
  await takeDown(store, { ...BY, items: ['i3'], links: [], urgent: true });
  await hold(store, 'i4', BY);
}

/** Adds, edits and withdraws without a pause; remembers what was visible after each commit. */
function startWriting(store: Store) {
  const visible = new Map<string, string>();
  const shown = new Map<number, ReadonlyMap<string, string>>();
  let going = true;
  let round = 0;
  const act = async () => {
    for (const item of await walk(store, {
      filter: { visibility: ['RELEASED'] },
      order: 'PUBLISHED',
      first: 50,
    }))
      visible.set(item.id, item.hash);
    shown.set(await store.revision(), new Map(visible));
    while (going) {
      const id = `w${round}`;
      const edited = `w${round - 3}`;
      const items = [
        anItem(id, { listed: 5_000 + round }),
        ...(visible.has(edited)
          ? [anItem(edited, { hash: `edit ${round}`, listed: 5_000 + round - 3 })]
          : []),
      ];
      await put(store, ...items);
      for (const item of items) visible.set(item.id, item.hash);
      shown.set((await store.changes.bounds()).head, new Map(visible));
      if (round % 5 === 4) {
        await takeDown(store, { ...BY, items: [id], links: [], urgent: false });
        visible.delete(id);
        shown.set((await store.changes.bounds()).head, new Map(visible));
      }
      round += 1;
      // SQLite answers without waiting: others must have their turn.
      await new Promise(resolve => setImmediate(resolve));
    }
  };
  const running = act();
  return {
    async rounds(count: number) {
      for (const wanted = round + count; round < wanted; )
        await Promise.race([running, new Promise(resolve => setTimeout(resolve, 5))]);
    },
    async stop() {
      going = false;
      await running;
      return shown;
    },
  };
}

async function replay(store: Store): Promise<ReadonlyMap<string, string>> {
  const held = new Map<string, string>();
  for (let since: string | undefined; ; ) {
    const page = await readChangePage(store, { ...(since !== undefined && { since }), limit: 7 });
    for (const { change, item } of page.rows)
      if (item) held.set(item.id, item.hash);
      else held.delete(change.item);
    since = page.cursor;
    if (page.upToDate) return held;
  }
}

async function sumsOf(snapshot: Snapshot) {
  const sums = new Map<string, { rows: number; sum: string }>();
  for (const shape of snapshot.tables) {
    const sum = new RowSum();
    for await (const batch of snapshot.rows(shape)) for (const row of batch) sum.add(row);
    sums.set(shape.table, { rows: sum.count, sum: sum.hex });
  }
  await snapshot.close();
  return sums;
}
