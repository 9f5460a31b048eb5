import { RowSum } from '../store/copying.ts';
import { openIntake, openSnapshot, type Place } from '../store/open-copying.ts';
import type { OnProgress } from './archive.ts';
import { verifyIntake } from './fill.ts';

/**
 * Copies a store into an empty one of either engine, all or nothing, and reads it back. The epoch stays: cursors go on. Gives
 * the number of rows. Throws NOT_FOUND, CONFLICT.
 */
export async function copyStore(
  from: Place,
  to: Place,
  onProgress: OnProgress = () => undefined,
): Promise<{ readonly rows: number; readonly head: number }> {
  const snapshot = await openSnapshot(from);
  try {
    const intake = await openIntake(to, snapshot.version);
    try {
      const sums = new Map<string, { rows: number; sum: string }>();
      for (const shape of snapshot.tables) {
        const sum = new RowSum();
        await intake.begin(shape);
        for await (const batch of snapshot.rows(shape)) {
          for (const row of batch) sum.add(row);
          await intake.add(shape, batch);
          onProgress(shape.table, sum.count);
        }
        sums.set(shape.table, { rows: sum.count, sum: sum.hex });
      }
      await verifyIntake(intake, snapshot.tables, sums);
      await intake.finish(snapshot.epoch);
      return { rows: [...sums.values()].reduce((total, { rows }) => total + rows, 0), head: snapshot.head };
    } catch (thrown) {
      await intake.abandon();
      throw thrown;
    }
  } finally {
    await snapshot.close();
  }
}
