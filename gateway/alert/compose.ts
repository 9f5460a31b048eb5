import { createHash } from 'node:crypto';
import { type AlarmEvent, type AlertChannel, alarmKind } from '../../schemas/alarms.ts';
import type { Federation } from '../../schemas/federation.ts';
import { type Instant, toReadable, toRfc3339 } from '../../schemas/instant.ts';
import type { Notice } from '../../schemas/records.ts';
import type { Bilingual } from '../../schemas/text.ts';
import { lasting, plain } from './words.ts';

/** One message, ready for any channel. */
export interface Message {
  /** The same at every try: a receiver that has had it knows. */
  readonly id: string;
  readonly at: Instant;
  readonly subject: string;
  /** Plain lines. */
  readonly text: string;
  readonly urgent: boolean;
  /** What a webhook is sent. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Composing {
  readonly federation: Pick<Federation, 'gateway' | 'alarms'>;
  /** Whose message ids these are: no other federation's. */
  readonly epoch: string;
}

type Told = Pick<Notice, 'events' | 'lines'> & { readonly kind: Notice['kind'] | 'test' };
const LONGEST_SUBJECT = 140;
const MOST_LINES = 100;

/** Notice → message, in the channel's language. */
export function compose(
  id: string,
  at: Instant,
  notice: Told,
  channel: Pick<AlertChannel, 'language'>,
  { federation, epoch }: Composing,
): Message {
  const { language } = channel;
  const { title, publicUrl } = federation.gateway;
  const page = `${publicUrl}/console`;
  const sentences = notice.events.map(event => sentenceOf(event, notice.kind === 'quiet')[language]);
  const lines = [
    ...sentences.slice(0, MOST_LINES),
    ...moreThan(sentences.length, language),
    ...(notice.lines ?? []),
  ];
  const subject = plain(subjectOf(notice, at)[language], LONGEST_SUBJECT);
  const text = `${lines.join('\n')}\n\n${FOOT[language](page)}\n${plain(title)}`;
  return {
    id: stableId(epoch, id),
    at,
    subject,
    text,
    urgent: notice.events.some(({ kind }) => federation.alarms?.[kind]?.urgent ?? alarmKind(kind).urgent),
    body: {
      kind: notice.kind,
      at: toRfc3339(at),
      gateway: title,
      url: page,
      subject,
      text: lines.join('\n'),
      alarms: notice.events.map((event, index) => toJson(event, sentences[index] ?? '')),
    },
  };
}

/** What a message asks for at its end. */
const FOOT: Readonly<Record<keyof Bilingual, (page: string) => string>> = {
  vi: page => `Xem và xử lý tại ${page}, hoặc chạy lệnh: lienthong alerts`,
  en: page => `See and settle at ${page}, or run: lienthong alerts`,
};

/** One event as one sentence. */
export function sentenceOf(event: AlarmEvent, withTime = false): Bilingual {
  const { phase, at, since, sentence, kind, subject } = event;
  const time = withTime ? `${toReadable(at)}: ` : '';
  if (phase === 'on') return { vi: `${time}Cảnh báo: ${sentence.vi}`, en: `${time}Alarm: ${sentence.en}` };
  if (phase === 'worse')
    return { vi: `${time}Nghiêm trọng hơn: ${sentence.vi}`, en: `${time}More pressing: ${sentence.en}` };
  const { title } = alarmKind(kind);
  const long = lasting(at - since);
  const what = plain(subject, 100);
  return {
    vi: `${time}Đã hết: ${title.vi} (${what}), kéo dài ${long.vi}, từ ${toReadable(since)} đến ${toReadable(at)}.`,
    en: `${time}Over: ${title.en} (${what}), lasted ${long.en}, from ${toReadable(since)} to ${toReadable(at)}.`,
  };
}

function subjectOf({ kind, events }: Told, at: Instant): Bilingual {
  if (kind === 'test') return { vi: 'Thư thử cảnh báo', en: 'Test of alarms' };
  if (kind === 'digest') return { vi: `Bản tin ${toReadable(at)}`, en: `Digest ${toReadable(at)}` };
  if (kind === 'quiet')
    return {
      vi: `Trong giờ yên lặng: ${events.length} việc`,
      en: `In the quiet hours: ${events.length} events`,
    };
  const [first] = events;
  if (first && events.length === 1) return shortOf(first);
  const over = events.filter(({ phase }) => phase === 'over').length;
  const on = events.length - over;
  return {
    vi: [on > 0 && `${on} cảnh báo`, over > 0 && `${over} đã hết`].filter(Boolean).join(', '),
    en: [on > 0 && `${on} alarms`, over > 0 && `${over} over`].filter(Boolean).join(', '),
  };
}

function shortOf({ phase, kind, subject }: AlarmEvent): Bilingual {
  const { title } = alarmKind(kind);
  const what = plain(subject, 80);
  if (phase === 'over') return { vi: `Đã hết: ${title.vi} (${what})`, en: `Over: ${title.en} (${what})` };
  const vi = phase === 'worse' ? 'Nghiêm trọng hơn' : 'Cảnh báo';
  const en = phase === 'worse' ? 'More pressing' : 'Alarm';
  return { vi: `${vi}: ${title.vi} (${what})`, en: `${en}: ${title.en} (${what})` };
}

function moreThan(count: number, language: keyof Bilingual): string[] {
  const more = count - MOST_LINES;
  if (more <= 0) return [];
  return [language === 'vi' ? `… và ${more} việc nữa.` : `… and ${more} more.`];
}

function toJson(event: AlarmEvent, sentence: string) {
  const { phase, kind, subject, site, at, since } = event;
  return {
    id: `${kind}:${subject}`,
    kind,
    subject,
    ...(site !== undefined && { site }),
    state: phase,
    since: toRfc3339(since),
    at: toRfc3339(at),
    sentence,
  };
}

/** `alert_<hash>`: letters and digits only, so that it fits into every header. */
function stableId(epoch: string, id: string): string {
  return `alert_${createHash('sha256').update(`${epoch}\n${id}`).digest('hex').slice(0, 32)}`;
}
