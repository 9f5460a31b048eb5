import type { KeyRoom } from '../keys.ts';
import { toKey } from '../rows.ts';
import type { Queryable } from './query.ts';

export function keyRoom(db: Queryable, now: () => Promise<number>): KeyRoom {
  return {
    async create({ id, title, scopes, created, revoked, expires, quota }, hash) {
      await db.query(
        `INSERT INTO api_key (id, hash, title, scopes, created, revoked, expires, quota, quota_per)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          id,
          hash,
          title,
          JSON.stringify(scopes),
          created,
          revoked ?? null,
          expires ?? null,
          quota?.requests ?? null,
          quota?.per ?? null,
        ],
      );
    },
    async byHash(hash) {
      const row = (await db.query('SELECT * FROM api_key WHERE hash = $1', [hash])).rows[0];
      if (row) return toKey(row);
      const old = (await db.query('SELECT * FROM api_key WHERE old_hash = $1', [hash])).rows[0];
      return old && { ...toKey(old), old: true };
    },
    async list() {
      return (await db.query('SELECT * FROM api_key ORDER BY created, id')).rows.map(toKey);
    },
    async revoke(id) {
      const { rowCount } = await db.query(
        'UPDATE api_key SET revoked = $1 WHERE id = $2 AND revoked IS NULL',
        [await now(), id],
      );
      return Boolean(rowCount);
    },
    async rotate(id, hash, graceUntil) {
      const { rowCount } = await db.query(
        'UPDATE api_key SET old_hash = hash, hash = $2, grace_until = $3 WHERE id = $1 AND revoked IS NULL',
        [id, hash, graceUntil],
      );
      return Boolean(rowCount);
    },
    async touch(id, at) {
      await db.query('UPDATE api_key SET used = $2 WHERE id = $1 AND (used IS NULL OR used < $2)', [id, at]);
    },
  };
}
