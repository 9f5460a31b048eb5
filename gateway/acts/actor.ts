import { CodedError } from '../../schemas/errors.ts';

/** Who acts and why; both go into the ledger. */
export interface By {
  /** `operator`, `key:<id>`, `publisher:<site>`. */
  readonly actor: string;
  readonly reason: string;
}

const LONGEST = 2_000;

/** Nothing is done without a reason that a later reader can use. */
export function checkReason({ reason }: By): void {
  const length = reason.trim().length;
  if (length >= 3 && length <= LONGEST) return;
  throw new CodedError('BAD_INPUT', `A reason of 3 to ${LONGEST} characters is needed.`, {
    data: { vi: `Cần ghi lý do, từ 3 đến ${LONGEST} ký tự.` },
  });
}
