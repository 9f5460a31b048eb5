export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly against: string;
  /** Ours against theirs; absent where nothing stands beside it. */
  readonly ratio?: number;
  readonly budget: string;
}

export function printTable(rows: readonly Row[]): void {
  const cells = rows.map(({ what, ours, against, ratio, budget }) => [
    what,
    ours,
    against,
    ratio === undefined ? '' : ratio.toFixed(2),
    budget,
  ]);
  const all = [['what', 'ours', 'against', 'ratio', 'budget'], ...cells];
  const widths = all.reduce(
    (most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, cell.length)),
    [] as number[],
  );
  for (const row of all) console.log(row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  '));
}

export const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en')}/s`;
export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
