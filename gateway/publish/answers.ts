import { CodedError } from '../../schemas/errors.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Store } from '../store/store.ts';
import { type Answer, type Document, prepare } from './answer.ts';
import { ByRevision } from './by-revision.ts';

export interface Served {
  readonly answer: Answer;
  /** Milliseconds since the store last confirmed it; only when the store doesn't answer now. */
  readonly age?: number;
}

export interface AnswersOptions {
  readonly now: () => Instant;
  /** Milliseconds that last answers may be served without the store. */
  readonly serveStale: number;
  /** Bytes kept, all encodings counted. */
  readonly maxBytes?: number;
}

/** What was sent once stands in memory twice: as bytes, and as they are sent. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Answers of the store's present revision, made once each. A new revision drops all of them, so nothing that was
 * withdrawn outlives its tombstone's commit; a revision is asked for before each answer.
 */
export class Answers {
  readonly #store: Pick<Store, 'revision'>;
  readonly #options: AnswersOptions;
  readonly #kept: ByRevision<Answer>;
  readonly #making = new Map<string, Promise<Answer>>();
  #confirmed: Instant = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: Pick<Store, 'revision'>, options: AnswersOptions) {
    this.#store = store;
    this.#options = options;
    this.#kept = new ByRevision(options.maxBytes ?? MAX_BYTES, weigh);
  }

  async get(key: string, make: () => Promise<Document>): Promise<Served> {
    try {
      this.#moveTo(await withinPatience(this.#store.revision()));
    } catch (cause) {
      return this.#stale(key, cause);
    }
    return { answer: this.#fresh(key) ?? (await this.#make(key, make)) };
  }

  /** For metrics and tests. */
  get size(): { readonly answers: number; readonly bytes: number } {
    return this.#kept.size;
  }

  /** Drops all; what is being made still answers who waits for it. */
  clear(): void {
    this.#kept.clear();
  }

  #moveTo(revision: number): void {
    this.#confirmed = this.#options.now();
    if (this.#kept.moveTo(revision)) this.#making.clear();
  }

  #fresh(key: string): Answer | undefined {
    const kept = this.#kept.get(key);
    if (kept?.validUntil === undefined || kept.validUntil > this.#options.now()) return kept;
    this.#kept.drop(key);
    return undefined;
  }

  #make(key: string, make: () => Promise<Document>): Promise<Answer> {
    const running = this.#making.get(key);
    if (running) return running;
    const revision = this.#kept.revision;
    const making = this.#inTurn().then(make).then(prepare);
    this.#making.set(key, making);
    const settle = (answer?: Answer) => {
      if (this.#making.get(key) !== making) return;
      this.#making.delete(key);
      if (answer) this.#kept.keep(key, answer, revision);
    };
    making.then(settle, () => settle());
    return making;
  }

  /**
   * One making begins a turn of the event loop: an embedded store answers without ever leaving the thread, so all the
   * feeds that a new revision asks for would otherwise be made in one go while everybody else waits.
   */
  #inTurn(): Promise<void> {
    const turn = this.#turn.then(() => new Promise<void>(resolve => setImmediate(resolve)));
    this.#turn = turn;
    return turn;
  }

  /** A replica cut off from its store: its last answers, for a while, marked with their age; then none. */
  #stale(key: string, cause: unknown): Served {
    const age = this.#options.now() - this.#confirmed;
    const kept = this.#kept.peek(key);
    if (kept && age <= this.#options.serveStale) return { answer: kept, age };
    throw new CodedError('UNAVAILABLE', 'The store does not answer; try again in a minute.', { cause });
  }
}

/** Milliseconds after which a store that says nothing counts as one that is down. */
const PATIENCE = 2_000;

/** The store's revision, or a refusal when it says nothing for two seconds. */
export function withinPatience(revision: Promise<number>): Promise<number> {
  return new Promise((resolve, reject) => {
    let answered = false;
    const settle = <T>(how: (value: T) => void) => {
      return (value: T) => {
        answered = true;
        how(value);
      };
    };
    revision.then(settle(resolve), settle(reject));
    // A store that knows answers before the thread does anything else: no timer is made then.
    queueMicrotask(() => {
      if (!answered) rejectLate(reject, () => answered);
    });
  });
}

function rejectLate(reject: (reason: Error) => void, answered: () => boolean): void {
  const timer = setTimeout(() => {
    if (!answered()) reject(new Error('The store says nothing.'));
  }, PATIENCE);
  timer.unref();
}

/** Roughly what an answer costs besides its bytes: many small ones must not fill the memory uncounted. */
export const OVERHEAD = 1024;

function weigh({ bodies }: Answer): number {
  return OVERHEAD + bodies.identity.length + (bodies.gzip?.length ?? 0) + (bodies.br?.length ?? 0);
}
