import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import type { MailTarget, SmtpSettings } from '../../schemas/alarms.ts';
import { CodedError } from '../../schemas/errors.ts';
import type { Message } from './compose.ts';
import { plain } from './words.ts';

const SECOND = 1_000;
/** One conversation with a mail server, from the connection to its last word. */
const TIMEOUTS = { connectionTimeout: 10 * SECOND, greetingTimeout: 10 * SECOND, socketTimeout: 20 * SECOND };
/** All of it together: a server that answers one byte at a time must not hold the others up. */
const PATIENCE = 45 * SECOND;

/** Sends one message; gives what the server said. Throws with what went wrong, without any secret. */
export async function sendMail(
  { to, from, smtp }: MailTarget,
  message: Message,
  { title, publicUrl }: { readonly title: string; readonly publicUrl: string },
): Promise<string> {
  const transport = createTransport(transportOf(smtp));
  let timer: NodeJS.Timeout | undefined;
  try {
    const sent = transport.sendMail({
      from: { name: plain(title, 80), address: from },
      to: [...to],
      subject: message.subject,
      text: message.text,
      date: new Date(message.at),
      messageId: `<${message.id}@${domainOf(publicUrl)}>`,
      // RFC 3834: nobody's holiday note answers it.
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      ...(message.urgent && { priority: 'high' as const }),
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the mail server took too long')), PATIENCE);
    });
    const { accepted, rejected, response } = await Promise.race([sent, late]);
    if (accepted.length === 0) throw new Error(response);
    const without = rejected.length > 0 ? ` (từ chối ${rejected.length} địa chỉ)` : '';
    return `${plain(response, 100)}${without}`;
  } catch (thrown) {
    throw new CodedError('UNAVAILABLE', withoutSecret(thrown, smtp), { cause: thrown });
  } finally {
    clearTimeout(timer);
    transport.close();
  }
}

function transportOf({ host, port, tls, user, password, ca }: SmtpSettings) {
  return {
    host,
    port,
    secure: tls === 'tls',
    // Without this a server, or who stands before it, could talk us out of enciphering.
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    tls: { minVersion: 'TLSv1.2' as const, ...(ca !== undefined && { ca: readFileSync(ca, 'utf8') }) },
    ...(user !== undefined && password !== undefined && { auth: { user, pass: password } }),
    ...TIMEOUTS,
  };
}

/** Right of the @ of a Message-ID: a name, or an address in brackets (RFC 5322, 3.6.4). */
function domainOf(publicUrl: string): string {
  const host = URL.parse(publicUrl)?.hostname ?? 'localhost';
  return /^[a-z0-9.-]+$/i.test(host) && !/^[\d.]+$/.test(host) ? host : 'lienthong.invalid';
}

/** Servers repeat what they were sent: neither a password nor its base64 goes any further. */
function withoutSecret(thrown: unknown, { user = '', password = '' }: SmtpSettings): string {
  const coded = [
    password,
    ...[password, `\0${user}\0${password}`].map(text => Buffer.from(text).toString('base64')),
  ];
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const clean = coded.reduce(
    (text, secret) => (secret.length < 3 ? text : text.replaceAll(secret, '***')),
    message,
  );
  return plain(clean, 200);
}
