import type { KeyRoom } from '../keys.ts';
import { toKey } from '../rows.ts';
import type { Connection } from './database.ts';

export function keyRoom(
  reader: Connection,
  write: <T>(act: (db: Connection) => T) => Promise<T>,
  now: () => number,
): KeyRoom {
  return {
    create: (key, hash) =>
      write(db => {
        db.run(
          `INSERT INTO api_key (id, hash, title, scopes, created, revoked, expires, quota, quota_per)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          key.id,
          hash,
          key.title,
          JSON.stringify(key.scopes),
          key.created,
          key.revoked ?? null,
          key.expires ?? null,
          key.quota?.requests ?? null,
          key.quota?.per ?? null,
        );
      }),
    async byHash(hash) {
      const row = reader.get('SELECT * FROM api_key WHERE hash = ?', hash);
      if (row) return toKey(row);
      const old = reader.get('SELECT * FROM api_key WHERE old_hash = ?', hash);
      return old && { ...toKey(old), old: true };
    },
    async list() {
      return reader.all('SELECT * FROM api_key ORDER BY created, id').map(toKey);
    },
    revoke: id =>
      write(db => db.run('UPDATE api_key SET revoked = ? WHERE id = ? AND revoked IS NULL', now(), id) > 0),
    rotate: (id, hash, graceUntil) =>
      write(
        db =>
          db.run(
            'UPDATE api_key SET old_hash = hash, hash = ?, grace_until = ? WHERE id = ? AND revoked IS NULL',
            hash,
            graceUntil,
            id,
          ) > 0,
      ),
    touch: (id, at) =>
      write(db => {
        db.run('UPDATE api_key SET used = ? WHERE id = ? AND (used IS NULL OR used < ?)', at, id, at);
      }),
  };
}
