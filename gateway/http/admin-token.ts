import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The operator's token: `LIENTHONG_ADMIN_TOKEN`, else the one in `<dataDir>/admin-token`, else a new one written there
 * (0600). Of several processes that start at once, one makes it and all have the same. Print the file, never the token.
 */
export function adminToken(dataDir: string, env: Readonly<Record<string, string | undefined>>): string {
  const given = env.LIENTHONG_ADMIN_TOKEN?.trim();
  if (given) return given;
  const file = join(dataDir, 'admin-token');
  return readToken(file) ?? makeToken(dataDir, file);
}

function makeToken(dataDir: string, file: string): string {
  mkdirSync(dataDir, { recursive: true });
  const token = randomBytes(32).toString('base64url');
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${token}\n`, { mode: 0o600 });
  try {
    // Unlike a rename, a link never replaces, and what it names is already whole.
    linkSync(draft, file);
    return token;
  } catch (error) {
    const kept = readToken(file);
    if (!kept) throw error;
    return kept;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readToken(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
