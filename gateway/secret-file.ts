import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A secret kept in a file of the data folder (0600), made at its first use. Of several processes that start at once, one
 * makes it and all have the same. Print the file, never the secret.
 */
export function secretFile(dataDir: string, name: string, make: () => string): string {
  const file = join(dataDir, name);
  return readSecret(file) ?? makeSecret(dataDir, file, make);
}

function makeSecret(dataDir: string, file: string, make: () => string): string {
  mkdirSync(dataDir, { recursive: true });
  const secret = make();
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${secret}\n`, { mode: 0o600 });
  try {
    // Unlike a rename, a link never replaces, and what it names is already whole.
    linkSync(draft, file);
    return secret;
  } catch (error) {
    const kept = readSecret(file);
    if (!kept) throw error;
    return kept;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readSecret(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
