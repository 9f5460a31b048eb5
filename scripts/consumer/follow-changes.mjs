// @ts-check
// Follows the change feed of a Liên Thông gateway into any store of yours, each change with effect exactly once.
// One file, no dependency: copy it into your project. It runs as it stands on Node 20 and later, in browsers, Deno and
// Bun; its types are JSDoc, so a TypeScript project needs `allowJs` and nothing else. Apache-2.0.
//
// The place in the feed is written by your sink in the same transaction as the changes. So whoever dies, you or the
// gateway, at whatever moment: what was written is not asked for again, and what was not written is.

/**
 * A put: the item as it is now, an item of JSON Feed 1.1 with `_lienthong`. Its HTML is clean; its texts are not HTML.
 * @typedef {{ id: string, url: string, title?: string, content_html: string, summary?: string, image?: string,
 *   date_published?: string, date_modified?: string, authors?: { name: string, url?: string }[], tags?: string[],
 *   _lienthong: Record<string, any> } & Record<string, any>} Item
 * @typedef {{ kind: 'put', id: string, item: Item, cursor: string, at: string, backfill?: boolean }} Put
 *
 * A tombstone: take the item away, now.
 * @typedef {{ kind: 'tombstone', id: string, cursor: string, at: string,
 *   reason: 'hidden' | 'order' | 'withdrawn' | 'expired' | 'merged' | 'site-left', replacedBy?: string }} Tombstone
 *
 * What is to be done together or not at all. No item is in it twice. `from` and `to` are places: opaque, some hundred
 * characters. When `sweep` is true, rows whose generation is another one go too, after the puts.
 * @typedef {{ from: string | undefined, to: string, puts: Put[], tombstones: Tombstone[], generation: string,
 *   sweep: boolean }} Batch
 *
 * Where the changes go. `load` gives the place that was last written, undefined the first time. `apply` writes one
 * batch in one transaction, each put with the batch's generation, and the place `to`; when the stored place is not
 * `from`, another follower was there meanwhile: change nothing and return false.
 * @typedef {{ load(): Promise<string | undefined> | string | undefined,
 *   apply(batch: Batch): Promise<boolean | void> | boolean | void }} Sink
 *
 * @typedef {object} Options
 * @property {string} gateway address of the gateway, `https://tin.example.gov.vn`
 * @property {Sink} sink
 * @property {{ sites?: readonly string[], topics?: readonly string[], kinds?: readonly string[] }} [select] another
 *   selection than last time means reading everything again, which the follower does by itself
 * @property {string} [key] API key, sent as a bearer token
 * @property {boolean} [stream] hear of changes by server-sent events (true) or ask every so often (false)
 * @property {boolean} [once] return as soon as nothing is left to read
 * @property {number} [every] milliseconds between two questions when nothing is left, 10 000
 * @property {number} [limit] changes a page, 1 to 1000, 200
 * @property {number} [timeout] milliseconds for one answer, 30 000
 * @property {number} [maxBytes] of one answer, 32 MiB; a larger page is asked for in smaller ones
 * @property {number} [longestWait] milliseconds between two attempts after failures, 60 000
 * @property {AbortSignal} [signal] ends following; a batch that is being written is finished first
 * @property {(message: string, error?: unknown) => void} [log] what went wrong and is tried again
 * @property {typeof globalThis.fetch} [fetch]
 */

const STREAM_SILENCE = 45_000; // The gateway sends a comment every 15 s.
const STREAM_REST = 300_000; // How long to ask instead, where no stream can be had.
const BATCH_MOST = 500; // Events of a stream that are written together.
const LONGEST_RETRY_AFTER = 3_600_000;
const MAX_BYTES = 32 * 1024 * 1024;
const FOR_A_PERSON = ['BAD_INPUT', 'UNAUTHENTICATED', 'FORBIDDEN']; // Trying again would change nothing.
const HANDLED_ABOVE = ['RESYNC_REQUIRED', 'BAD_CURSOR', 'OVERTAKEN', 'SINK'];
const MAY_PASS = /^(?:NETWORK|UNAVAILABLE|INTERNAL|HTTP_5\d\d)$/; // A gateway that restarts is no reason to do without streams.

/** What the gateway answered instead of changes. `code` is one of its own, or NETWORK, NOT_CHANGES, TOO_LARGE. */
export class FollowError extends Error {
  /** @param {string} code @param {string} message @param {{ retryAfter?: number | undefined, cause?: unknown }} [more] */
  constructor(code, message, { retryAfter, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'FollowError';
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/**
 * Follows until `signal` says stop, or with `once` until nothing is left. Whatever may pass by itself is tried again,
 * with growing waits; rejects with a FollowError only where a person must mend something: BAD_INPUT (an unknown site,
 * topic or kind; a limit out of bounds), UNAUTHENTICATED or FORBIDDEN (the key).
 * @param {Options} options
 * @returns {Promise<void>}
 */
export async function followChanges(options) {
  const follower = new Follower(options);
  while (!follower.stopped) {
    try {
      const upToDate = await follower.readPage();
      if (upToDate && options.once) return;
      if (upToDate) await follower.waitForMore();
    } catch (error) {
      if (follower.stopped) return;
      await follower.recover(error);
    }
  }
}

class Follower {
  /** @param {Options} options */
  constructor(options) {
    const { gateway, select = {}, sink, log = () => undefined, signal } = options;
    this.options = options;
    this.sink = sink;
    this.log = log;
    this.signal = signal ?? new AbortController().signal;
    this.fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    this.select = selectionText(select);
    this.address = `${gateway.replace(/\/+$/, '').replace(/\/changes$/, '')}/changes`;
    this.most = options.limit ?? 200;
    this.limit = this.most;
    this.failures = 0;
    this.fromTheBeginning = false;
    /** How often since nothing was left to read. */
    this.startedOver = 0;
    this.noStreamUntil = 0;
    /** @type {Place | undefined} unknown until the sink has told */
    this.place = undefined;
    /** @type {string | undefined} as the sink has it */
    this.stored = undefined;
  }

  get stopped() {
    return this.signal.aborted;
  }

  /** One page into the sink; true when it was the last for now. */
  async readPage() {
    const place = await this.known();
    const page = checkPage(await this.ask(place.cursor));
    const sweep = place.sweeping && page.upToDate;
    const moved = page.cursor !== place.cursor || page.changes.length > 0 || sweep;
    if (!moved && !page.upToDate) throw notChanges('there is more, but the place does not move');
    const next = { ...place, cursor: page.cursor, sweeping: place.sweeping && !sweep };
    if (moved) await this.write(page.changes, next, sweep);
    this.failures = 0;
    this.limit = Math.min(this.most, Math.ceil(this.limit * 1.25));
    if (page.upToDate) this.startedOver = 0;
    return page.upToDate;
  }

  /** The place that the sink has; a new one where it has none, or one of another selection, or none that can be read. */
  async known() {
    if (this.place) return this.place;
    this.stored = (await this.sink.load()) ?? undefined;
    const place = readPlace(this.stored);
    if (this.stored !== undefined && place?.select !== this.select)
      this.log('The place belongs to another selection or is damaged: reading everything again.');
    this.place = place?.select === this.select && !this.fromTheBeginning ? place : newPlace(this.select);
    this.fromTheBeginning = false;
    return this.place;
  }

  /** @param {(Put | Tombstone)[]} changes @param {Place} next @param {boolean} sweep */
  async write(changes, next, sweep) {
    const latest = new Map();
    for (const change of changes) {
      latest.delete(change.id);
      latest.set(change.id, change);
    }
    const all = [...latest.values()];
    const to = JSON.stringify(next);
    const puts = all.filter(({ kind }) => kind === 'put');
    const tombstones = all.filter(({ kind }) => kind === 'tombstone');
    const batch = { from: this.stored, to, puts, tombstones, generation: next.generation, sweep };
    const written = await (async () => this.sink.apply(batch))().catch(cause => {
      throw new FollowError('SINK', `The sink failed: ${reasonOf(cause)}`, { cause });
    });
    if (written === false)
      throw new FollowError('OVERTAKEN', 'Another follower wrote to this sink meanwhile.');
    this.place = next;
    this.stored = to;
  }

  /** @param {string | undefined} cursor */
  async ask(cursor) {
    const query = this.query({ since: cursor, limit: String(this.limit) });
    const { timeout = 30_000, maxBytes = MAX_BYTES } = this.options;
    const clock = timer(timeout, this.signal);
    try {
      const response = await this.open(query, 'application/json', clock.signal);
      return JSON.parse(await readText(response, maxBytes));
    } catch (error) {
      // Large items, or a slow line: the same in smaller pages.
      if ((codeOf(error) === 'TOO_LARGE' || clock.late) && this.limit > 1)
        this.limit = Math.ceil(this.limit / 4);
      if (clock.late)
        throw new FollowError('NETWORK', `No whole answer within ${timeout} ms.`, { cause: error });
      if (error instanceof SyntaxError) throw notChanges('it is not JSON', error);
      throw error;
    } finally {
      clock.stop();
    }
  }

  /** @param {Record<string, string | undefined>} more */
  query(more) {
    const params = new URLSearchParams(this.select);
    for (const [name, value] of Object.entries(more)) if (value !== undefined) params.set(name, value);
    return params;
  }

  /**
   * A 200 answer; throws a FollowError for any other. Redirects are not followed: the key is meant for this host alone.
   * @param {URLSearchParams} query @param {string} accept @param {AbortSignal} signal @param {Record<string, string>} [more]
   */
  async open(query, accept, signal, more = {}) {
    const { key } = this.options;
    const headers = {
      Accept: accept,
      ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      ...more,
    };
    const url = `${this.address}?${query}`;
    const response = await this.fetch(url, { headers, signal, redirect: 'manual', cache: 'no-store' }).catch(
      error => {
        throw new FollowError('NETWORK', `The gateway can't be reached: ${reasonOf(error)}`, {
          cause: error,
        });
      },
    );
    if (response.status === 200) return response;
    throw await refusal(response);
  }

  async waitForMore() {
    const { stream = true, every = 10_000 } = this.options;
    if (!stream || Date.now() < this.noStreamUntil) return this.pause(every * (0.9 + Math.random() / 5));
    try {
      await this.listen();
    } catch (error) {
      if (this.stopped || HANDLED_ABOVE.includes(codeOf(error))) throw error;
      if (MAY_PASS.test(codeOf(error))) return this.pause(1000 + Math.random() * 2000);
      const rest = Math.max(STREAM_REST, retryAfterOf(error));
      this.noStreamUntil = Date.now() + rest;
      this.log(`No stream can be had; asking every ${every} ms for ${rest / 1000} s.`, error);
      await this.pause(every * (0.9 + Math.random() / 5));
    }
    return undefined;
  }

  /** Events into the sink as they come, until the stream ends; then the next page tells whether one was missed. */
  async listen() {
    const { cursor } = await this.known();
    const clock = timer(STREAM_SILENCE, this.signal);
    let heard = false;
    try {
      const query = this.query({ since: cursor, backfill: '1' });
      const last = cursor === undefined ? {} : { 'Last-Event-ID': cursor };
      const response = await this.open(query, 'text/event-stream', clock.signal, last);
      if (!(response.headers.get('content-type') ?? '').startsWith('text/event-stream'))
        throw notChanges('it is no event stream');
      for await (const events of readEvents(response, this.options.maxBytes ?? MAX_BYTES)) {
        heard = true;
        for (let at = 0; at < events.length; at += BATCH_MOST)
          await this.take(events.slice(at, at + BATCH_MOST));
        clock.again();
      }
    } catch (error) {
      if (clock.late && !heard) throw notChanges('something on the way keeps the stream back', error);
      if (error instanceof FollowError && !clock.late) throw error;
      throw new FollowError('NETWORK', 'The stream was cut.', { cause: error });
    } finally {
      clock.stop();
    }
    throw new FollowError('NETWORK', 'The stream ended.');
  }

  /** @param {StreamEvent[]} events */
  async take(events) {
    const changes = [];
    let { cursor } = await this.known();
    for (const { id, event, data } of events) {
      if (event === 'error') throw errorEvent(data);
      if (data !== '') changes.push(checkChange(parse(data)));
      if (id !== '') cursor = id;
    }
    if (changes.length > 0 || cursor !== this.place?.cursor)
      await this.write(changes, { ...(await this.known()), cursor }, false);
    this.failures = 0;
  }

  /** Waits as long as is fitting; throws what only a person can mend. @param {unknown} error */
  async recover(error) {
    const code = codeOf(error);
    if (FOR_A_PERSON.includes(code)) throw error;
    this.failures += 1;
    // Whatever went wrong, the sink knows best how far we are.
    this.place = undefined;
    if (code === 'RESYNC_REQUIRED' || code === 'BAD_CURSOR') {
      this.log(
        "The gateway can't continue from here: reading everything again, what is gone is removed at the end.",
        error,
      );
      this.fromTheBeginning = true;
      this.startedOver += 1;
      // The first time at once; again and again only slowly, as with two stores behind one address.
      if (this.startedOver === 1) return;
      this.failures = Math.max(this.failures, this.startedOver);
    } else this.log(`Trying again: ${reasonOf(error)}`, error);
    await this.pause(Math.max(this.backOff(), retryAfterOf(error)));
  }

  /** Milliseconds: 1 s, 2 s, 4 s … `longestWait`, the half of it by chance, so that a thousand followers don't come at once. */
  backOff() {
    const { longestWait = 60_000 } = this.options;
    const wait = Math.min(longestWait, 1000 * 2 ** Math.min(this.failures - 1, 20));
    return wait * (0.5 + Math.random() / 2);
  }

  /** @param {number} milliseconds @returns {Promise<void>} */
  pause(milliseconds) {
    return new Promise(resolve => {
      if (this.stopped) return resolve();
      const done = () => {
        clearTimeout(timeout);
        this.signal.removeEventListener('abort', done);
        resolve();
      };
      const timeout = setTimeout(done, milliseconds);
      this.signal.addEventListener('abort', done);
      return undefined;
    });
  }
}

/**
 * What is stored as one opaque text: how far, of which selection, by which generation rows are marked, and whether a
 * reading from the beginning is still under way, at whose end rows of other generations go.
 * @typedef {{ cursor: string | undefined, select: string, generation: string, sweeping: boolean }} Place
 */

/** @param {string | undefined} text @returns {Place | undefined} */
function readPlace(text) {
  try {
    const { cursor, select, generation, sweeping } = JSON.parse(text ?? '');
    const sound =
      ['string', 'undefined'].includes(typeof cursor) &&
      typeof select === 'string' &&
      typeof generation === 'string' &&
      typeof sweeping === 'boolean';
    return sound ? { cursor, select, generation, sweeping } : undefined;
  } catch {
    return undefined;
  }
}

/** From the beginning, under a mark that no row bears yet. @param {string} select @returns {Place} */
function newPlace(select) {
  const generation = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
  return { cursor: undefined, select, generation, sweeping: true };
}

/** Equal for selections that are the same. @param {NonNullable<Options['select']>} select */
function selectionText({ sites = [], topics = [], kinds = [] }) {
  const params = new URLSearchParams();
  for (const [name, list] of Object.entries({ sites, topics, kinds }))
    if (list.length > 0) params.set(name, [...new Set(list)].sort().join(','));
  return String(params);
}

/** @param {any} page @returns {{ changes: (Put | Tombstone)[], cursor: string, upToDate: boolean }} */
function checkPage(page) {
  const { changes, cursor, upToDate } = page ?? {};
  if (!Array.isArray(changes) || typeof upToDate !== 'boolean' || typeof cursor !== 'string' || cursor === '')
    throw notChanges('it has no changes, cursor and upToDate');
  return { changes: changes.map(checkChange), cursor, upToDate };
}

/** What is not understood is never skipped. @param {any} change @returns {Put | Tombstone} */
function checkChange(change) {
  const { kind, id, item } = change ?? {};
  const named = typeof id === 'string' && id !== '';
  if (named && kind === 'tombstone') return change;
  if (named && kind === 'put' && item?.id === id) return change;
  throw notChanges(`a change is neither put nor tombstone: ${JSON.stringify(change)?.slice(0, 200)}`);
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notChanges('an event is not JSON', error);
  }
}

/** @param {string} why @param {unknown} [cause] */
function notChanges(why, cause) {
  return new FollowError('NOT_CHANGES', `What was answered is not the change feed: ${why}.`, { cause });
}

/** @param {Response} response @returns {Promise<FollowError>} */
async function refusal(response) {
  const retryAfter = readRetryAfter(response.headers.get('retry-after'));
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    await response.body?.cancel();
    const to = response.headers.get('location');
    return new FollowError(
      'REDIRECTED',
      `The gateway's address leads on${to ? ` to ${to}` : ''}: write the final one.`,
      {
        retryAfter,
      },
    );
  }
  const text = await readText(response, 100_000).catch(() => '');
  const { code = `HTTP_${response.status}`, message = text.slice(0, 200) } = errorIn(text);
  return new FollowError(code, `${response.status} ${message}`, { retryAfter });
}

/** @param {string} data of an `error` event */
function errorEvent(data) {
  const { code = 'NETWORK', message = data.slice(0, 200) } = errorIn(data);
  return new FollowError(code, message);
}

/** @param {string} text @returns {{ code?: string, message?: string }} */
function errorIn(text) {
  try {
    const { code, message } = JSON.parse(text).error;
    return typeof code === 'string' ? { code, message: String(message) } : {};
  } catch {
    return {};
  }
}

/** Milliseconds, of seconds or a date (RFC 9110, 10.2.3). @param {string | null} text */
function readRetryAfter(text) {
  if (text === null) return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), LONGEST_RETRY_AFTER) : undefined;
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof FollowError ? error.code : '';
}

/** @param {unknown} error */
function retryAfterOf(error) {
  return (error instanceof FollowError && error.retryAfter) || 0;
}

/** @param {unknown} error */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

/** The whole body. Throws TOO_LARGE. @param {Response} response @param {number} most bytes */
async function readText(response, most) {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of chunksOf(response)) {
    bytes += chunk.byteLength;
    if (bytes > most) throw new FollowError('TOO_LARGE', `An answer is larger than ${most} bytes.`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Whoever stops early lets go of the connection. @param {Response} response @returns {AsyncGenerator<Uint8Array>} */
async function* chunksOf(response) {
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const { value, done } = (await reader?.read()) ?? { done: true };
      if (done || value === undefined) return;
      yield value;
    }
  } finally {
    await reader?.cancel().catch(() => undefined);
  }
}

/** @typedef {{ id: string, event: string, data: string }} StreamEvent */

/**
 * Server-sent events (HTML Standard, 9.2.6), those of one chunk together. What was begun when the stream ends is no event.
 * @param {Response} response @param {number} most characters of one event
 * @returns {AsyncGenerator<StreamEvent[]>}
 */
async function* readEvents(response, most) {
  const decoder = new TextDecoder();
  let rest = '';
  let fields = { id: '', event: '', data: '' };
  for await (const chunk of chunksOf(response)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    const events = [];
    for (const line of lines) {
      if (line !== '') addField(fields, line);
      else {
        if (fields.id !== '' || fields.data !== '') events.push({ ...fields, data: fields.data.slice(1) });
        fields = { id: '', event: '', data: '' };
      }
    }
    if (rest.length + fields.data.length > most)
      throw new FollowError('TOO_LARGE', `An event is larger than ${most} characters.`);
    yield events;
  }
}

/** @param {StreamEvent} fields @param {string} line */
function addField(fields, line) {
  const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
  if (name === 'data') fields.data += `\n${value}`;
  else if (name === 'event' || name === 'id') fields[name] = value;
}

/** A time limit that can be started again, and `outer` besides. @param {number} milliseconds @param {AbortSignal} outer */
function timer(milliseconds, outer) {
  const controller = new AbortController();
  const abort = () => controller.abort(outer.reason);
  outer.addEventListener('abort', abort);
  if (outer.aborted) abort();
  const clock = {
    signal: controller.signal,
    late: false,
    stop() {
      clearTimeout(timeout);
      outer.removeEventListener('abort', abort);
      controller.abort();
    },
    again() {
      clearTimeout(timeout);
      timeout = setTimeout(run, milliseconds);
    },
  };
  const run = () => {
    clock.late = true;
    controller.abort(new Error('Nothing came for too long.'));
  };
  let timeout = setTimeout(run, milliseconds);
  return clock;
}
