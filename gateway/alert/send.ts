import type { AlertChannel } from '../../schemas/alarms.ts';
import { CodedError } from '../../schemas/errors.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { CallbackFetch } from '../deliver/callback-fetch.ts';
import { webhookHeaders } from '../deliver/sign.ts';
import type { Message } from './compose.ts';
import { sendMail } from './mail.ts';

export interface SendTools {
  readonly federation: Pick<Federation, 'gateway'>;
  /** The guarded way out, with `callbacks.allowNetworks`. */
  readonly fetch: CallbackFetch;
}

/** Sends one message by one channel; gives what the other side said. Throws a CodedError that is safe to show. */
export async function send(channel: AlertChannel, message: Message, tools: SendTools): Promise<string> {
  if ('mail' in channel.to) return sendMail(channel.to.mail, message, tools.federation.gateway);
  const { url, secret, format } = channel.to.webhook;
  const said = format === 'chat' ? { text: `${message.subject}\n${message.text}` } : message.body;
  const body = JSON.stringify(said);
  const headers = {
    'content-type': 'application/json',
    ...(secret !== undefined && webhookHeaders({ secret }, { id: message.id, at: Date.now(), body })),
  };
  const { status } = await tools.fetch({ url, method: 'POST', headers, body });
  if (status >= 200 && status <= 299) return String(status);
  throw new CodedError('SITE_UNEXPECTED', `HTTP ${status}`);
}
