import { once } from 'node:events';
import type { Request, Response } from 'express';
import { CodedError, toCoded } from '../../schemas/errors.ts';
import { toJsonFeedItem } from '../../schemas/json-feed-item.ts';
import {
  type ChangePage,
  type ChangeRow,
  readChangePage,
  toChangeRowJson,
  withWholeItems,
} from '../publish/change-page.ts';
import { type ChangeSelection, changeSelection } from '../publish/change-selection.ts';
import { outgoingItems } from '../publish/outgoing.ts';
import { bearerOf } from './access.ts';
import type { Services } from './services.ts';
import { Tallies } from './tallies.ts';
import { networkOf } from './usage.ts';

const PAGE = 200;
const HEARTBEAT = 15_000;
/** A reader that takes nothing for this long is dropped; its cursor is its own to come back with. */
const SLOWEST = 30_000;
const MOST = 500;
const MOST_PER_ADDRESS = 20;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  'Access-Control-Allow-Origin': '*',
  // nginx would keep events back.
  'X-Accel-Buffering': 'no',
};

/**
 * The change feed as server-sent events (HTML Standard, section 9.2): `id` the cursor, `event` put or tombstone, `data` the row of
 * `/changes`. A commit is on its way as soon as the store tells of it; nothing is kept for slow readers.
 */
export function changeStreams(services: Services) {
  const { store, federation, log, newest = () => federation, tallies = new Tallies() } = services;
  let known = federation;
  let outgoing = outgoingItems(known);
  const complete: typeof outgoing = item => {
    if (known !== newest()) {
      known = newest();
      outgoing = outgoingItems(known);
    }
    return outgoing(item);
  };
  // Streams outlive a reload, and so do their places.
  const open = tallies.counts('streams');

  return async function stream(
    req: Request,
    res: Response,
    {
      since,
      selection,
      backfill,
    }: {
      readonly since: string | undefined;
      readonly selection: ChangeSelection;
      readonly backfill: boolean;
    },
  ): Promise<void> {
    // Before anything is sent: a cursor that is no good is an answer with a status.
    const first = await read(since);
    // Its end came already, and will not be heard of again.
    if (res.destroyed) return;
    const leave = enter(networkOf(req.ip ?? ''));
    const gone = new AbortController();
    res.on('close', () => gone.abort());
    const bell = doorbell(store.onChange);
    const beat = setInterval(() => res.write(': đang nối\n\n'), HEARTBEAT);
    res.writeHead(200, HEADERS);
    res.write('retry: 3000\n\n');
    try {
      await follow(first);
    } catch (thrown) {
      if (!gone.signal.aborted) res.write(`event: error\ndata: ${errorOf(thrown)}\n\n`);
    } finally {
      clearInterval(beat);
      bell.close();
      leave();
      res.end();
    }

    async function follow(from: ChangePage): Promise<void> {
      for (let page = from; !gone.signal.aborted; ) {
        const cursor = await tell(page);
        if (cursor === page.cursor && page.upToDate) await bell.rung(gone.signal);
        if (gone.signal.aborted) return;
        bell.hush();
        page = await read(cursor);
      }
    }

    /** The place that was told up to: not the page's whole where the log moved while the reader took its time. */
    async function tell(page: ChangePage): Promise<string> {
      for (const row of page.rows.filter(row => backfill || !isBackfill(row))) {
        const waited = await send(res, eventOf(row), gone.signal);
        // What is next may be withdrawn by now.
        if (waited && bell.isRinging()) return row.cursor;
      }
      // Where nothing concerned the reader, the place still moves on.
      await send(res, `id: ${page.cursor}\n\n`, gone.signal);
      return page.cursor;
    }

    /** With what the reader's key may see at this moment: a key that was revoked ends its stream. */
    async function read(from: string | undefined): Promise<ChangePage> {
      const { rights } = await bearerOf(req.headers.authorization, { ...services, keys: store.keys });
      // A stream outlives a reload: what is of the kinds it selects is told by the federation as it is now.
      const now = changeSelection(newest(), selection.select);
      const page = await readChangePage(store, {
        ...(from !== undefined && { since: from }),
        limit: PAGE,
        selection: now,
      });
      return withWholeItems(store, page, rights.scopes);
    }
  };

  function errorOf(thrown: unknown): string {
    const { code, message } = toCoded(thrown);
    if (code === 'INTERNAL') log.error({ err: thrown }, 'A change stream failed.');
    return JSON.stringify({ error: { code, message } });
  }

  function eventOf(row: ChangeRow): string {
    const data = JSON.stringify(toChangeRowJson(row, toJsonFeedItem, complete));
    return `id: ${row.cursor}\nevent: ${row.change.kind}\ndata: ${data}\n\n`;
  }

  function enter(address: string): () => void {
    const all = [...open.values()].reduce((sum, count) => sum + count, 0);
    const own = open.get(address) ?? 0;
    if (all >= MOST || own >= MOST_PER_ADDRESS)
      throw new CodedError(
        'RATE_LIMITED',
        'There are too many streams open; please use /changes or close one.',
        { data: { retryAfter: 30 } },
      );
    open.set(address, own + 1);
    return () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    };
  }
}

function isBackfill({ change }: ChangeRow): boolean {
  return change.kind === 'put' && change.backfill;
}

/** True when the reader had to be waited for; it is dropped when it takes nothing for too long. */
async function send(res: Response, text: string, gone: AbortSignal): Promise<boolean> {
  if (gone.aborted || res.write(text)) return false;
  const patience = AbortSignal.any([gone, AbortSignal.timeout(SLOWEST)]);
  await once(res, 'drain', { signal: patience }).catch(() => undefined);
  if (patience.aborted && !gone.aborted) res.destroy();
  return true;
}

/** Rings once for any number of changes that came while nobody waited; at first for those that came before it hung. */
function doorbell(onChange: Services['store']['onChange']) {
  let rung = true;
  let wake: (() => void) | undefined;
  const stop = onChange(() => {
    rung = true;
    wake?.();
  });
  return {
    async rung(gone: AbortSignal): Promise<void> {
      if (!rung && !gone.aborted)
        await new Promise<void>(resolve => {
          wake = resolve;
          gone.addEventListener('abort', () => resolve(), { once: true });
        });
      wake = undefined;
    },
    isRinging: () => rung,
    hush() {
      rung = false;
    },
    close: stop,
  };
}
