import { randomUUID } from 'node:crypto';
import type { Log } from '../../connectors/connector.ts';
import type { AlertChannel } from '../../schemas/alarms.ts';
import { toCoded } from '../../schemas/errors.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { ChannelState } from '../../schemas/records.ts';
import { afterFailure } from '../deliver/back-off.ts';
import type { Kept } from '../store/records.ts';
import type { Store, Transaction } from '../store/store.ts';
import { compose } from './compose.ts';
import { type SendTools, send } from './send.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** One replica has a channel for so long; longer than one conversation with a mail server can take. */
const LEASE = 2 * MINUTE;
/** A notice that nobody took for this long is given up; the alarm stays in the console and the digest. */
const GIVE_UP = 3 * DAY;
/** How long notices can be looked up. */
const REMEMBERED = 30 * DAY;
const AT_ONCE = 200;

export interface NoticeTools extends SendTools {
  readonly store: Store;
  readonly federation: Federation;
  readonly log: Log;
}

type KeptNotice = Kept<'notice'>;

/** Sends what is due, each channel's in its order; drops what is old. Gives how many were taken. */
export async function sendDue(tools: NoticeTools): Promise<number> {
  const { store, federation } = tools;
  const due = await store.records.due('notice', await store.now(), AT_ONCE);
  if (due.length === 0) return 0;
  const old = due.filter(({ state }) => state !== 'waiting').map(({ id }) => id);
  if (old.length > 0) await store.transaction(tx => tx.records.remove('notice', old));
  const byChannel = Map.groupBy(
    due.filter(({ state }) => state === 'waiting'),
    ({ document }) => document.channel,
  );
  const counts = await Promise.all(
    [...byChannel].map(([id, notices]) => {
      const channel = federation.alerts?.find(one => one.id === id);
      return channel ? sendBy(channel, notices, tools) : giveUp(notices, 'the channel left the file', tools);
    }),
  );
  return counts.reduce((all, count) => all + count, 0);
}

/** In order, until one is not taken: what comes later must not overtake it. */
async function sendBy(
  channel: AlertChannel,
  due: readonly KeptNotice[],
  tools: NoticeTools,
): Promise<number> {
  const token = randomUUID();
  if (!(await takeChannel(channel.id, token, due, tools.store))) return 0;
  let taken = 0;
  for (const { id } of due.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))) {
    const tried = await tryOne(channel, id, token, tools);
    if (tried === 'lost' || tried === 'failed') break;
    if (tried === 'taken') taken += 1;
  }
  await changeChannel(channel.id, tools.store, ({ lease, ...state }) =>
    lease?.token === token ? state : { ...state, ...(lease && { lease }) },
  );
  return taken;
}

/** False when another replica has it, or it rests after a failure: then what is due is put off until it may be tried. */
function takeChannel(id: string, token: string, due: readonly KeptNotice[], store: Store): Promise<boolean> {
  return store.transaction(async tx => {
    const now = await store.now();
    const state = await stateOf(tx, id);
    if (state.lease && state.lease.until > now) return false;
    const { next } = state;
    if (next !== undefined && next > now) {
      await postpone(tx, due, next);
      return false;
    }
    await putState(tx, id, { ...state, lease: { token, until: now + LEASE } }, now);
    return true;
  });
}

async function tryOne(
  channel: AlertChannel,
  id: string,
  token: string,
  tools: NoticeTools,
): Promise<'taken' | 'failed' | 'lost' | 'gone'> {
  const { store, federation } = tools;
  // Counted before it is sent: a process that dies in the middle has tried.
  const claimed = await store.transaction(async tx => {
    const now = await store.now();
    const state = await stateOf(tx, channel.id);
    if (state.lease?.token !== token) return 'lost';
    const kept = await tx.records.get('notice', id);
    if (kept?.state !== 'waiting') return 'gone';
    await putState(tx, channel.id, { ...state, lease: { token, until: now + LEASE } }, now);
    const { document } = kept;
    const counted: KeptNotice = { ...kept, document: { ...document, tries: document.tries + 1 } };
    await tx.records.put(counted);
    return counted;
  });
  if (typeof claimed === 'string') return claimed;
  const message = compose(id, claimed.at, claimed.document, channel, { federation, epoch: store.epoch });
  try {
    const outcome = await send(channel, message, tools);
    await settleTaken(channel.id, claimed, outcome, tools);
    return 'taken';
  } catch (thrown) {
    await settleFailed(channel.id, claimed, toCoded(thrown).message, tools);
    return 'failed';
  }
}

async function settleTaken(
  channel: string,
  notice: KeptNotice,
  outcome: string,
  { store, log }: NoticeTools,
): Promise<void> {
  await store.transaction(async tx => {
    const now = await store.now();
    const { failures: _failures, failingSince: _since, next: _next, ...state } = await stateOf(tx, channel);
    await tx.records.put({
      ...notice,
      state: 'sent',
      due: now + REMEMBERED,
      document: { ...notice.document, outcome, sentAt: now },
    });
    await putState(tx, channel, { ...state, failures: 0, outcome }, now);
  });
  log.info({ channel, notice: notice.id, outcome }, `Cảnh báo đã gửi qua ${channel}.`);
}

async function settleFailed(
  channel: string,
  notice: KeptNotice,
  outcome: string,
  { store, log }: NoticeTools,
): Promise<void> {
  await store.transaction(async tx => {
    const now = await store.now();
    const state = await stateOf(tx, channel);
    const { next, ...failing } = afterFailure(state, { now, giveUpAfter: Number.POSITIVE_INFINITY });
    const again = next ?? now + MINUTE;
    const isOver = now - dueFirst(notice) > GIVE_UP;
    await tx.records.put({
      ...notice,
      state: isOver ? 'failed' : 'waiting',
      due: isOver ? now + REMEMBERED : again,
      document: { ...notice.document, outcome },
    });
    const waiting = await store.records.due('notice', now, AT_ONCE);
    await postpone(
      tx,
      waiting.filter(({ id, document }) => id !== notice.id && document.channel === channel),
      again,
    );
    await putState(tx, channel, { ...state, ...failing, next: again, outcome }, now);
  });
  log.warn({ channel, notice: notice.id, outcome }, `Cảnh báo chưa gửi được qua ${channel}: ${outcome}`);
}

/** When a notice was first to go out: one of the quiet hours is older than that. */
function dueFirst({ id, at }: KeptNotice): Instant {
  const quiet = /^quiet (\d+) /.exec(id)?.[1];
  return quiet === undefined ? at : Number(quiet);
}

async function postpone(tx: Transaction, notices: readonly KeptNotice[], until: Instant): Promise<void> {
  for (const { id } of notices) {
    const kept = await tx.records.get('notice', id);
    if (kept?.state === 'waiting') await tx.records.put({ ...kept, due: until });
  }
}

async function giveUp(
  notices: readonly KeptNotice[],
  outcome: string,
  { store, log }: NoticeTools,
): Promise<number> {
  await store.transaction(async tx => {
    const now = await store.now();
    for (const { id } of notices) {
      const kept = await tx.records.get('notice', id);
      if (kept?.state !== 'waiting') continue;
      const document = { ...kept.document, outcome };
      await tx.records.put({ ...kept, state: 'failed', due: now + REMEMBERED, document });
    }
  });
  log.warn({ notices: notices.length, outcome }, 'Cảnh báo bị bỏ: kênh không còn trong tệp cấu hình.');
  return 0;
}

/** Locked until the transaction ends, also the first time: of two who add, the second waits and adds nothing. */
async function stateOf(tx: Transaction, id: string): Promise<ChannelState> {
  const usual: ChannelState = { failures: 0 };
  await tx.records.add({ kind: 'alert-channel', id, at: 0, document: usual });
  return (await tx.records.get('alert-channel', id))?.document ?? usual;
}

async function putState(tx: Transaction, id: string, document: ChannelState, at: Instant): Promise<void> {
  await tx.records.put({ kind: 'alert-channel', id, at, document });
}

/** Changes what is kept of a channel, and nothing else. */
export function changeChannel(
  id: string,
  store: Store,
  change: (state: ChannelState) => ChannelState,
): Promise<void> {
  return store.transaction(async tx => {
    await putState(tx, id, change(await stateOf(tx, id)), await store.now());
  });
}
