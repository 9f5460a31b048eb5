import { randomBytes } from 'node:crypto';
import type { Instant } from '../../schemas/instant.ts';

const HOUR = 60 * 60_000;
const LASTS = 8 * HOUR;
const MOST = 100;

export interface Session {
  readonly id: string;
  /** Stands in every form; another site can't know it. */
  readonly csrf: string;
  readonly until: Instant;
}

/** Who has shown the operator's token to this process. Kept in memory: a restart asks again. */
export class Sessions {
  readonly #open = new Map<string, Session>();

  start(now: Instant): Session {
    const [oldest] = this.#open.keys();
    if (this.#open.size >= MOST && oldest !== undefined) this.#open.delete(oldest);
    const session = { id: secret(), csrf: secret(), until: now + LASTS };
    this.#open.set(session.id, session);
    return session;
  }

  find(id: string | undefined, now: Instant): Session | undefined {
    const session = id === undefined ? undefined : this.#open.get(id);
    if (session && session.until > now) return session;
    if (session) this.#open.delete(session.id);
    return undefined;
  }

  end(id: string): void {
    this.#open.delete(id);
  }
}

function secret(): string {
  return randomBytes(24).toString('base64url');
}
