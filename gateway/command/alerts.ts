import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { showDuration } from '../../config/measures.ts';
import { ALARM_KINDS, type AlarmKind, type AlertChannel } from '../../schemas/alarms.ts';
import { CodedError, toCoded } from '../../schemas/errors.ts';
import type { Federation } from '../../schemas/federation.ts';
import { toReadable } from '../../schemas/instant.ts';
import type { Notice } from '../../schemas/records.ts';
import { compose, sentenceOf } from '../alert/compose.ts';
import { openAlarms, thresholds } from '../alert/look.ts';
import { send } from '../alert/send.ts';
import { openAlertTools } from '../alert/thread.ts';
import { plain } from '../alert/words.ts';
import type { Kept } from '../store/records.ts';
import type { Setting } from './setting.ts';

const NOTICES = 20;
const MIB = 1024 ** 2;

/** Verbs about trouble and who is told of it. */
export function addAlertVerbs(program: Command, open: () => Setting, done: (code: number) => void): void {
  const alerts = program
    .command('alerts')
    .description('list open alarms, and the last messages with what became of them')
    .action(async () => done(await list(open())));
  alerts
    .command('test')
    .argument('[channel]', 'only this one')
    .description('send a test message by every channel of `alerts`: exit code 1 when one was not taken')
    .action(async (channel: string | undefined) => done(await test(channel, open())));
  alerts
    .command('kinds')
    .description('list every kind of alarm: its threshold, whether it is urgent, and when it comes on')
    .action(() => done(kinds(open())));
}

async function list(setting: Setting): Promise<number> {
  const store = await setting.openStore();
  try {
    const open = await openAlarms(store);
    console.log(open.length === 0 ? 'Không có cảnh báo nào đang mở.' : `Đang mở: ${open.length}`);
    for (const { at, document } of open)
      console.log(['⚠', document.kind, toReadable(at), document.sentence.vi].join('\t'));
    const notices = await store.records.find('notice', { first: NOTICES });
    if (notices.length > 0) console.log(`\n${NOTICES} lần báo gần nhất:`);
    for (const notice of notices) console.log(noticeLine(notice));
    if ((setting.federation.alerts ?? []).length === 0)
      console.log('\nChưa ai được báo: thêm alerts vào tệp cấu hình (xem config/federation.example.yaml).');
    return 0;
  } finally {
    await store.close();
  }
}

function noticeLine({ at, due, state, document }: Kept<'notice'>): string {
  const { channel, tries, outcome = '', sentAt } = document;
  const when = sentAt ?? (state === 'waiting' ? due : undefined);
  return [
    toReadable(at),
    channel,
    STATES[state ?? ''] ?? state,
    when === undefined ? '' : toReadable(when),
    `lần ${tries}`,
    plain(outcome, 100),
    aboutOf(document),
  ].join('\t');
}

const STATES: Readonly<Record<string, string>> = { waiting: 'chờ gửi', sent: 'đã gửi', failed: 'đã bỏ' };

function aboutOf({ kind, events, lines = [] }: Notice): string {
  const [first] = events;
  if (kind === 'digest') return `bản tin: ${lines[0] ?? ''}`;
  const more = events.length > 1 ? ` (và ${events.length - 1} việc nữa)` : '';
  return first ? `${plain(sentenceOf(first).vi, 120)}${more}` : '';
}

async function test(name: string | undefined, setting: Setting): Promise<number> {
  const { federation, storeOptions, log } = setting;
  const chosen = chooseChannels(name, federation);
  const store = await setting.openStore();
  const tools = openAlertTools({ store, federation, dataDir: storeOptions.dataDir, log });
  let code = 0;
  try {
    for (const channel of chosen) {
      const words =
        channel.language === 'vi'
          ? 'Đây là thư thử của lệnh lienthong alerts test: kênh này nhận được cảnh báo.'
          : 'This is a test by lienthong alerts test: this channel receives alarms.';
      const notice = { kind: 'test' as const, events: [], lines: [words] };
      const message = compose(randomUUID(), Date.now(), notice, channel, { federation, epoch: store.epoch });
      try {
        console.log(`${channel.id}: đã nhận (${await send(channel, message, tools)}).`);
      } catch (thrown) {
        console.log(`${channel.id}: chưa nhận: ${toCoded(thrown).message}`);
        code = 1;
      }
    }
    return code;
  } finally {
    await tools.close();
    await store.close();
  }
}

function chooseChannels(name: string | undefined, { alerts = [] }: Federation): readonly AlertChannel[] {
  const chosen = alerts.filter(({ id }) => name === undefined || id === name);
  if (chosen.length > 0) return chosen;
  if (alerts.length === 0)
    throw new CodedError('NOT_FOUND', 'The federation file has no `alerts`: there is nobody to tell.');
  const known = alerts.map(({ id }) => id).join(', ');
  throw new CodedError('NOT_FOUND', `No channel is called ${name}. There are: ${known}.`);
}

function kinds({ federation }: Setting): number {
  const threshold = thresholds(federation);
  for (const kind of ALARM_KINDS) {
    const changed = federation.alarms?.[kind.id];
    const states = [
      changed?.off ? 'tắt' : '',
      (changed?.urgent ?? kind.urgent) ? 'khẩn' : '',
      measureOf(kind, threshold(kind.id)),
    ];
    console.log([kind.id, states.filter(Boolean).join(', '), kind.title.vi, kind.about.vi].join('\t'));
  }
  return 0;
}

function measureOf({ threshold }: AlarmKind, value: number): string {
  if (!threshold) return '';
  return threshold.by === 'free'
    ? `free ${Math.round(value / MIB)}MiB`
    : `${threshold.by} ${showDuration(value)}`;
}
