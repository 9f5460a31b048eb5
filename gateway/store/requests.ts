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

export interface RequestTally {
  readonly source: string;
  /** HTTP status, or the error code when there was no answer. */
  readonly outcome: string;
  readonly requests: number;
  readonly notModified: number;
  readonly bytes: number;
}

export interface RequestRoom {
  /** Buffered by the caller; one transaction at most a second. */
  write(rows: readonly RequestRow[]): Promise<void>;
  newest(source: string, limit: number): Promise<readonly RequestRow[]>;
  /** Requests of these sources since then, added up by source and outcome. */
  tally(sources: readonly string[], since: Instant): Promise<readonly RequestTally[]>;
  prune(before: Instant): Promise<number>;
}
