import { hostKey } from '../harvest/exchange.ts';
import type { Settlement, Subscription, Turn } from '../store/deliveries.ts';
import { pushTopic } from './push-topic.ts';
import { sendWebhook, webhookSubscription } from './send-webhook.ts';
import { settleTakeDowns } from './settle-take-downs.ts';
import type { DeliverTools } from './tools.ts';
import { Progress } from './turn.ts';
import { verifyIntent } from './verify-intent.ts';

export interface Deliverer {
  /** Something may be to do. Never waits. */
  look(): void;
  /** Lets running turns come to their end. */
  stop(): Promise<void>;
}

/** Turns at one time: of subscribers that are well, of those that fail or are slow, and verifications. */
const PLACES = { well: 32, ailing: 12, intents: 8 } as const;
type Lane = keyof typeof PLACES;
/** A look without a reason: retries fall due, another replica died. */
const EVERY = 1_000;
/** Longer than a turn can last: it begins no request after 5 s, and none lasts longer than `callbacks.timeout`. */
const MARGIN = 10_000;
const TENDING = 60_000;
/** Between two looks whether take-downs are confirmed by everybody. */
const CONFIRMING = 2_000;
/** How long a webhook that this process doesn't know is left to others. */
const NOT_OURS = 5_000;
const DAY = 24 * 60 * 60 * 1000;
/** How long the delivery log can be looked up. */
const LOG_DAYS = 30;

/**
 * Follows the change log for every subscriber. What is due, leased, failed and how far each is stands in the store;
 * nothing here survives a restart, and nothing needs to. Those that fail or are slow have places of their own, so
 * they can't hold up the others however many they are.
 */
export async function startDelivering(tools: DeliverTools): Promise<Deliverer> {
  const { store, federation, log } = tools;
  const { deliveries } = store;
  const lease = federation.callbacks.timeout + MARGIN;
  const running: Record<Lane, number> = { well: 0, ailing: 0, intents: 0 };
  const turns = new Set<Promise<void>>();
  let again = false;
  let looking = false;
  let stopped = false;
  await registerWebhooks(tools);

  const take: { readonly [L in Lane]: (limit: number) => Promise<readonly (() => Promise<void>)[]> } = {
    well: async limit => (await deliveries.lease(limit, lease, false)).map(turn => () => run(turn, tools)),
    ailing: async limit => (await deliveries.lease(limit, lease, true)).map(turn => () => run(turn, tools)),
    intents: async limit =>
      (await deliveries.leaseIntents(limit, lease)).map(turn => () => verifyIntent(turn, tools)),
  };

  async function fill(lane: Lane): Promise<void> {
    const free = PLACES[lane] - running[lane];
    if (free <= 0 || stopped) return;
    for (const act of await take[lane](free)) {
      running[lane] += 1;
      const turn = act()
        .catch(err => log.error({ err }, 'A delivery could not be settled; its lease will run out.'))
        .finally(() => {
          running[lane] -= 1;
          turns.delete(turn);
          look();
        });
      turns.add(turn);
    }
  }

  async function lookAround(): Promise<void> {
    looking = true;
    try {
      do {
        again = false;
        await Promise.all([fill('intents'), fill('well'), fill('ailing')]);
      } while (again && !stopped);
    } catch (err) {
      log.warn({ err }, 'Deliveries: the store does not answer; tried again in a second.');
    } finally {
      looking = false;
    }
  }

  function look(): void {
    again = true;
    if (!looking && !stopped) void lookAround();
  }

  const tend = () =>
    store
      .now()
      .then(now => deliveries.prune(now - LOG_DAYS * DAY))
      .catch(err => log.warn({ err }, 'The delivery log could not be pruned.'));
  let confirming: Promise<void> | undefined;
  const confirm = () => {
    confirming ??= settleTakeDowns(tools)
      .catch(err => log.warn({ err }, 'Take-downs could not be confirmed; tried again.'))
      .finally(() => {
        confirming = undefined;
      });
  };
  const timers = [setInterval(look, EVERY), setInterval(tend, TENDING), setInterval(confirm, CONFIRMING)];
  const deaf = store.onChange(look);
  look();
  return {
    look,
    async stop() {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      deaf();
      while (turns.size > 0) await Promise.all(turns);
      await confirming;
    },
  };
}

async function registerWebhooks({ store, federation }: DeliverTools): Promise<void> {
  await store.deliveries.register(
    federation.callbacks.webhooks.map(({ id, url }) => ({
      id: webhookSubscription(id),
      callback: url,
      host: hostKey(new URL(url)),
    })),
  );
}

/** One subscriber's turn, settled. */
async function run(turn: Turn<Subscription>, tools: DeliverTools): Promise<void> {
  const settlement = await deliver(turn.of, tools).catch(thrown => unable(turn.of, thrown, tools));
  const kept = await tools.store.deliveries.settle(turn, settlement);
  if (kept && settlement.state !== undefined) notice(turn.of, settlement, tools);
}

function deliver(subscription: Subscription, tools: DeliverTools): Promise<Settlement> {
  const progress = new Progress(subscription, tools);
  if (subscription.kind === 'websub') return pushTopic(progress, tools);
  const webhook = tools.federation.callbacks.webhooks.find(
    ({ id }) => webhookSubscription(id) === subscription.id,
  );
  // A replica with another federation file names it: it is that one's.
  return webhook ? sendWebhook(progress, webhook, tools) : progress.settled(NOT_OURS);
}

/** Our own failure, not the subscriber's: tried again, and never counted against it. */
async function unable(subscription: Subscription, thrown: unknown, tools: DeliverTools): Promise<Settlement> {
  tools.log.error(
    { err: thrown, subscription: subscription.id },
    'What is to be delivered could not be made.',
  );
  const { cursor, failures, failingSince, slow } = subscription;
  const due = (await tools.store.now()) + EVERY * 5;
  return { cursor, due, failures, ...(failingSince === undefined ? {} : { failingSince }), slow, log: [] };
}

/** Final failure is never silent. */
function notice(
  { id, kind, host }: Subscription,
  { state, reason, failures }: Settlement,
  { log }: DeliverTools,
) {
  const data = { subscription: id, kind, host, state, reason, failures };
  const enable =
    state === 'disabled' ? ` \`lienthong deliveries enable ${id}\` sends it all that it missed.` : '';
  log.warn(data, `Ngừng gửi tới ${id} (${host}): ${reason}.${enable}`);
}
