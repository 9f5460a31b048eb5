import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from './environment.ts';

describe('the environment', () => {
  it('is optional, and empty variables are unset ones', () => {
    const defaults = { port: 4000, host: '127.0.0.1', data: './var', logLevel: 'info' };
    expect(readEnvironment({})).toEqual(defaults);
    expect(readEnvironment({ PORT: '', DATABASE_URL: ' ', LIENTHONG_ADMIN_TOKEN: '' })).toEqual(defaults);
  });

  it('is read whole', () => {
    const env = {
      PORT: '0',
      HOST: '0.0.0.0',
      LIENTHONG_CONFIG: 'a.yaml',
      LIENTHONG_DATA: '/srv/lt',
      DATABASE_URL: 'postgres://a:b@db:5432/lt',
      DATABASE_MIGRATE_URL: 'postgresql://c:d@db/lt',
      CACHE_URL: 'redis://cache:6379',
      LOG_LEVEL: 'debug',
      LIENTHONG_ADMIN_TOKEN: 'x'.repeat(32),
      LIENTHONG_LEDGER_KEY: 'y'.repeat(32),
      LIENTHONG_EVIDENCE_KEY: 'z'.repeat(32),
      PATH: '/bin',
    };
    expect(readEnvironment(env)).toEqual({
      port: 0,
      host: '0.0.0.0',
      config: 'a.yaml',
      data: '/srv/lt',
      databaseUrl: env.DATABASE_URL,
      databaseMigrateUrl: env.DATABASE_MIGRATE_URL,
      cacheUrl: env.CACHE_URL,
      logLevel: 'debug',
      adminToken: env.LIENTHONG_ADMIN_TOKEN,
      ledgerKey: env.LIENTHONG_LEDGER_KEY,
      evidenceKey: env.LIENTHONG_EVIDENCE_KEY,
    });
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '80a'],
    ['DATABASE_URL', 'mysql://u:bi-mat@db/lt'],
    ['CACHE_URL', 'http://bi-mat@cache'],
    ['LOG_LEVEL', 'loud'],
    ['LIENTHONG_ADMIN_TOKEN', 'bi-mat'],
  ])('is refused by name and without its value: %s=%s', (name, value) => {
    const refused = () => readEnvironment({ [name]: value });
    expect(refused).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', data: { variables: [name] } }));
    expect(refused).not.toThrow(/bi-mat/);
  });
});
