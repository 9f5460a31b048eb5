import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as it came in, its words decoded. */
export interface Mail {
  readonly to: readonly string[];
  readonly from: string;
  /** Names in lower case, each as often as it stood there. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly subject: string;
  readonly text: string;
  readonly raw: string;
  /** It came over an enciphered connection, from this user. */
  readonly secure: boolean;
  readonly user?: string;
}

export interface MailSink {
  readonly port: number;
  readonly mails: Mail[];
  /** What becomes of the next mails: `drop` takes the whole mail and then never says so; `refuse` may be of one address. */
  behave(how: 'take' | 'refuse' | 'drop', address?: string): void;
  stop(): Promise<void>;
}

/** A real SMTP server on loopback. */
export async function startMailSink(options: SMTPServerOptions = {}, port = 0): Promise<MailSink> {
  const mails: Mail[] = [];
  let how: 'take' | 'refuse' | 'drop' = 'take';
  let refused: string | undefined;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.key ? [] : ['STARTTLS'],
    ...options,
    onRcptTo({ address }, _session, done) {
      const isRefused = how === 'refuse' && (refused === undefined || refused === address);
      done(isRefused ? Object.assign(new Error('Mailbox busy'), { responseCode: 450 }) : null);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const user = typeof session.user === 'string' ? { user: session.user } : {};
        mails.push({
          ...readMail(Buffer.concat(chunks).toString('utf8')),
          to: rcptTo.map(({ address }) => address),
          from: mailFrom ? mailFrom.address : '',
          secure: session.secure === true,
          ...user,
        });
        if (how === 'drop') for (const connection of server.connections) connection.close();
        else done(null);
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    behave: (next, address) => {
      how = next;
      refused = address;
    },
    stop: () => new Promise(resolve => server.close(() => resolve())),
  };
}

function readMail(raw: string): Pick<Mail, 'headers' | 'subject' | 'text' | 'raw'> {
  const end = raw.indexOf('\r\n\r\n');
  const headers = new Map<string, string[]>();
  for (const line of raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')) {
    const [name = '', ...value] = line.split(':');
    const key = name.toLowerCase();
    headers.set(key, [...(headers.get(key) ?? []), value.join(':').trim()]);
  }
  const coding = headers.get('content-transfer-encoding')?.[0];
  const body = raw.slice(end + 4);
  return {
    raw,
    headers,
    subject: decodeWords(headers.get('subject')?.[0] ?? ''),
    text: (coding === 'base64'
      ? Buffer.from(body, 'base64').toString('utf8')
      : coding === 'quoted-printable'
        ? quotedPrintable(body.replace(/=\r\n/g, ''))
        : body
    ).replaceAll('\r\n', '\n'),
  };
}

/** RFC 2047. */
export function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_all, kind: string, text: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString('latin1')
        : Buffer.from(quotedPrintable(text.replaceAll('_', ' ')), 'utf8').toString('latin1'),
    )
    .replace(/^.*$/s, text => Buffer.from(text, 'latin1').toString('utf8'));
}

function quotedPrintable(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
