import type { IncomingMessage, ServerResponse } from 'node:http';
import { ByRevision } from '../publish/by-revision.ts';

/** Where `response.locals` carries a `Keep`. */
export const KEEP = 'keep';

/** Says that this answer may be given again for as long as `good` holds and the store has not moved. */
export type Keep = (good: () => boolean) => void;

export function isKeep(value: unknown): value is Keep {
  return typeof value === 'function';
}

interface Kept {
  readonly headers: readonly string[];
  /** One character a byte: a string goes out with its head in one write. */
  readonly body: string;
  readonly good: () => boolean;
}

/** Bytes of all kept answers, and of one. */
const MOST = 32 * 1024 * 1024;
const LARGEST = 1024 * 1024;
/** What one costs besides its bytes. */
const OVERHEAD = 1024;

/** Answers to operations as they went out, byte for byte, by what was asked and by whom. */
export class KeptAnswers {
  readonly #kept = new ByRevision<Kept>(MOST, ({ body }, key) => OVERHEAD + key.length + body.length);

  get size(): { readonly answers: number; readonly bytes: number } {
    return this.#kept.size;
  }

  clear(): void {
    this.#kept.clear();
  }

  /** Answers with what is kept of this revision, which the caller has just asked the store for. */
  give(key: string, revision: number, response: ServerResponse): boolean {
    this.#kept.moveTo(revision);
    const kept = revision === this.#kept.revision ? this.#kept.get(key) : undefined;
    if (!kept) return false;
    if (!kept.good()) {
      this.#kept.drop(key);
      return false;
    }
    response.writeHead(200, kept.headers as string[]).end(kept.body, 'latin1');
    return true;
  }

  /** Watches one answer go out; when whoever makes it says that it may be kept, it is. */
  watch(key: string, revision: number, response: ServerResponse): void {
    let good: (() => boolean) | undefined;
    const keep: Keep = said => {
      good = said;
    };
    Object.assign(response, { locals: { [KEEP]: keep } });
    const end = response.end;
    response.end = (...given: unknown[]) => {
      const [chunk, encoding] = given;
      const body = good && wholeBody(response, chunk, encoding);
      if (good && body) {
        this.#kept.keep(key, { headers: headersOf(response), body: body.toString('latin1'), good }, revision);
      }
      return Reflect.apply(end, response, given);
    };
  }
}

/** What is asked and how, or undefined where it can't be a repeat of anything that is kept. */
export function keyOf(request: IncomingMessage, body: Buffer | undefined, who: string): string | undefined {
  const { headers, method, url } = request;
  if (headers['if-none-match'] !== undefined || headers['if-modified-since'] !== undefined) return undefined;
  const told = [method, url, who, headers.accept, headers['content-type'], headers['accept-encoding']];
  // One character a byte: equal keys are equal bytes.
  return `${told.join('\n')}\n\n${body?.toString('latin1') ?? ''}`;
}

/** The body where it goes out in one piece with 200; one that was written in parts is not kept. */
function wholeBody(response: ServerResponse, chunk: unknown, encoding: unknown): Buffer | undefined {
  if (response.statusCode !== 200 || response.headersSent) return undefined;
  const body =
    typeof chunk === 'string'
      ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
      : chunk;
  if (!Buffer.isBuffer(body) || body.length > LARGEST) return undefined;
  return Number(response.getHeader('content-length')) === body.length ? body : undefined;
}

/** Names and values in turn, which Node writes without looking twice. Its own (Date, Connection) it adds each time. */
/** Node's types give the names as they were written to clients' requests only; answers have them as well. */
type WithRawNames = ServerResponse & { getRawHeaderNames(): string[] };

function headersOf(response: ServerResponse): readonly string[] {
  return (response as WithRawNames).getRawHeaderNames().flatMap(name => {
    const value = response.getHeader(name);
    return value === undefined ? [] : [value].flat().flatMap(one => [name, String(one)]);
  });
}
