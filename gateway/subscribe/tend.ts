import type { Instant } from '../../schemas/instant.ts';
import type { HarvestTools } from '../harvest/harvest-source.ts';
import { askHub, type HubAnswer } from './ask-hub.ts';
import { end } from './heard.ts';
import { backOff, changeSubscription, DENIED_FOR, type Subscribed, VERIFIED_WITHIN } from './subscription.ts';

/** Hubs asked at one time. */
const AT_ONCE = 8;
/** A replica that took one and died: another takes it after this. */
const TAKEN_FOR = 60_000;
/** Tries to unsubscribe, before it is left to the hub to find out (we answer 410 then). */
const LAST_TRIES = 3;
const MOST = 5_000;

/** Asks hubs for what is due: new subscriptions, renewals before their end, what failed, and what is to end. */
export async function tendSubscriptions(tools: HarvestTools, signal: AbortSignal): Promise<void> {
  const { store } = tools;
  const due = await store.records.due('hub-subscription', await store.now(), AT_ONCE);
  await Promise.all(due.map(one => act(one, tools, signal)));
}

/** Ends those whose source left the federation file or is switched off there, and all where we can't be called any more. */
export async function endForgotten(tools: HarvestTools): Promise<void> {
  const { store, federation } = tools;
  const kept = await store.records.find('hub-subscription', { first: MOST });
  const sources = new Set(federation.sources.filter(({ enabled }) => enabled).map(({ name }) => name));
  const now = await store.now();
  for (const one of kept) {
    const wanted = sources.has(one.document.source) && (federation.gateway.reachable || one.state === 'off');
    if (!wanted && one.state !== 'ending') await end(one, now, tools);
  }
}

async function act({ id }: Subscribed, tools: HarvestTools, signal: AbortSignal): Promise<void> {
  const now = await tools.store.now();
  // Written down before the hub is asked: it may verify before it answers. Whoever writes first has it.
  const taken = await changeSubscription(tools.store, id, kept =>
    kept.due === undefined || kept.due > now ? undefined : begun(kept, now),
  );
  if (!taken) return;
  const mode = taken.state === 'ending' ? 'unsubscribe' : 'subscribe';
  const answer = await askHub(taken, mode, tools, signal);
  if (signal.aborted) return;
  const then = await tools.store.now();
  const told = await changeSubscription(tools.store, id, kept => settled(kept, answer, then));
  tools.log.debug({ source: taken.document.source, mode, answer: answer.kind }, 'A hub was asked.');
  if (told?.state === 'denied' && answer.kind === 'denied')
    tools.log.info(
      { source: told.document.source, reason: answer.reason },
      `${told.document.source}: trung tâm WebSub không nhận đăng ký (${answer.reason}): tiếp tục hỏi định kỳ.`,
    );
}

/** What is due now: asked again; one that was asked and never verified counts as a failure, and another hub has its turn. */
function begun(kept: Subscribed, now: Instant): Subscribed {
  const { document } = kept;
  const late = document.asked !== undefined;
  const over = kept.state === 'active' && (document.validUntil ?? 0) <= now;
  const state = kept.state === 'ending' ? 'ending' : kept.state === 'active' && !over ? 'active' : 'asked';
  const mode = state === 'ending' ? 'unsubscribe' : 'subscribe';
  return {
    ...kept,
    state,
    due: now + TAKEN_FOR,
    document: {
      ...document,
      hub: late || kept.state === 'denied' ? nextHub(document) : document.hub,
      failures: document.failures + (late ? 1 : 0),
      asked: { mode, at: now },
    },
  };
}

/** While we were asking, the hub may have verified already: then that stands. */
function settled(kept: Subscribed, answer: HubAnswer, now: Instant): Subscribed | undefined | null {
  const { document } = kept;
  if (document.asked === undefined) return moved(kept, answer);
  if (kept.state === 'ending') {
    const tried = document.failures + 1;
    if (answer.kind === 'denied' || tried >= LAST_TRIES) return null;
    return { ...kept, due: now + VERIFIED_WITHIN, document: { ...document, failures: tried } };
  }
  if (answer.kind === 'accepted') {
    const waiting = moved(kept, answer) ?? kept;
    // A lease that ends sooner than a hub has to verify is no reason to ask it every minute.
    return { ...waiting, due: now + VERIFIED_WITHIN };
  }
  const { asked: _asked, ...rest } = document;
  const failures = document.failures + 1;
  if (answer.kind === 'failed')
    return { ...kept, due: now + backOff(failures), document: { ...rest, failures, reason: answer.reason } };
  return {
    ...kept,
    state: 'denied',
    // Another hub of the same topic may say yes, at once; when all have said no, tomorrow.
    due: failures < document.hubs.length ? now : now + DENIED_FOR,
    document: { ...rest, failures, reason: answer.reason },
  };
}

function moved(kept: Subscribed, answer: HubAnswer): Subscribed | undefined {
  if (answer.kind !== 'accepted' || answer.movedTo === undefined) return undefined;
  const { document } = kept;
  const hub = answer.movedTo;
  // The source still names the old address; both are the same hub.
  return { ...kept, document: { ...document, hub, hubs: [...new Set([...document.hubs, hub])] } };
}

function nextHub({ hub, hubs }: Subscribed['document']): string {
  return hubs[(hubs.indexOf(hub) + 1) % hubs.length] ?? hub;
}
