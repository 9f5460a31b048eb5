import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

export interface PushAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly id?: string;
    readonly state?: string;
    readonly reason?: string;
    readonly changed?: boolean;
    readonly problems?: readonly { readonly rule: string }[];
    readonly error?: {
      readonly code: string;
      readonly problems?: readonly {
        readonly path: string;
        readonly message: string;
        readonly remedy: string;
      }[];
    };
  };
}

export interface HowToPush {
  readonly secret: string;
  readonly id?: string;
  /** Milliseconds from now that the site's clock says. */
  readonly off?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body after it was signed. */
  readonly changed?: string;
}

/** A push as a site's program makes it, signed by the Standard Webhooks library. */
export async function pushTo(url: string, push: unknown, how: HowToPush): Promise<PushAnswer> {
  const { secret, id = `msg_${randomUUID()}`, off = 0, headers = {}, changed } = how;
  const body = typeof push === 'string' ? push : JSON.stringify(push);
  const at = new Date(Date.now() + off);
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
      ...headers,
    },
    body: changed ?? body,
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as PushAnswer['body'],
  };
}
