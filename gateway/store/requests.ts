import type { Instant } from '../../schemas/instant.ts';

/** One request we made to a site; each site can read its own. */
export interface RequestRow {
  readonly at: Instant;
  readonly source: string;
  readonly host: string;
  readonly method: string;
  /** Without userinfo and query secrets. */
  readonly url: string;
  /** HTTP status, or the error code when there was no answer. */
  readonly outcome: string;
  readonly bytes: number;
  readonly milliseconds: number;
  readonly notModified: boolean;
}

export interface RequestRoom {
  /** Buffered by the caller; one transaction at most a second. */
  write(rows: readonly RequestRow[]): Promise<void>;
  newest(source: string, limit: number): Promise<readonly RequestRow[]>;
  prune(before: Instant): Promise<number>;
}
