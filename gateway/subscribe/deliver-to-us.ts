import { toCoded } from '../../schemas/errors.ts';
import type { HarvestTools } from '../harvest/harvest-source.ts';
import { receive } from '../harvest/receive.ts';
import { isSignedBy } from './hub-signature.ts';
import { changeSubscription, type Subscribed } from './subscription.ts';

export interface FromHub {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** `gone`: nothing of ours any more. `taken`: done, or of no use: nothing to send again. `later`: send it again. */
export type Taken = 'gone' | 'taken' | 'later';

/** Our own trouble, not the delivery's: it may be sent again. */
const OURS: ReadonlySet<string> = new Set(['UNAVAILABLE', 'READING_TIMED_OUT', 'INTERNAL']);

/**
 * One delivery of a hub. Usable at once, without a request to the site; where it leaves a doubt (something broken in it, a
 * withdrawal, an item that was withdrawn, nothing at all) the site itself is asked at once. A signature that doesn't fit is
 * acknowledged and ignored (WebSub section 8).
 */
export async function takeDelivery(
  subscribed: Subscribed,
  { body, headers }: FromHub,
  tools: HarvestTools,
  ask: (source: string) => Promise<void>,
): Promise<Taken> {
  const { state, document, id } = subscribed;
  if (state !== 'active') return 'gone';
  const { source: name, topic, secret } = document;
  const source = tools.federation.sources.find(one => one.name === name);
  if (!source) return 'gone';
  if (!isSignedBy(secret, headers['x-hub-signature'], body)) {
    tools.log.warn(
      { source: name },
      `${name}: một lần giao tin của trung tâm WebSub có chữ ký sai, đã bỏ qua.`,
    );
    return 'taken';
  }
  const paused = (await tools.store.work.state(name))?.paused !== undefined;
  if (paused || !source.enabled) return 'taken';
  await noteDelivery(id, tools);
  const reads = tools.connectors.get(source.connector)?.receive !== undefined;
  if (body.length === 0 || !reads) {
    await ask(name);
    return 'taken';
  }
  try {
    const receipt = await receive(name, { body, headers, url: topic }, {}, tools);
    const { created, updated, withdrawn, refused, doubted, spoilt } = receipt;
    tools.log.info({ source: name, created, updated, withdrawn }, `${name}: trung tâm WebSub báo tin.`);
    if (spoilt || refused > 0 || doubted > 0 || withdrawn > 0) await ask(name);
    return 'taken';
  } catch (thrown) {
    await ask(name);
    const { code, message } = toCoded(thrown);
    tools.log.info({ source: name, code }, `${name}: một lần giao tin không dùng được (${message})`);
    return OURS.has(code) ? 'later' : 'taken';
  }
}

async function noteDelivery(id: string, { store }: HarvestTools): Promise<void> {
  const now = await store.now();
  await changeSubscription(store, id, ({ document: { missed: _missed, ...document }, ...kept }) => ({
    ...kept,
    document: { ...document, delivered: now },
  }));
}
