import type { Instant } from '../../schemas/instant.ts';

/** How many requests a key may make in a time, in milliseconds; counted by each process for itself. */
export interface Quota {
  readonly requests: number;
  readonly per: number;
}

/** An API key; the key itself is shown once and kept only as its SHA-256. */
export interface ApiKey {
  /** Public name of the key, part of the key's text. */
  readonly id: string;
  readonly title: string;
  /** `read`, `operate`, `site:<id>`, `fulltext:<site>`. */
  readonly scopes: readonly string[];
  readonly created: Instant;
  readonly revoked?: Instant;
  /** From then on it opens nothing. */
  readonly expires?: Instant;
  readonly quota?: Quota;
  /** When it was last used, to a minute. */
  readonly used?: Instant;
  /** Until then the secret before the last rotation is good too. */
  readonly graceUntil?: Instant;
}

export interface KeyRoom {
  create(key: ApiKey, hash: string): Promise<void>;
  /** By the hash of its secret, or of the one before: `old` says so. */
  byHash(hash: string): Promise<(ApiKey & { readonly old?: true }) | undefined>;
  list(): Promise<readonly ApiKey[]>;
  revoke(id: string): Promise<boolean>;
  /** Another secret from now on; the present one is good until `graceUntil`. False when no key in use has the id. */
  rotate(id: string, hash: string, graceUntil: Instant): Promise<boolean>;
  /** Was used then; an earlier use than the one known changes nothing. */
  touch(id: string, at: Instant): Promise<void>;
}
