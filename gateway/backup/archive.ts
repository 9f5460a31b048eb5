import { z } from 'zod';

/**
 * A back-up as one file: gzip (RFC 1952) of UTF-8 lines, each one JSON value.
 *
 *   the header                     an object, `format` first
 *   { "table", "columns", "last" } then its rows, each an array in the order of the columns,
 *   { "end", "rows", "sum" }       and this line after them; `sum` is RowSum's over its rows
 *   { "closing": true, … }         the last line; without it the archive is incomplete
 *
 * Nothing in it belongs to a database engine. `sha256` of the closing line is over every byte before that line.
 */
export const FORMAT = 'lienthong-archive';
export const VERSION = 1;

export const headerShape = z.object({
  format: z.literal(FORMAT),
  version: z.number(),
  /** RFC 3339: the moment whose state this is. */
  made: z.string(),
  program: z.string(),
  engine: z.enum(['sqlite', 'postgres']),
  /** The newest step of the store's tables, its epoch, and the number of its newest change. */
  store: z.object({ version: z.number(), epoch: z.string(), head: z.number() }),
});
export type Header = z.infer<typeof headerShape>;

export const tableShape = z.object({
  table: z.string(),
  columns: z.array(z.string()),
  last: z.number().optional(),
});
export const endShape = z.object({ end: z.string(), rows: z.number(), sum: z.string() });
export const closingShape = z.object({
  closing: z.literal(true),
  tables: z.number(),
  rows: z.number(),
  sha256: z.string(),
});

/** Rows and sum of each table. */
export type Sums = ReadonlyMap<string, { readonly rows: number; readonly sum: string }>;

/** What an archive is known by in the ledger. */
export interface Known {
  readonly header: Header;
  readonly sha256: string;
  readonly rows: number;
  readonly sums: Sums;
}

/** Called now and then while rows pass. */
export type OnProgress = (table: string, rows: number) => void;
