import type { Log } from '../../connectors/connector.ts';
import type { AlarmEvent, AlertChannel } from '../../schemas/alarms.ts';
import { toCoded } from '../../schemas/errors.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import { concerns } from './channels.ts';
import { compose } from './compose.ts';
import { type SendTools, send } from './send.ts';
import { plain } from './words.ts';

/** Failures in a row before it counts: a database that is restarted is no trouble. */
const ENOUGH = 3;
const MINUTE = 60_000;
/** A channel that didn't take it is tried again this often. */
const AGAIN = 5 * MINUTE;

export interface StoreTroubleTools extends SendTools {
  readonly federation: Federation;
  readonly epoch: string;
  readonly log: Log;
  readonly now: () => Instant;
}

/**
 * The one alarm that can't be kept in the store: that the store can't be written. Told straight by every channel, once, and
 * when it is over. Each replica that is cut off tells for itself; the message's id is the same within an hour, so mailboxes
 * that know ids show one.
 */
export interface StoreTrouble {
  failed(thrown: unknown): Promise<void>;
  worked(): Promise<void>;
}

export function storeTrouble(tools: StoreTroubleTools): StoreTrouble {
  const { federation, log, now } = tools;
  let failures = 0;
  let since: Instant | undefined;
  let tried = 0;
  const told = new Set<string>();
  const channels = () =>
    (federation.alarms?.['store-failing']?.off ? [] : (federation.alerts ?? [])).filter(channel =>
      concerns(channel, { kind: 'store-failing', subject: 'store' }),
    );

  async function tell(channel: AlertChannel, event: AlarmEvent): Promise<boolean> {
    const id = `store ${event.phase} ${Math.floor(event.since / (60 * MINUTE))} ${channel.id}`;
    const notice = { kind: 'alarm' as const, events: [event] };
    try {
      await send(channel, compose(id, event.at, notice, channel, tools), tools);
      return true;
    } catch (thrown) {
      const { message } = toCoded(thrown);
      log.error({ channel: channel.id, outcome: message }, 'That the store fails could not be told.');
      return false;
    }
  }

  return {
    async failed(thrown) {
      failures += 1;
      since ??= now();
      if (failures < ENOUGH) return;
      const waiting = channels().filter(({ id }) => !told.has(id));
      if (waiting.length === 0 || (failures > ENOUGH && now() - tried < AGAIN)) return;
      tried = now();
      const event = eventOf(thrown, since, now());
      log.error({ err: thrown }, event.sentence.vi);
      for (const channel of waiting) if (await tell(channel, event)) told.add(channel.id);
    },
    async worked() {
      const began = since;
      failures = 0;
      since = undefined;
      if (began === undefined || told.size === 0) return;
      const over: AlarmEvent = { ...eventOf(undefined, began, now()), phase: 'over' };
      for (const channel of channels().filter(({ id }) => told.has(id))) await tell(channel, over);
      told.clear();
    },
  };
}

function eventOf(thrown: unknown, since: Instant, at: Instant): AlarmEvent {
  const why = plain(reasonOf(thrown));
  return {
    phase: 'on',
    kind: 'store-failing',
    subject: 'store',
    since,
    at,
    sentence: {
      vi: `Kho dữ liệu không ghi được (${why}): không tin nào được thu, gỡ hay phát thêm; kiểm tra đĩa và cơ sở dữ liệu, rồi xem /readyz.`,
      en: `The store can’t be written (${why}): nothing is harvested, withdrawn or released; look at the disk and the database, then at /readyz.`,
    },
  };
}

function reasonOf(thrown: unknown): string {
  const coded = toCoded(thrown);
  const cause = coded.code === 'INTERNAL' ? coded.cause : coded;
  // Errors of the database module are of another realm in some hosts: asked for their message, not for their class.
  return typeof cause === 'object' && cause !== null && 'message' in cause
    ? String(cause.message)
    : String(cause ?? '');
}
