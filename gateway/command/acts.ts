import type { Command } from 'commander';
import { CodedError } from '../../schemas/errors.ts';
import { toReadable } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import { AUDIENCES, type PressAgreement, REPUBLICATION_MODES } from '../../schemas/republication.ts';
import { endAgreement, except, recordAgreement } from '../acts/agreements.ts';
import { answerComplaint } from '../acts/complaints.ts';
import { correct } from '../acts/correct.ts';
import { hold, release } from '../acts/hold.ts';
import { restore, takeDown } from '../acts/take-down.ts';
import { decideWithdrawal, makeContact } from '../acts/withdrawals.ts';
import type { Store } from '../store/store.ts';
import { isArchive, RESTORE_OPTIONS, type RestoreFlags, restoreBackup } from './backup.ts';
import type { Setting } from './setting.ts';

type Open = () => Setting;
type Done = (code: number) => void;
interface Reasoned {
  readonly reason: string;
}

/** What an operator does with items and papers: every mutation of the graph, as a verb. */
export function addActVerbs(program: Command, open: Open, done: Done): void {
  const act = (call: string, description: string) =>
    program.command(call).description(description).requiredOption('--reason <text>', 'why, for the ledger');

  act('hold <item>', 'keep an item back until `release`').action((item: string, { reason }: Reasoned) =>
    run(open, done, async store => stateOf(await hold(store, item, by(reason)))),
  );
  act('release <item>', 'let an item go that a rule or a person held').action(
    (item: string, { reason }: Reasoned) =>
      run(open, done, async store => stateOf(await release(store, item, by(reason)))),
  );
  act('takedown <items...>', 'take items out of every channel for good, by id or link').action(
    (items: string[], { reason }: Reasoned) => run(open, done, store => order(store, items, { reason })),
  );
  addRestore(program, open, done);
  act('correct <item> <by>', 'one item corrects another: the false version is withdrawn').action(
    (item: string, right: string, { reason }: Reasoned) =>
      run(open, done, async store => stateOf(await correct(store, item, right, by(reason)))),
  );
  act('except <site> <rule>', 'give a site leave from a rule until a day')
    .requiredOption('--until <day>', 'last day: 2026-12-31')
    .action((site: string, rule: string, { reason, until }: Reasoned & { until: string }) =>
      run(open, done, async (store, { federation, rules }) => {
        const exception = { site, rule, reason, author: 'operator', until: lastSecond(until) };
        await except(store, { federation, rules }, exception, by(reason));
        return `Trang ${site} được miễn ${rule} đến hết ${until}.`;
      }),
    );
  addOrderVerbs(program, open, done);
  addAgreementVerbs(program, open, done);
  addPeopleVerbs(program, open, done);
}

/** One word for two things that come back: an item whose order is lifted, and a store from its back-up. */
function addRestore(program: Command, open: Open, done: Done): void {
  const verb = program
    .command('restore <item-or-archive>')
    .description(
      'lift an order, so that the item may come back when its publisher still publishes it; or restore a back-up into an empty store',
    )
    .option('--reason <text>', 'of an item: why, for the ledger');
  for (const option of RESTORE_OPTIONS) verb.addOption(option);
  verb.action(async (what: string, { reason, ...flags }: Partial<Reasoned> & RestoreFlags) => {
    if (isArchive(what)) return done(await restoreBackup(open(), what, flags));
    if (reason === undefined)
      throw new CodedError(
        'BAD_INPUT',
        '`restore <item>` needs --reason; `restore <archive>` the path of a file.',
      );
    return run(open, done, async store => stateOf(await restore(store, what, by(reason))));
  });
}

function addOrderVerbs(program: Command, open: Open, done: Done): void {
  program
    .command('order')
    .description('orders of authorities')
    .command('add <items...>')
    .description('record an order and carry it out: items by id or link')
    .requiredOption('--reason <text>', 'why, for the ledger')
    .requiredOption('--sender <name>', 'who ordered it')
    .requiredOption('--reference <number>', 'number of its paper')
    .option('--received <time>', 'when it arrived, if not now: 2026-11-22T08:00:00+07:00')
    .option('--urgent', 'six hours instead of twenty-four')
    .action((items: string[], given: Omit<Ordered, 'items'>) =>
      run(open, done, store => order(store, items, given)),
    );
}

interface Ordered extends Reasoned {
  readonly sender?: string;
  readonly reference?: string;
  readonly received?: string;
  readonly urgent?: boolean;
}

async function order(
  store: Store,
  named: readonly string[],
  { sender, reference, received, urgent, reason }: Ordered,
) {
  const isId = (text: string) => text.startsWith('urn:uuid:');
  const { id, document } = await takeDown(store, {
    ...by(reason),
    items: named.filter(isId),
    links: named.filter(text => !isId(text)),
    urgent: urgent ?? false,
    ...(sender !== undefined && { sender }),
    ...(reference !== undefined && { reference }),
    ...(received !== undefined && { receivedAt: moment(received) }),
  });
  return `Đã gỡ ${document.items.length} tin khỏi mọi kênh lúc ${toReadable(document.removedAt)} (hạn ${toReadable(document.dueAt)}). Mã: ${id}`;
}

function addAgreementVerbs(program: Command, open: Open, done: Done): void {
  const agreement = program.command('agreement').description('written agreements with papers');
  agreement
    .command('add <id> <site>')
    .description('record an agreement; its items are judged again in the background')
    .requiredOption('--reason <text>', 'why, for the ledger')
    .requiredOption('--until <day>', 'last day: 2027-12-31')
    .requiredOption('--document <hash>', '`sha256:…` of the signed file')
    .option('--from <day>', 'first day, if not today')
    .option('--party <name...>', 'who signed')
    .option('--mode <mode>', REPUBLICATION_MODES.join(', '), 'full-text')
    .option('--audience <audience>', AUDIENCES.join(', '), 'public')
    .option('--media', 'pictures and films may be republished too')
    .option('--delay <minutes>', 'minutes to wait after the paper, at least 60')
    .option('--corrections-at-once', 'corrections need not wait')
    .action((id: string, site: string, given: AgreementOptions) =>
      run(open, done, async (store, { federation }) => {
        const recorded = await recordAgreement(
          store,
          federation,
          toAgreement(id, site, given, await store.now()),
          by(given.reason),
        );
        return `Đã ghi thỏa thuận ${recorded.id} với ${site}, đến ${toReadable(recorded.until)}.`;
      }),
    );
  agreement
    .command('end <id>')
    .description('end a recorded agreement now')
    .requiredOption('--reason <text>', 'why, for the ledger')
    .action((id: string, { reason }: Reasoned) =>
      run(
        open,
        done,
        async store => `Đã chấm dứt thỏa thuận ${(await endAgreement(store, id, by(reason))).id}.`,
      ),
    );
}

interface AgreementOptions extends Reasoned {
  readonly until: string;
  readonly document: string;
  readonly from?: string;
  readonly party?: readonly string[];
  readonly mode: string;
  readonly audience: string;
  readonly media?: boolean;
  readonly delay?: string;
  readonly correctionsAtOnce?: boolean;
}

function toAgreement(id: string, site: string, given: AgreementOptions, now: number): PressAgreement {
  const { until, document, from, party = [], media = false, delay, correctionsAtOnce = false } = given;
  return {
    id,
    site,
    parties: party,
    mode: oneOf(REPUBLICATION_MODES, given.mode, '--mode'),
    audience: oneOf(AUDIENCES, given.audience, '--audience'),
    media,
    document: document.toLowerCase(),
    correctionsAtOnce,
    from: from === undefined ? now : moment(`${from}T00:00:00+07:00`),
    until: lastSecond(until),
    ...(delay !== undefined && { delay: Number(delay) * 60_000 }),
  };
}

function addPeopleVerbs(program: Command, open: Open, done: Done): void {
  const complaint = program.command('complaint').description('complaints of readers');
  for (const [name, upheld] of [
    ['uphold', true],
    ['reject', false],
  ] as const)
    complaint
      .command(`${name} <ticket>`)
      .description(upheld ? 'the complaint is right' : 'the complaint is not right')
      .requiredOption('--reason <text>', 'the answer, for the ledger and whoever asks by ticket')
      .action((ticket: string, { reason }: Reasoned) =>
        run(open, done, async store => {
          await answerComplaint(store, ticket, upheld, by(reason));
          return `Đã trả lời ${ticket}.`;
        }),
      );
  const withdrawal = program.command('withdrawal').description('calls of publishers');
  for (const [name, confirmed] of [
    ['confirm', true],
    ['reject', false],
  ] as const)
    withdrawal
      .command(`${name} <id>`)
      .description(confirmed ? 'withdraw for good' : 'let the items out again')
      .requiredOption('--reason <text>', 'why, for the ledger')
      .action((id: string, { reason }: Reasoned) =>
        run(open, done, async store => {
          await decideWithdrawal(store, id, confirmed, by(reason));
          return confirmed ? 'Đã gỡ.' : 'Đã phát lại.';
        }),
      );
  program
    .command('contact <site> <name>')
    .description('make the code by which a site’s named contact pulls articles at /withdraw; shown this once')
    .action((site: string, name: string) =>
      run(open, done, async (store, { federation }) => {
        if (!federation.sites.some(({ id }) => id === site))
          throw new CodedError('NOT_FOUND', `There is no site ${site}.`);
        return `Mã rút bài của ${name} (${site}), chỉ hiện lần này: ${await makeContact(store, site, name, 'operator')}`;
      }),
    );
}

async function run(
  open: Open,
  done: Done,
  perform: (store: Store, setting: Setting) => Promise<string>,
): Promise<void> {
  const setting = open();
  const store = await setting.openStore();
  try {
    console.log(await perform(store, setting));
    done(0);
  } finally {
    await store.close();
  }
}

function by(reason: string) {
  return { actor: 'operator', reason };
}

function stateOf({ id, visibility, visibilityReason, releaseAt }: Item): string {
  const why = visibilityReason === undefined ? '' : ` (${visibilityReason})`;
  const when = releaseAt === undefined ? '' : `, đến ${toReadable(releaseAt)}`;
  return `${id}: ${visibility}${why}${when}`;
}

function lastSecond(day: string): number {
  return moment(`${day}T23:59:59.999+07:00`);
}

function moment(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at))
    throw new CodedError(
      'BAD_INPUT',
      `${text} is no day or time; write 2026-12-31 or 2026-12-31T17:00:00+07:00.`,
    );
  return at;
}

function oneOf<T extends string>(known: readonly T[], given: string, name: string): T {
  const found = known.find(one => one === given);
  if (found !== undefined) return found;
  throw new CodedError('BAD_INPUT', `${name} is one of ${known.join(', ')}.`);
}
