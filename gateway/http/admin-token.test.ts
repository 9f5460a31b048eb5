import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { adminToken } from './admin-token.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'lienthong-token-')), 'not', 'yet');
});
afterEach(() => rmSync(join(dataDir, '..', '..'), { recursive: true, force: true }));

describe('the operator’s token', () => {
  it('is made once, for its owner’s eyes only', () => {
    const token = adminToken(dataDir, {});
    const file = join(dataDir, 'admin-token');
    expect(token.length).toBeGreaterThanOrEqual(43);
    expect(readFileSync(file, 'utf8')).toBe(`${token}\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(adminToken(dataDir, {})).toBe(token);
  });

  it('comes from the environment when it is there, and is then not written', () => {
    expect(adminToken(dataDir, { LIENTHONG_ADMIN_TOKEN: ' of-the-environment ' })).toBe('of-the-environment');
    expect(() => statSync(join(dataDir, 'admin-token'))).toThrow();
  });

  it('is made where the environment has an empty one', () => {
    expect(adminToken(dataDir, { LIENTHONG_ADMIN_TOKEN: '' })).not.toBe('');
  });

  it('never replaces the one that another process made', () => {
    adminToken(dataDir, {});
    writeFileSync(join(dataDir, 'admin-token'), 'of-another-process\n');
    expect(adminToken(dataDir, {})).toBe('of-another-process');
  });
});
