import { createHash } from 'node:crypto';
import type { Instant } from '../../schemas/instant.ts';
import { keyOf } from './addresses.ts';

const HOUR = 60 * 60 * 1000;
/** Articles remembered; each takes 19 characters of a checkpoint's 16 KB. */
const MOST = 660;
const WIDTH = { key: 6, row: 4, page: 4, at: 4 } as const;
const ENTRY = WIDTH.key + WIDTH.row + WIDTH.page + WIDTH.at + 1;
/** An article that is still on its list is read again this long after it was last read: corrections come early. */
const AGAIN = [1, 6, 24, 72, 168].map(hours => hours * HOUR);
/** A page that could not be read is tried again after so long, three times. */
const RETRY = [1, 6, 24].map(hours => hours * HOUR);

/** What is known of one article's address. */
export interface Known {
  /** Digest of its list's words. */
  readonly row: string;
  /** Digest of what its page said. */
  readonly page: string;
  /** To the hour. */
  readonly at: Instant;
  /** `0`–`5`: times it was read again unchanged; `a`–`d`: times it failed; `n`: no item, or too old. */
  readonly state: string;
}

/** Which articles were read, and when; small enough for a checkpoint. Forgets those it saw first when it is full. */
export class Memory {
  readonly #known: Map<string, Known>;
  /** Something was forgotten, so an unknown address may be an old one. */
  forgot: boolean;

  constructor(packed: string, forgot: boolean) {
    this.#known = unpack(packed);
    this.forgot = forgot;
  }

  get(link: string): Known | undefined {
    return this.#known.get(hashOf(keyOf(link)));
  }

  set(link: string, { row, page, at, state }: Known): void {
    const key = hashOf(keyOf(link));
    this.#known.set(key, {
      row: row.slice(0, WIDTH.row).padEnd(WIDTH.row, '-'),
      page: page.slice(0, WIDTH.page).padEnd(WIDTH.page, '-'),
      at: Math.floor(at / HOUR) * HOUR,
      state,
    });
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST) break;
      this.#known.delete(oldest);
      this.forgot = true;
    }
  }

  /** Is there reason to open it: never seen, another row, or a failure whose time to try again has come? */
  isNew(link: string, row: string, now: Instant): boolean {
    const known = this.get(link);
    if (known === undefined || known.row !== row.slice(0, WIDTH.row)) return true;
    const wait = RETRY['abcd'.indexOf(known.state)];
    return wait !== undefined && now - known.at >= wait;
  }

  /** Did reading it fail, so that its list has to be looked at again? */
  isPending(link: string): boolean {
    const state = this.get(link)?.state;
    return state !== undefined && RETRY['abcd'.indexOf(state)] !== undefined;
  }

  /** Has the time come to see whether it was corrected? */
  isDueAgain(link: string, now: Instant): boolean {
    const known = this.get(link);
    const wait = known && AGAIN[Number(known.state)];
    return known !== undefined && wait !== undefined && now - known.at >= wait;
  }

  pack(): string {
    return [...this.#known]
      .map(([key, { row, page, at, state }]) => {
        const hours = Math.floor(at / HOUR)
          .toString(36)
          .padStart(WIDTH.at, '0')
          .slice(-WIDTH.at);
        return key + row + page + hours + state;
      })
      .join('');
  }
}

/** The state after one more failure. */
export function failedAgain(known: Known | undefined): string {
  const times = 'abcd'.indexOf(known?.state ?? 'none');
  return 'abcd'[Math.min(times + 1, 3)] ?? 'd';
}

/** The state after it was read again and found the same. */
export function sameAgain({ state }: Known): string {
  return String(Math.min(Number(state) + 1, AGAIN.length));
}

function unpack(packed: string): Map<string, Known> {
  const known = new Map<string, Known>();
  for (let at = 0; at + ENTRY <= packed.length; at += ENTRY) {
    const one = packed.slice(at, at + ENTRY);
    const places = [WIDTH.key, WIDTH.key + WIDTH.row, WIDTH.key + WIDTH.row + WIDTH.page] as const;
    known.set(one.slice(0, places[0]), {
      row: one.slice(places[0], places[1]),
      page: one.slice(places[1], places[2]),
      at: Number.parseInt(one.slice(places[2], -1), 36) * HOUR,
      state: one.slice(-1),
    });
  }
  return known;
}

/** 36 bits: among 660, one in a hundred million new addresses is taken for a known one. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, WIDTH.key);
}
