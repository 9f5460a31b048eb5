import { expect, it } from '@jest/globals';
import { openCache } from './cache.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const url = process.env.REDIS_URL_TEST ?? 'redis://127.0.0.1:6379/9';

it('shares what one replica wrote with another', async () => {
  const [one, two] = [openCache(url, silent), openCache(url, silent)];
  const key = `test:${Math.random()}`;
  await one.set(key, { rules: 'User-agent: *' }, 60_000);
  expect(await two.get(key)).toEqual({ rules: 'User-agent: *' });
  await Promise.all([one.close(), two.close()]);
});
