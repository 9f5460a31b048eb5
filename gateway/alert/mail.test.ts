import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SMTPServerOptions } from 'smtp-server';
import type { SmtpSettings } from '../../schemas/alarms.ts';
import { type MailSink, startMailSink } from '../e2e/mail-sink.ts';
import { sampleCertificate } from '../harvest/sample-certificate.ts';
import type { Message } from './compose.ts';
import { sendMail } from './mail.ts';

const MESSAGE: Message = {
  id: 'alert_1',
  at: Date.parse('2026-11-23T10:00:00+07:00'),
  subject: 'Cảnh báo: Đầu nối lỗi (viec-lam/tin)',
  text: 'Đầu nối viec-lam/tin không thu được.\n.\nDòng sau dấu chấm.',
  urgent: false,
  body: {},
};
const GATEWAY = { title: 'Tin tổng hợp ngành Lao động', publicUrl: 'https://tin.example.gov.vn' };
const { key, cert } = sampleCertificate('localhost');
let sink: MailSink | undefined;
let folder: string;
let ca: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lienthong-mail-'));
  ca = join(folder, 'ca.pem');
  writeFileSync(ca, cert);
});
afterEach(async () => {
  await sink?.stop();
  sink = undefined;
  rmSync(folder, { recursive: true });
});

const login: SMTPServerOptions = {
  authOptional: false,
  onAuth: ({ username, password }, _session, done) =>
    password === 'mật khẩu' && username !== undefined
      ? done(null, { user: username })
      : done(new Error(`Wrong password ${password}`)),
};

function mail(
  smtp: Partial<SmtpSettings>,
  message: Partial<Message> = {},
  to = ['truc@bo.example'],
  title = GATEWAY.title,
) {
  const settings: SmtpSettings = { host: 'localhost', port: sink?.port ?? 0, tls: 'none', ...smtp };
  return sendMail(
    { to, from: 'cong@bo.example', smtp: settings },
    { ...MESSAGE, ...message },
    { ...GATEWAY, title },
  );
}

describe('mail', () => {
  it('is plain text in UTF-8, its Vietnamese whole, with a stable id and the time of the notice', async () => {
    sink = await startMailSink();
    await mail({}, {}, ['a@bo.example', 'b@bo.example']);
    const [got] = sink.mails;
    expect(got).toMatchObject({
      to: ['a@bo.example', 'b@bo.example'],
      from: 'cong@bo.example',
      subject: MESSAGE.subject,
    });
    expect(got?.text.trimEnd()).toBe(MESSAGE.text);
    expect(got?.headers.get('message-id')).toEqual(['<alert_1@tin.example.gov.vn>']);
    expect(got?.headers.get('date')).toEqual(['Mon, 23 Nov 2026 03:00:00 +0000']);
    expect(got?.raw.split('\r\n').every(line => /^[\x20-\x7e\t]*$/.test(line) && line.length <= 998)).toBe(
      true,
    );
  });

  it('is enciphered after STARTTLS, and logs in only then', async () => {
    sink = await startMailSink({ key, cert, ...login });
    await mail({ tls: 'starttls', ca, user: 'cong', password: 'mật khẩu' });
    expect(sink.mails.map(({ secure, user }) => [secure, user])).toEqual([[true, 'cong']]);
  });

  it('is enciphered from the first byte where that is asked for', async () => {
    sink = await startMailSink({ key, cert, secure: true, ...login });
    await mail({ tls: 'tls', ca, user: 'cong', password: 'mật khẩu' });
    expect(sink.mails).toHaveLength(1);
  });

  it.each<[string, SMTPServerOptions, Partial<SmtpSettings>]>([
    ['that nobody known has signed', { key, cert }, { tls: 'starttls' }],
    ['of another name', { ...sampleCertificate('thu.example') }, { tls: 'starttls', ca: 'own' }],
    [
      'that has ended',
      { ...sampleCertificate('localhost', { until: '210101000000Z' }) },
      { tls: 'starttls', ca: 'own' },
    ],
    ['that nobody known has signed, from the first byte', { key, cert, secure: true }, { tls: 'tls' }],
  ])('is not given to a server with a certificate %s', async (_what, options, smtp) => {
    sink = await startMailSink({ ...options, ...login });
    const own = join(folder, 'own.pem');
    writeFileSync(own, String(options.cert));
    const { ca: asked, ...rest } = smtp;
    const trusted = asked === undefined ? {} : { ca: own };
    await expect(mail({ ...rest, ...trusted, user: 'cong', password: 'mật khẩu' })).rejects.toThrow(
      /certificate|altnames|expired/i,
    );
    expect(sink.mails).toEqual([]);
  });

  it('is not given to a server that offers no STARTTLS: nobody in between can take it away', async () => {
    sink = await startMailSink();
    await expect(mail({ tls: 'starttls' })).rejects.toThrow(/STARTTLS/);
    expect(sink.mails).toEqual([]);
  });

  it('says nothing of the password when it is wrong, though the server repeats it', async () => {
    sink = await startMailSink({ key, cert, ...login });
    const failed = mail({ tls: 'starttls', ca, user: 'cong', password: 'bí mật sai' });
    await expect(failed).rejects.toThrow(/Wrong password \*\*\*/);
    await expect(failed).rejects.not.toThrow(/bí mật sai/);
  });

  it.each([
    ['a line break', 'Tin\r\nBcc: ke-xau@example.com'],
    ['a lone line feed', 'Tin\nX-Evil: 1'],
    ['a lone carriage return', 'Tin\rX-Evil: 1'],
    ['signs that break lines elsewhere', 'Tin\u2028X-Evil: 1\u0085Y: 2\u0000'],
  ])('lets no header in with %s in subject or title', async (_what, hostile) => {
    sink = await startMailSink();
    await mail(
      {},
      { subject: hostile, text: `${hostile}\r\n.\r\nRCPT TO:<x@example.com>` },
      undefined,
      hostile,
    );
    const [got] = sink.mails;
    expect(got?.to).toEqual(['truc@bo.example']);
    expect([...(got?.headers.keys() ?? [])].filter(name => /bcc|evil|^y$/.test(name))).toEqual([]);
  });

  it('refused by all is not sent; refused for some is, and says so', async () => {
    sink = await startMailSink();
    sink.behave('refuse');
    await expect(mail({})).rejects.toThrow(/Mailbox busy/);
    sink.behave('refuse', 'sai@bo.example');
    expect(await mail({}, {}, ['truc@bo.example', 'sai@bo.example'])).toMatch(/từ chối 1 địa chỉ/);
    expect(sink.mails.map(({ to }) => to)).toEqual([['truc@bo.example']]);
  });

  it('is given up where nobody listens, or somebody never speaks', async () => {
    const sockets: Socket[] = [];
    const mute = createServer(socket => void sockets.push(socket)).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as AddressInfo;
    await expect(mail({ port })).rejects.toThrow(/[Gg]reeting/);
    for (const socket of sockets) socket.destroy();
    mute.close();
    await expect(mail({ port: 9 })).rejects.toThrow(/ECONNREFUSED/);
  });
});
