import type { OnProgress } from './archive.ts';

/** Milliseconds between two lines. */
const EVERY = 2_000;

/** Says on the error stream how far it is, every two seconds, so that what is quick stays silent. */
export function openProgress(): OnProgress {
  let told = Date.now();
  let current = '';
  let before = 0;
  let all = 0;
  return (table, rows) => {
    if (table !== current) [current, before] = [table, 0];
    all += rows - before;
    before = rows;
    if (Date.now() - told < EVERY) return;
    told = Date.now();
    console.error(`… ${table}: ${rows} dòng (tổng ${all})`);
  };
}
