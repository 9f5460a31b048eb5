import { Worker } from 'node:worker_threads';
import { afterEach, expect, it } from '@jest/globals';
import { createReadingPool, type ReadingPool } from './reading-pool.ts';

let pool: ReadingPool;
afterEach(() => pool.close());

/** A thread that starts after `slow` milliseconds and then does what a task says: waits, or answers. */
function startSlowly(slow: number) {
  return () =>
    new Worker(
      `const { parentPort } = require('node:worker_threads');
       setTimeout(() => {
         parentPort.on('message', task => task === 'hang' ? setInterval(() => {}, 1e6) : parentPort.postMessage({ value: task }));
         parentPort.postMessage('ready');
       }, ${slow});`,
      { eval: true },
    );
}

it('counts a document’s time from when its thread listens, not from when it was started', async () => {
  pool = createReadingPool(1, startSlowly(600));
  expect(await pool.run('text', 300)).toBe('text');
});

it('kills a thread whose document takes too long, and reads the next in another', async () => {
  pool = createReadingPool(1, startSlowly(0));
  const [hung, next] = await Promise.allSettled([pool.run('hang', 200), pool.run('text', 5_000)]);
  expect(hung).toMatchObject({ reason: { code: 'READING_TIMED_OUT' } });
  expect(next).toEqual({ status: 'fulfilled', value: 'text' });
});
