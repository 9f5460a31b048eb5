import { CodedError } from '../../schemas/errors.ts';
import { sendTest } from '../deliver/send-webhook.ts';
import { openDeliverTools } from '../deliver/thread.ts';
import type { Plugins } from './plugins.ts';
import type { Setting } from './setting.ts';

/** One signed test message to a webhook, now; exit code 1 when it was not taken. */
export async function testWebhook(id: string, plugins: Plugins, setting: Setting): Promise<number> {
  const { webhooks } = setting.federation.callbacks;
  const webhook = webhooks.find(one => one.id === id);
  if (!webhook) {
    const known = webhooks.map(one => one.id).join(', ');
    throw new CodedError('NOT_FOUND', `No webhook is called ${id}. There are: ${known || 'none'}.`);
  }
  const store = await setting.openStore();
  const tools = openDeliverTools({ ...setting, store, formats: plugins.formats });
  try {
    const { row } = await sendTest(webhook, tools);
    await store.deliveries.write([row]);
    console.log(`${id}: ${row.outcome}, ${row.milliseconds} ms${row.taken ? ', đã nhận' : ', chưa nhận'}.`);
    return row.taken ? 0 : 1;
  } finally {
    await tools.close();
    await store.close();
  }
}
