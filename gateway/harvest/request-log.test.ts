import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { RequestRow } from '../store/requests.ts';
import { createRequestLog, type RequestLogOptions } from './request-log.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };

function row(n: number): RequestRow {
  const rest = { source: 'a/b', host: 'a.test', method: 'GET', url: `http://a.test/${n}`, outcome: '200' };
  return { at: n, ...rest, bytes: 1, milliseconds: 1, notModified: false };
}

/** A room that keeps what is written, and can be told to refuse. */
function room(): { written: number[][]; refuse: boolean; options: Pick<RequestLogOptions, 'store' | 'log'> } {
  const kept = {
    written: [] as number[][],
    refuse: false,
    options: {
      log,
      store: {
        requests: {
          async write(rows: readonly RequestRow[]) {
            if (kept.refuse) throw new Error('database is locked');
            kept.written.push(rows.map(({ at }) => at));
          },
        },
      },
    },
  };
  return kept;
}

describe('the request log', () => {
  it('gathers rows into one write after a while, and is quiet when there are none', async () => {
    const { written, options } = room();
    const requests = createRequestLog({ ...options, every: 50 });
    for (let n = 0; n < 5; n += 1) requests.add(row(n));
    expect(written).toEqual([]);
    await pause(120);
    expect(written).toEqual([[0, 1, 2, 3, 4]]);
    requests.add(row(5));
    await pause(120);
    expect(written).toEqual([[0, 1, 2, 3, 4], [5]]);
    await requests.close();
    expect(written).toHaveLength(2);
  });

  it('writes at most once in its time, in batches, and all that is left at the end', async () => {
    const { written, options } = room();
    const requests = createRequestLog({ ...options, every: 10_000, batch: 3 });
    for (let n = 0; n < 8; n += 1) requests.add(row(n));
    await pause(30);
    expect(written).toEqual([]);
    await requests.close();
    expect(written).toEqual([
      [0, 1, 2],
      [3, 4, 5],
      [6, 7],
    ]);
  });

  it('keeps rows in order while the store refuses, tries again, and drops the oldest beyond its capacity', async () => {
    const kept = room();
    kept.refuse = true;
    const requests = createRequestLog({ ...kept.options, every: 20, capacity: 4 });
    for (let n = 0; n < 3; n += 1) requests.add(row(n));
    await pause(60);
    for (let n = 3; n < 7; n += 1) requests.add(row(n));
    expect(requests.dropped).toBe(3);
    kept.refuse = false;
    await pause(60);
    expect(kept.written.flat()).toEqual([3, 4, 5, 6]);
    await requests.close();
  });

  it('ends even when the store does not come back', async () => {
    const kept = room();
    kept.refuse = true;
    const requests = createRequestLog({ ...kept.options, every: 10 });
    requests.add(row(1));
    await requests.close();
    expect(kept.written).toEqual([]);
  });
});
