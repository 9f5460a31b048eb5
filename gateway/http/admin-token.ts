import { randomBytes } from 'node:crypto';
import { secretFile } from '../secret-file.ts';

/** The operator's token: `LIENTHONG_ADMIN_TOKEN`, else the one in `<dataDir>/admin-token`, made there when there is none. */
export function adminToken(dataDir: string, env: Readonly<Record<string, string | undefined>>): string {
  const given = env.LIENTHONG_ADMIN_TOKEN?.trim();
  if (given) return given;
  return secretFile(dataDir, 'admin-token', () => randomBytes(32).toString('base64url'));
}
