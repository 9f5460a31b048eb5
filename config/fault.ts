import { CodedError } from '../schemas/errors.ts';

/** One thing an operator's file got wrong (or might have), told so that it can be put right at once. */
export interface Fault {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** `sites[0].sources[2].options.url`. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

/** A fault before it has a place in the text. */
export interface Finding {
  readonly at: readonly PropertyKey[];
  /** The key itself is what is wrong, not its value. */
  readonly onKey?: boolean;
  readonly message: string;
  readonly remedy: string;
}

/** CONFIG_INVALID that shows every fault, one a line, in the order of the file. `data.faults` has them as data. */
export function configInvalid(file: string, faults: readonly Fault[]): CodedError {
  const lines = faults.map(fault => `  ${showFault(file, fault)}`);
  const head = `Tệp cấu hình có ${faults.length} lỗi:`;
  return new CodedError('CONFIG_INVALID', [head, ...lines].join('\n'), { data: { file, faults } });
}

/** `federation.yaml:12:5 sites[0].kind: … Cách sửa: …` */
export function showFault(file: string, fault: Fault): string {
  const place = `${file}:${fault.line}:${fault.column}`;
  return `${place} ${fault.path || '(cả tệp)'}: ${fault.message} Cách sửa: ${fault.remedy}`;
}

/** `['sites', 0, 'id']` → `sites[0].id`; keys that are no plain words are quoted. */
export function showPath(at: readonly PropertyKey[]): string {
  let shown = '';
  for (const step of at) {
    if (typeof step === 'number') shown += `[${step}]`;
    else if (/^[\w-]+$/.test(String(step))) shown += shown === '' ? String(step) : `.${String(step)}`;
    else shown += `[${JSON.stringify(String(step))}]`;
  }
  return shown;
}
