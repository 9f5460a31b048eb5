import { randomUUID } from 'node:crypto';
import type { AlertChannel } from '../../schemas/alarms.ts';
import { alarmKind } from '../../schemas/alarms.ts';
import { type Instant, startOfHanoiDay, toReadable, toRfc3339 } from '../../schemas/instant.ts';
import type { Bilingual } from '../../schemas/text.ts';
import type { Store, Transaction } from '../store/store.ts';
import { concerns } from './channels.ts';
import { type DayFigures, readFigures } from './figures.ts';
import { type AlarmTools, openAlarms } from './look.ts';
import type { KeptAlarm } from './transition.ts';
import { lasting, plain } from './words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A digest that could not go out in time goes out later, but not in the middle of the day. */
const LATEST = 3 * HOUR;
/** Alarms of a day that the digest looks through. */
const LOOKED_THROUGH = 1_000;
const SHOWN = 30;

/** Queues the digest of every channel whose hour has come today, once each. Gives how many. */
export async function queueDigests(
  { store, federation }: Pick<AlarmTools, 'store' | 'federation'>,
  holds: (tx: Transaction) => Promise<boolean> = async () => true,
): Promise<number> {
  const now = await store.now();
  const today = startOfHanoiDay(now);
  const day = toRfc3339(today).slice(0, 10);
  let queued = 0;
  for (const channel of federation.alerts ?? []) {
    const at = channel.digest === undefined ? undefined : today + channel.digest * MINUTE;
    if (at === undefined || now < at || now > at + LATEST) continue;
    if ((await store.records.get('alert-channel', channel.id))?.document.digest === day) continue;
    const lines = await digestOf({ store, federation }, channel, now);
    const isNew = await store.transaction(async tx => {
      if (!(await holds(tx))) return false;
      const kept = await tx.records.get('alert-channel', channel.id);
      if (kept?.document.digest === day) return false;
      const document = { ...(kept?.document ?? { failures: 0 }), digest: day };
      await tx.records.put({ kind: 'alert-channel', id: channel.id, at: now, document });
      await tx.records.put({
        kind: 'notice',
        id: randomUUID(),
        state: 'waiting',
        at: now,
        due: now,
        document: { channel: channel.id, kind: 'digest', events: [], lines, tries: 0 },
      });
      return true;
    });
    if (isNew) queued += 1;
  }
  return queued;
}

/** What stands open, what happened since yesterday, and the day's figures, for one channel. */
export async function digestOf(
  { store, federation }: Pick<AlarmTools, 'store' | 'federation'>,
  channel: AlertChannel,
  now: Instant,
): Promise<readonly string[]> {
  const { language, sites } = channel;
  const ofChannel = ({ document, site }: KeptAlarm) =>
    concerns(channel, { ...document, ...(site !== undefined && { site }) });
  const open = (await openAlarms(store)).filter(ofChannel);
  const over = (await recentlyOver(store, now)).filter(ofChannel);
  const figures = figuresLine(await readFigures({ store, federation }, sites, now));
  const began = open.filter(({ at }) => at > now - DAY).length;
  if (open.length === 0 && over.length === 0)
    return [
      language === 'vi'
        ? `Không có cảnh báo nào. Từ hôm qua: ${figures.vi}.`
        : `No alarms. Since yesterday: ${figures.en}.`,
    ];
  const words = language === 'vi' ? VI : EN;
  return [
    words.open(open.length),
    ...open.slice(0, SHOWN).map(one => `• ${openLine(one)[language]}`),
    ...(open.length > SHOWN ? [words.more(open.length - SHOWN)] : []),
    words.since(began, over.length),
    ...over.slice(0, SHOWN).map(one => `• ${overLine(one)[language]}`),
    words.figures(figures[language]),
  ];
}

const VI = {
  open: (n: number) => (n === 0 ? 'Không còn cảnh báo nào đang mở.' : `Đang mở: ${n}`),
  more: (n: number) => `… và ${n} cảnh báo nữa.`,
  since: (began: number, over: number) => `Từ hôm qua: ${began} cảnh báo mới còn mở, ${over} đã hết`,
  figures: (line: string) => `Số liệu từ hôm qua: ${line}.`,
};
const EN = {
  open: (n: number) => (n === 0 ? 'No alarm is open.' : `Open: ${n}`),
  more: (n: number) => `… and ${n} more.`,
  since: (began: number, over: number) => `Since yesterday: ${began} new and still open, ${over} over`,
  figures: (line: string) => `Figures since yesterday: ${line}.`,
};

function openLine({ document: { sentence, since } }: KeptAlarm): Bilingual {
  return {
    vi: `${sentence.vi} (từ ${toReadable(since)})`,
    en: `${sentence.en} (since ${toReadable(since)})`,
  };
}

function overLine({ document: { kind, subject, since, closed = since } }: KeptAlarm): Bilingual {
  const long = lasting(closed - since);
  const { title } = alarmKind(kind);
  return {
    vi: `${title.vi} (${plain(subject, 100)}), kéo dài ${long.vi}`,
    en: `${title.en} (${plain(subject, 100)}), lasted ${long.en}`,
  };
}

async function recentlyOver(store: Pick<Store, 'records'>, now: Instant): Promise<readonly KeptAlarm[]> {
  const over = await store.records.find('alarm', { states: ['over'], first: LOOKED_THROUGH });
  return over.filter(({ document }) => (document.closed ?? 0) > now - DAY);
}

function figuresLine({ puts, tombstones, capped, failing, sources, waiting }: DayFigures): Bilingual {
  const more = capped ? '+' : '';
  return {
    vi: `${puts}${more} tin phát hoặc sửa, ${tombstones}${more} tin gỡ hoặc ẩn, ${failing}/${sources} đầu nối đang lỗi, ${waiting} tin chờ quyết định`,
    en: `${puts}${more} items out or changed, ${tombstones}${more} withdrawn or hidden, ${failing} of ${sources} sources failing, ${waiting} items waiting`,
  };
}
