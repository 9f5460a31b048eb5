import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sinkConforms } from './sink.conformance.ts';
import { sqliteSink } from './sqlite-sink.mjs';

sinkConforms('a SQLite file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lienthong-sink-'));
  const open: DatabaseSync[] = [];
  const database = () => {
    const db = new DatabaseSync(join(folder, 'tin.db'));
    open.push(db);
    return db;
  };
  const reader = database();
  return {
    open: async () => sqliteSink(database()),
    async held() {
      const rows = reader.prepare('SELECT id, item FROM item').all();
      return new Map(rows.map(({ id, item }) => [String(id), JSON.parse(String(item)).title]));
    },
    async remove() {
      for (const db of open) db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
