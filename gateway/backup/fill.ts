import { CodedError } from '../../schemas/errors.ts';
import { type Intake, RowSum, type TableShape } from '../store/copying.ts';
import type { Sums } from './archive.ts';

/** Reads everything back that was taken in. Throws INTERNAL where it is not what was handed over. */
export async function verifyIntake(intake: Intake, shapes: readonly TableShape[], sums: Sums): Promise<void> {
  for (const shape of shapes) {
    const sum = new RowSum();
    for await (const batch of intake.rows(shape)) for (const row of batch) sum.add(row);
    const wanted = sums.get(shape.table);
    if (sum.count !== wanted?.rows || sum.hex !== wanted.sum)
      throw new CodedError(
        'INTERNAL',
        `Bảng ${shape.table} đọc lại không giống bản gốc (${sum.count} dòng, cần ${wanted?.rows ?? 0}); không có gì được phục hồi.`,
      );
  }
}
