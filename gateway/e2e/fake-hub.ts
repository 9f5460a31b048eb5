import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the hub was asked. */
export interface HubRequest {
  readonly path: string;
  readonly mode: string;
  readonly topic: string;
  readonly callback: string;
  readonly secret: string;
  readonly seconds: string;
  /** Of its verification: status and body of the callback's answer; absent where the hub doesn't verify. */
  verified?: { readonly status: number; readonly body: string };
}

export interface Sending {
  readonly body: string;
  readonly type?: string;
  /** `X-Hub-Signature`; made with the subscription's secret unless said; '' sends none. */
  readonly signature?: string;
  readonly method?: 'sha1' | 'sha256' | 'sha384' | 'sha512';
}

/** Another one's hub, written from the Recommendation: takes requests, verifies, denies, redirects, distributes. */
export interface FakeHub {
  readonly url: string;
  readonly host: string;
  readonly requests: HubRequest[];
  /** Path → how it behaves from now on. */
  readonly behaviours: Map<string, HubBehaviour>;
  of(mode: string): HubRequest[];
  /** A GET of a callback, with these parameters. */
  ask(
    callback: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<{ status: number; body: string; type: string }>;
  deliver(to: Pick<HubRequest, 'callback' | 'topic' | 'secret'>, sending: Sending): Promise<number>;
  stop(): Promise<void>;
}

export interface HubBehaviour {
  readonly status?: number;
  readonly location?: string;
  /** Seconds it grants; what was asked for unless said. */
  readonly grants?: number;
  /** False: takes the request and never verifies it. */
  readonly verifies?: boolean;
  /** Asks about another topic than was asked for. */
  readonly topic?: string;
}

export async function startFakeHub(): Promise<FakeHub> {
  const requests: HubRequest[] = [];
  const behaviours = new Map<string, HubBehaviour>();

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    const field = (name: string) => form.get(`hub.${name}`) ?? '';
    const path = request.url ?? '/';
    const { status = 202, location, grants, verifies = true, topic } = behaviours.get(path) ?? {};
    response.writeHead(status, location === undefined ? {} : { location }).end();
    if (request.method !== 'POST') return;
    const asked: HubRequest = {
      path,
      mode: field('mode'),
      topic: field('topic'),
      callback: field('callback'),
      secret: field('secret'),
      seconds: field('lease_seconds'),
    };
    requests.push(asked);
    if (status !== 202 || !verifies) return;
    const challenge = randomBytes(16).toString('hex');
    // A subscriber that is away is asked again with its next request.
    const answer = await ask(asked.callback, {
      'hub.mode': asked.mode,
      'hub.topic': topic ?? asked.topic,
      'hub.challenge': challenge,
      ...(asked.mode === 'subscribe' && { 'hub.lease_seconds': String(grants ?? asked.seconds) }),
    }).catch(() => undefined);
    if (!answer) return;
    asked.verified = {
      status: answer.status,
      body: answer.body === challenge ? 'the challenge' : answer.body,
    };
  }

  const server = createServer((request, response) => void take(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    requests,
    behaviours,
    of: mode => requests.filter(one => one.mode === mode),
    ask,
    async deliver(
      { callback, topic, secret },
      { body, type = 'application/atom+xml', signature, method = 'sha256' },
    ) {
      const made = `${method}=${createHmac(method, secret).update(body).digest('hex')}`;
      const sent = signature ?? made;
      const answer = await fetch(callback, {
        method: 'POST',
        body,
        headers: {
          'content-type': type,
          link: `<http://${host}/>; rel="hub", <${topic}>; rel="self"`,
          ...(sent !== '' && { 'x-hub-signature': sent }),
        },
      });
      await answer.arrayBuffer();
      return answer.status;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function ask(callback: string, parameters: Readonly<Record<string, string>>) {
  const answer = await fetch(
    `${callback}${callback.includes('?') ? '&' : '?'}${new URLSearchParams(parameters)}`,
  );
  return { status: answer.status, body: await answer.text(), type: answer.headers.get('content-type') ?? '' };
}
