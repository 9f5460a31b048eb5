import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../../connectors/connector.ts';
import { CodedError, toCoded } from '../../schemas/errors.ts';
import { announce, newSecret, type Running } from './announce.ts';

/** Milliseconds a command waits for what it asked for: remote schemas may be read meanwhile. */
const PATIENCE = 120_000;

export interface Control {
  close(): Promise<void>;
}

/**
 * A door for the commands of this machine's operator: loopback, a port of its own, opened by a word that only the data
 * folder's owner can read. The same on Windows, which has no signals. `acts`: path → what it does.
 */
export async function openControl(
  dataDir: string,
  url: string,
  acts: Readonly<Record<string, () => Promise<unknown>>>,
  log: Log,
): Promise<Control> {
  const secret = newSecret();
  const server = createServer((request, response) => {
    void answer(request, secret, acts).then(
      body => send(response, 200, body),
      thrown => {
        const { code, message, status, data } = toCoded(thrown);
        send(response, status, { error: { code, message, data } });
      },
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: control } = server.address() as AddressInfo;
  let leave: (() => void) | undefined;
  try {
    leave = announce(dataDir, { control, secret, url });
  } catch (err) {
    log.warn(
      { err },
      `The data folder ${dataDir} can't be written: \`lienthong reload\` won't find this process.`,
    );
  }
  return {
    async close() {
      leave?.();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  request: IncomingMessage,
  secret: string,
  acts: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<unknown> {
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${secret}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new CodedError('UNAUTHENTICATED', 'This door is for the commands of this machine.');
  const act = request.method === 'POST' ? acts[request.url ?? ''] : undefined;
  if (!act) throw new CodedError('NOT_FOUND', 'There is no such command.');
  return act();
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(body));
}

/** Asks one running gateway. Throws what it threw, with its sentences; UNAVAILABLE when it does not answer. */
export async function askRunning<T>({ control, secret, pid }: Running, path: string): Promise<T> {
  const answer = await fetch(`http://127.0.0.1:${control}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}` },
    signal: AbortSignal.timeout(PATIENCE),
  }).catch(cause => {
    throw new CodedError('UNAVAILABLE', `The gateway (process ${pid}) does not answer.`, { cause });
  });
  const body = (await answer.json()) as T & { error?: Pick<CodedError, 'code' | 'message' | 'data'> };
  if (body.error) throw new CodedError(body.error.code, body.error.message, { data: body.error.data });
  return body;
}
