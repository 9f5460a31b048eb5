import { CodedError, toCoded } from '../../schemas/errors.ts';
import { toRfc3339 } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import type { Source } from '../../schemas/source.ts';
import { correctWithin } from '../acts/correct.ts';
import type { HarvestTools } from '../harvest/harvest-source.ts';
import { receive } from '../harvest/receive.ts';
import { withdraw } from '../harvest/revise.ts';
import { write } from '../harvest/write-revisions.ts';
import { isOwnHost } from '../normalise/canonical-link.ts';
import type { Transaction } from '../store/store.ts';
import { findNamed } from './find-named.ts';
import type { Signed } from './push-signature.ts';
import { invalid, type Named, type Push } from './read-push.ts';

/** A push's id is remembered for longer than its signature would be good. */
const REMEMBERED = 24 * 60 * 60_000;
const MOST_PROBLEMS = 50;

/** What a site learns of what it pushed; nothing that it sent. */
export interface Pushed {
  readonly id: string;
  readonly state: string;
  readonly reason?: string;
  /** RFC 3339: when it goes out, if that is known. */
  readonly releaseAt?: string;
  /** False: it was like that already. */
  readonly changed: boolean;
  readonly problems: readonly object[];
}

/**
 * Does what a verified push asks, once: its effect and its id are one transaction, so that neither a crash nor two replicas
 * do it half or twice.
 *
 * @throws CodedError CONFLICT when it was done already, INVALID_ITEM, FORBIDDEN for a paused source, UNAVAILABLE
 */
export async function actOnPush(push: Push, signed: Signed, tools: HarvestTools): Promise<Pushed> {
  const { source, id } = signed;
  const { store } = tools;
  if (await store.records.get('push', recordId(source, id))) throw isReplay();
  if (push.op === 'withdraw') return takeBack(push.item, signed, tools);
  const state = await store.work.state(source.name);
  if (state?.paused)
    throw new CodedError('FORBIDDEN', 'The operator has paused this source.', {
      data: { vi: 'Đầu nối này đang được người vận hành tạm dừng.' },
    });
  checkHost(push.item, source, tools);
  return take(push, signed, tools);
}

/** The item through the whole pipeline, and what it replaces out with it. */
async function take(
  push: Exclude<Push, { op: 'withdraw' }>,
  signed: Signed,
  tools: HarvestTools,
): Promise<Pushed> {
  const { source } = signed;
  const site = tools.federation.sites.find(({ id }) => id === source.site);
  const delivered = {
    body: new TextEncoder().encode(JSON.stringify(push.item)),
    headers: {},
    url: site?.homepage ?? '',
  };
  let item: string | undefined;
  const receipt = await receivePush(
    source.name,
    delivered,
    {
      pushed: true,
      async within(tx, items) {
        [item] = items.values();
        if (item === undefined) throw keptAway();
        await remember(tx, signed, push.op, item, tools);
        if (push.op === 'correct') await replace(tx, push.replaces, item, source, tools);
      },
    },
    tools,
  );
  if (item === undefined)
    throw invalid([
      {
        path: 'item',
        message: receipt.notes.at(-1)?.slice(0, 300) ?? 'không thành tin được.',
        remedy: 'sửa theo lý do trên rồi gửi lại.',
      },
    ]);
  const changed = receipt.created + receipt.updated > 0 || push.op === 'correct';
  return stateOf(item, changed, tools);
}

/** What took too long may have been our own trouble: it may be sent again. */
async function receivePush(...args: Parameters<typeof receive>): ReturnType<typeof receive> {
  try {
    return await receive(...args);
  } catch (thrown) {
    if (toCoded(thrown).code !== 'READING_TIMED_OUT') throw thrown;
    throw new CodedError('UNAVAILABLE', 'Reading took too long; please try again.', {
      data: { retryAfter: 10 },
      cause: thrown,
    });
  }
}

async function replace(
  tx: Transaction,
  replaces: readonly string[],
  by: string,
  source: Source,
  { federation }: HarvestTools,
): Promise<void> {
  const sources = federation.sources.filter(({ site }) => site === source.site);
  for (const [at, name] of replaces.entries()) {
    const found = await findNamed(tx, { id: name, ...(/^https?:/i.test(name) && { url: name }) }, sources);
    const [wrong] = found.filter(({ id }) => id !== by);
    if (!wrong)
      throw invalid([
        {
          path: replaces.length > 1 ? `replaces[${at}]` : 'replaces',
          message: 'không phải một tin khác của trang này ở đây.',
          remedy: 'ghi địa chỉ, mã của trang hoặc mã urn:uuid của tin sai.',
        },
      ]);
    await correctWithin(tx, wrong.id, by, { actor: actorOf(source), reason: 'Trang gửi đính chính.' });
  }
}

/** Erased and tombstoned at once, by its publisher's own word. */
async function takeBack(named: Named, signed: Signed, tools: HarvestTools): Promise<Pushed> {
  const { source } = signed;
  const { store, federation } = tools;
  const sources = federation.sources.filter(({ site }) => site === source.site);
  const done = await store.transaction(async tx => {
    const now = await store.now();
    const found = await findNamed(tx, named, sources);
    const [item] = found;
    if (!item || found.length > 1) throw invalid([unclear(found.length > 1)]);
    await remember(tx, signed, 'withdraw', item.id, tools);
    if (item.visibility === 'WITHDRAWN') {
      // Already gone; that its publisher says so keeps it away from now on.
      if (item.visibilityReason === 'withdrawn') await tx.items.save([{ ...item, takenBack: now }]);
      return { id: item.id, changed: false };
    }
    await write(tx, [withdraw(item, 'withdrawn', now)], {
      actor: actorOf(source),
      details: { askedBy: 'push', lastSeen: now, detectedAt: now },
    });
    return { id: item.id, changed: true };
  });
  return stateOf(done.id, done.changed, tools);
}

function unclear(several: boolean) {
  return several
    ? { path: 'item', message: 'id và url là hai tin khác nhau.', remedy: 'chỉ ghi một trong hai.' }
    : {
        path: 'item.url',
        message: 'không tin nào của trang này có địa chỉ hoặc mã ấy.',
        remedy: 'ghi url của bài, mã của trang hoặc mã urn:uuid.',
      };
}

async function remember(
  tx: Transaction,
  { source, id }: Signed,
  op: Push['op'],
  item: string,
  { store }: HarvestTools,
): Promise<void> {
  const at = await store.now();
  const added = await tx.records.add({
    kind: 'push',
    id: recordId(source, id),
    site: source.site,
    at,
    due: at + REMEMBERED,
    document: { op, item },
  });
  if (!added) throw isReplay();
}

async function stateOf(id: string, changed: boolean, { store, rules }: HarvestTools): Promise<Pushed> {
  const [[item], judged] = await Promise.all([store.items.byIds([id]), store.problems.of('item', [id])]);
  if (!item) throw new CodedError('UNAVAILABLE', 'The item is not there yet.');
  const remedies = new Map(rules.map(rule => [rule.id, rule.remedy.vi]));
  return {
    id,
    state: item.visibility.toLowerCase(),
    ...shownReason(item),
    ...(item.releaseAt !== undefined && { releaseAt: toRfc3339(item.releaseAt) }),
    changed,
    problems: (judged.get(id)?.problems ?? [])
      .slice(0, MOST_PROBLEMS)
      .map(({ rule, severity, consequence, path, message }) => ({
        rule,
        severity,
        consequence,
        path,
        message: message.vi,
        remedy: remedies.get(rule) ?? '',
      })),
  };
}

function shownReason({ visibility, visibilityReason }: Item): { readonly reason?: string } {
  return visibility === 'RELEASED' || visibilityReason === undefined ? {} : { reason: visibilityReason };
}

/** A push speaks for its own site only. */
function checkHost(item: object, source: Source, { federation }: HarvestTools): void {
  const site = federation.sites.find(({ id }) => id === source.site);
  const url: unknown = Reflect.get(item, 'url');
  if (!site || typeof url !== 'string' || !URL.canParse(url) || isOwnHost(url, site)) return;
  throw invalid([
    {
      path: 'item.url',
      message: 'không thuộc tên miền nào của trang này.',
      remedy: 'ghi địa chỉ bài trên chính trang; tên miền khác của trang phải được khai báo ở hosts.',
    },
  ]);
}

function recordId({ site }: Source, id: string): string {
  return `${site}/${id}`;
}

function actorOf({ site }: Source): string {
  return `publisher:${site}`;
}

function isReplay(): CodedError {
  return new CodedError('CONFLICT', 'This webhook-id was done already.', {
    data: { vi: 'Lần gửi này (webhook-id) đã được xử lý.' },
  });
}

function keptAway(): CodedError {
  return invalid([
    {
      path: 'item',
      message: 'tin này đang bị giữ lại theo yêu cầu gỡ, hoặc trang ghi là đã huỷ.',
      remedy: 'liên hệ người vận hành của trục liên thông.',
    },
  ]);
}
