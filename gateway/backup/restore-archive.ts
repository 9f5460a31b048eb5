import { randomUUID } from 'node:crypto';
import type { Intake, TableShape } from '../store/copying.ts';
import { openIntake, type Place } from '../store/open-copying.ts';
import type { Known, OnProgress } from './archive.ts';
import { ChainCheck } from './chain-check.ts';
import { verifyIntake } from './fill.ts';
import { readArchive } from './read-archive.ts';

export interface Restored extends Known {
  /** The ledger as the archive has it. */
  readonly chain: Pick<ChainCheck, 'head' | 'rows' | 'broken'>;
}

/**
 * Restores an archive into an empty store, all or nothing: the archive verified to its end, everything read back and compared,
 * then opened with a new epoch, so that nobody goes on from a cursor of the old one. Throws BAD_INPUT and CONFLICT.
 */
export async function restoreArchive(
  file: string,
  place: Place,
  {
    onProgress = () => undefined,
    check = () => undefined,
  }: {
    readonly onProgress?: OnProgress;
    /** Last word before anything is there to be seen: what it throws leaves nothing. */
    readonly check?: (chain: ChainCheck) => void;
  } = {},
): Promise<Restored> {
  const chain = new ChainCheck();
  const shapes: TableShape[] = [];
  const target: { intake?: Intake } = {};
  const intakeOf = () => target.intake as Intake;
  try {
    let rows = 0;
    const known = await readArchive(file, {
      async header({ store }) {
        target.intake = await openIntake(place, store.version);
      },
      async table(shape) {
        shapes.push(shape);
        rows = 0;
        await intakeOf().begin(shape);
      },
      async rows(shape, batch) {
        if (shape.table === 'ledger') chain.add(shape, batch);
        await intakeOf().add(shape, batch);
        rows += batch.length;
        onProgress(shape.table, rows);
      },
    });
    chain.end();
    check(chain);
    await verifyIntake(intakeOf(), shapes, known.sums);
    await intakeOf().finish(randomUUID());
    return { ...known, chain };
  } catch (thrown) {
    await target.intake?.abandon();
    throw thrown;
  }
}
