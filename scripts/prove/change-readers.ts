import { pause } from '../../gateway/e2e/run-gateway.ts';
import { decodeCursor } from '../../schemas/cursor.ts';

/** One row of `/changes`, as far as it is looked at here. */
interface Row {
  readonly cursor: string;
  readonly kind: 'put' | 'tombstone';
  readonly id: string;
  readonly item?: { readonly title: string };
}

/**
 * Somebody who follows the change feed and believes nothing: numbers must grow, an item's version must never go back.
 * It holds what it was told, so that at the end a miss shows.
 */
export class ChangeReader {
  readonly name: string;
  readonly query: string;
  readonly held = new Map<string, number>();
  /** What can't be. */
  readonly faults: string[] = [];
  seen = 0;
  /** Answers that were none: a connection of the gateway was cut just then. */
  refused = 0;
  cursor = '';
  upToDate = false;
  readonly #newest = new Map<string, number>();
  #number = 0;

  constructor(name: string, query: string) {
    this.name = name;
    this.query = query;
  }

  get number(): number {
    return this.#number;
  }

  take({ cursor, kind, id, item }: Row): void {
    this.seen += 1;
    const { number } = decodeCursor(cursor);
    if (number <= this.#number) this.#fault(`${number} came after ${this.#number}`);
    this.moveTo(cursor);
    if (kind === 'tombstone') {
      this.held.delete(id);
      return;
    }
    const version = Number(item?.title.split('#')[1]);
    if (version < (this.#newest.get(id) ?? 0)) this.#fault(`${item?.title} came after a newer version`);
    this.#newest.set(id, version);
    this.held.set(id, version);
  }

  moveTo(cursor: string): void {
    const { number } = decodeCursor(cursor);
    if (number < this.#number) this.#fault(`the cursor went back from ${this.#number} to ${number}`);
    this.#number = number;
    this.cursor = cursor;
  }

  #fault(text: string): void {
    if (this.faults.length < 20) this.faults.push(`${this.name}: ${text}`);
  }
}

/** Asks page after page until told to stop; the page that was asked for when told is read to its end. */
export async function readPages(
  reader: ChangeReader,
  gateways: readonly string[],
  stop: AbortSignal,
): Promise<void> {
  for (let turn = 0; !stop.aborted; turn += 1) {
    // Now of one replica, now of another: a cursor is good everywhere.
    const gateway = gateways[turn % gateways.length];
    const since = reader.cursor && `&since=${reader.cursor}`;
    try {
      const answer = await fetch(`${gateway}/changes?limit=500${reader.query}${since}`);
      if (!answer.ok) throw new Error(await answer.text());
      const page = (await answer.json()) as { changes: Row[]; cursor: string; upToDate: boolean };
      for (const row of page.changes) reader.take(row);
      reader.moveTo(page.cursor);
      reader.upToDate = page.upToDate;
      if (page.upToDate) await pause(20);
    } catch {
      reader.refused += 1;
      await pause(100);
    }
  }
}

/** The same by server-sent events, going on from the last id whenever the stream ends. */
export async function readStream(
  reader: ChangeReader,
  gateways: readonly string[],
  stop: AbortSignal,
): Promise<void> {
  for (let turn = 0; !stop.aborted; turn += 1) {
    const gateway = gateways[turn % gateways.length];
    const last = reader.cursor === '' ? {} : { 'Last-Event-ID': reader.cursor };
    const headers = { Accept: 'text/event-stream', ...last };
    // A stream is left after some seconds: going on from the last id is what is to be proven.
    const signal = AbortSignal.any([stop, AbortSignal.timeout(5_000)]);
    try {
      const answer = await fetch(`${gateway}/changes?backfill=1${reader.query}`, { headers, signal });
      if (!answer.ok || !answer.body) throw new Error(String(answer.status));
      let text = '';
      for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
        const blocks = (text + chunk).split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) takeEvent(reader, block);
      }
    } catch {
      if (!signal.aborted) {
        reader.refused += 1;
        await pause(100);
      }
    }
  }
}

function takeEvent(reader: ChangeReader, block: string): void {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
  const data = field('data');
  const id = field('id');
  if (data !== undefined && field('event') !== 'error') reader.take(JSON.parse(data));
  else if (id !== undefined) reader.moveTo(id);
}
