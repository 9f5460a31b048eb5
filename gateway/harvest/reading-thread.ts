import type { MessagePort } from 'node:worker_threads';
import type { Connector } from '../../connectors/connector.ts';
import type { Entry } from '../../schemas/entry.ts';
import { CodedError, toCoded } from '../../schemas/errors.ts';
import { cleanHtml } from '../normalise/clean-html.ts';
import { type NormaliseContext, normaliseBatch } from '../normalise/normalise.ts';
import type { Answer } from './reading-pool.ts';

/** What a reading thread is asked to do: everything that works on foreign text. */
export type ReadingTask =
  | { readonly kind: 'read'; readonly connector: string; readonly input: unknown; readonly options: unknown }
  | { readonly kind: 'clean'; readonly texts: readonly { readonly html: string; readonly link: string }[] }
  | { readonly kind: 'normalise'; readonly entries: readonly Entry[]; readonly context: NormaliseContext };

/** Serves reading tasks that come by the port, one after the other, until the thread is ended. */
export function serveReading(port: MessagePort, connectors: readonly Connector[]): void {
  const byId = new Map(connectors.map(connector => [connector.id, connector]));
  port.on('message', async (task: ReadingTask) => port.postMessage(await answer(task, byId)));
}

async function answer(task: ReadingTask, connectors: ReadonlyMap<string, Connector>): Promise<Answer> {
  try {
    return { value: await perform(task, connectors) };
  } catch (thrown) {
    const { code, message, data, cause } = toCoded(thrown);
    const why = code === 'INTERNAL' && cause instanceof Error ? `Reading failed: ${cause.message}` : message;
    return { error: { code: code === 'INTERNAL' ? 'UNREADABLE' : code, message: why, data } };
  }
}

async function perform(task: ReadingTask, connectors: ReadonlyMap<string, Connector>): Promise<unknown> {
  if (task.kind === 'clean') {
    return task.texts.map(({ html, link }) => cleaned(html, link));
  }
  if (task.kind === 'normalise') return normaliseBatch(task.entries, task.context);
  const connector = connectors.get(task.connector);
  if (!connector) throw new CodedError('INTERNAL', `No connector is called ${task.connector}.`);
  return connector.read(task.input, task.options);
}

function cleaned(content: string, link: string): { readonly html: string; readonly text: string } {
  const { html, text } = cleanHtml(content, { base: link });
  return { html, text };
}
