import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { anItem, put } from '../store/conformance/engine.ts';
import { openSnapshot } from '../store/open-copying.ts';
import { openStore } from '../store/open-store.ts';
import { connect } from '../store/sqlite/database.ts';
import { migrate } from '../store/sqlite/migrations.ts';
import { backupConforms, folderPlace, type TestPlace } from './backup.conformance.ts';
import { restoreArchive } from './restore-archive.ts';
import { writeArchive } from './write-archive.ts';

backupConforms('SQLite into SQLite', folderPlace, folderPlace);

let from: TestPlace;
let to: TestPlace;
let file: string;

beforeEach(async () => {
  [from, to] = await Promise.all([folderPlace(), folderPlace()]);
  file = join(from.options.dataDir, 'a.lienthong');
});
afterEach(async () => {
  await Promise.all([from.remove(), to.remove()]);
});

async function writeOne(): Promise<string> {
  const store = await openStore(from.options);
  await put(store, anItem('a'), anItem('b'));
  await store.transaction(async tx => tx.ledger.append({ type: 'site.checked', actor: 'gateway' }));
  await store.close();
  const snapshot = await openSnapshot(from.options);
  await writeArchive(snapshot, file, { now: 0, program: 'x' });
  await snapshot.close();
  return gunzipSync(readFileSync(file)).toString();
}

const refused = async (content: string | Buffer) => {
  writeFileSync(file, content);
  const thrown = await restoreArchive(file, to.options).then(
    () => 'restored',
    (error: Error) => error.message,
  );
  expect(existsSync(join(to.options.dataDir, 'lienthong.db'))).toBe(false);
  expect(existsSync(join(to.options.dataDir, 'lienthong.db.incoming'))).toBe(false);
  return thrown;
};

it('names what is wrong with a damaged archive, and keeps nothing of it', async () => {
  const text = await writeOne();
  const lines = text.split('\n');
  const bytes = readFileSync(file);
  expect(await refused(bytes.subarray(0, bytes.length - 30))).toContain('KHÔNG TRỌN VẸN');
  expect(await refused(gzipSync(text.replace('Tin a', 'Tin x')))).toContain('bảng item có 2 dòng');
  expect(await refused(gzipSync(lines.filter(line => !line.includes('"b"')).join('\n')))).toContain(
    'không khớp',
  );
  expect(await refused(gzipSync(`${lines.slice(0, -2).join('\n')}\n`))).toContain('thiếu dòng kết');
  expect(await refused(gzipSync(text.replace('"engine":"sqlite"', '"engine":"postgres"')))).toContain(
    'SHA-256',
  );
  expect(await refused(gzipSync(`${text}{}\n`))).toContain('sau dòng kết');
  expect(await refused('Not an archive at all')).toContain('không phải bản sao lưu');
  expect(await refused(gzipSync('{"format":"other"}\n'))).toContain('không phải bản sao lưu');
  expect(await refused(gzipSync(text.replace('"version":1', '"version":2')))).toContain('phiên bản mới hơn');
  expect(
    await refused(gzipSync(text.replace('"columns":["n","id"', '"columns":["n","evil; DROP"'))),
  ).toContain('cột item.evil; DROP');
  expect(await restoreArchive(join(from.options.dataDir, 'none'), to.options).catch(String)).toContain(
    'Không có tệp',
  );
});

it('restores what a version before this one wrote', async () => {
  const old = join(from.options.dataDir, 'lienthong.db');
  const connection = connect(old);
  await migrate(connection, () => 'old epoch', 4);
  connection.run(
    `INSERT INTO item (id, site, kind, source, visibility, listed, document) VALUES ('a', 's', 'unit', 's/a', 'RELEASED', 1, ?)`,
    JSON.stringify(anItem('a')),
  );
  connection.run('INSERT INTO alias VALUES (?, ?, ?, ?)', 's', 'guid', 'g', 'a');
  connection.close();
  const snapshot = await openSnapshot(from.options);
  expect(snapshot.version).toBe(4);
  await writeArchive(snapshot, file, { now: 0, program: 'x' });
  await snapshot.close();
  await restoreArchive(file, to.options);
  const store = await openStore(to.options);
  const text = { filter: { text: 'tin a' }, order: 'PUBLISHED', first: 5 } as const;
  expect((await store.items.page(text)).map(({ id }) => id)).toEqual(['a']);
  await store.close();
});
