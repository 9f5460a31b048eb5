import type { Instant } from '../../schemas/instant.ts';
import type { SourceState } from '../../schemas/source.ts';

export interface Lease {
  readonly source: string;
  /** Unguessable; only its holder can renew, finish or store under it. */
  readonly token: string;
  readonly until: Instant;
}

/** How a harvest ended, for the source's next turn. */
export interface WorkOutcome {
  readonly next: Instant;
  readonly interval: number;
  readonly succeeded: boolean;
  /** Nothing was asked (a circuit was open, the host rests): neither a success nor a failure of this source. */
  readonly unasked?: true;
  readonly changed: boolean;
  readonly error?: { readonly code: string; readonly message: string };
  readonly strictReader?: SourceState['strictReader'];
}

/** A harvest that came to its end. */
export interface Ended {
  readonly lease: Lease;
  readonly outcome: WorkOutcome;
}

/** What is due, leased, failed and next. All times are by the database's clock. */
export interface WorkRoom {
  /** Makes the known sources equal to these: new ones are due at once, missing ones are paused with `left`. */
  register(sources: readonly { readonly name: string; readonly interval: number }[]): Promise<void>;
  /** Takes up to `limit` due sources that nobody holds, for `ttl` milliseconds. Never the same to two callers. */
  lease(limit: number, ttl: number): Promise<readonly Lease[]>;
  /** Takes one named source, due or not; undefined when somebody holds it or it is unknown. */
  leaseOne(source: string, ttl: number): Promise<Lease | undefined>;
  /** False when the lease was lost. */
  renew(lease: Lease, ttl: number): Promise<boolean>;
  /** One transaction for all of them. An outcome whose lease was lost is left out. */
  finish(ended: readonly Ended[]): Promise<void>;
  /** Gives the source back as it was, due at once: for a graceful stop. */
  giveBack(lease: Lease): Promise<void>;
  /** Ends a lease that was no harvest: when the source is due stays as it is. */
  release(lease: Lease): Promise<void>;
  /** Due now, whatever its interval, and once more at its end when it is being harvested; false when unknown. */
  request(source: string): Promise<boolean>;
  pause(
    source: string,
    pause: { readonly until?: Instant; readonly reason: string } | undefined,
  ): Promise<boolean>;
  states(): Promise<readonly SourceState[]>;
  /** One of them; undefined when it isn't registered. */
  state(source: string): Promise<SourceState | undefined>;
  checkpoint(source: string): Promise<{ readonly connector: string; readonly value: unknown } | undefined>;
}

export interface WorkWriter {
  /** Throws when the lease is no longer the caller's: the batch must not be stored. */
  checkpoint(lease: Lease, connector: string, value: unknown): Promise<void>;
  /** Counts new and changed items for `SourceState.harvested`. */
  count(source: string, stored: number): Promise<void>;
}
