import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { atomFeed, type FakeSite, federationOf, startFakeSite } from './fake-site.ts';
import { type MailSink, startMailSink } from './mail-sink.ts';
import { runCommand } from './run-command.ts';
import { type Gateway, removeFolder, runGateway, temporaryFolder, until } from './run-gateway.ts';

/** The program as it runs: trouble comes by mail, a kill -9 brings no second one, and its end is told by who comes after. */
const PIB = 1024 ** 2;
let site: FakeSite;
let sink: MailSink;
let gateway: Gateway;
const dataDir = temporaryFolder();
const file = join(dataDir, 'federation.yaml');

const config = (free: string) => `${federationOf(site, '{ min: 1s, max: 1h }')}alerts:
  - id: truc
    mail: { to: truc@bo.example, from: cong@bo.example, smtp: { host: 127.0.0.1, port: ${sink.port}, tls: none } }
    digest: false
alarms: { disk-low: { free: ${free} }, backup-old: { off: true } }
`;
const lienthong = (...words: string[]) =>
  runCommand(words, { LIENTHONG_DATA: dataDir, LIENTHONG_CONFIG: file, LOG_LEVEL: 'warn' });

beforeAll(async () => {
  [site, sink] = await Promise.all([startFakeSite(), startMailSink()]);
  site.pages.set('/tin.atom', { body: () => atomFeed(site.url, [{ id: 'a', title: 'Tin thứ nhất' }]) });
  // No disk has this much free.
  gateway = await runGateway({ dataDir, config: config(`${PIB}GiB`) });
});

afterAll(async () => {
  await gateway.kill('SIGTERM');
  await Promise.all([site.stop(), sink.stop()]);
  removeFolder(dataDir);
});

it('a running gateway tells by mail, shows the alarm everywhere, and stops in time', async () => {
  await until('the mail', async () => sink.mails.length > 0, 60_000);
  expect(sink.mails.map(({ subject }) => subject)).toEqual(['Cảnh báo: Đĩa sắp đầy (data)']);
  expect(await (await fetch(`${gateway.url}/metrics`)).text()).toMatch(
    /lienthong_alarms\{kind="disk-low"\} 1/,
  );
  const { code, out } = await lienthong('alerts');
  expect(code).toBe(0);
  expect(out).toMatch(/Đang mở: 1\n⚠\tdisk-low\t.*xoá bớt hoặc thêm đĩa/);
  expect(out).toMatch(/\ttruc\tđã gửi\t.*\tlần 1\t250 .*\tCảnh báo: Ổ đĩa/);
}, 120_000);

it('killed in the middle and started again it tells nothing twice; the end is told once', async () => {
  await gateway.kill('SIGKILL');
  gateway = await runGateway({ dataDir, config: config('1MiB') });
  await until('the end', async () => sink.mails.length > 1, 150_000);
  expect(sink.mails.map(({ subject }) => subject)).toEqual([
    'Cảnh báo: Đĩa sắp đầy (data)',
    'Đã hết: Đĩa sắp đầy (data)',
  ]);
  expect((await lienthong('alerts')).out).toContain('Không có cảnh báo nào đang mở.');
}, 240_000);

it('another channel in the file is told from the next `reload` on, and nobody else anything twice', async () => {
  const before = sink.mails.length;
  writeFileSync(file, config(`${PIB}GiB`).replaceAll('truc', 'truc-moi'));
  const { code, err } = await lienthong('reload');
  expect([code, err]).toEqual([0, '']);
  await until('the mail to the other', async () => sink.mails.length > before, 60_000);
  expect(sink.mails.slice(before).map(({ to, subject }) => [...to, subject])).toEqual([
    ['truc-moi@bo.example', 'Cảnh báo: Đĩa sắp đầy (data)'],
  ]);
  writeFileSync(file, config('1MiB'));
}, 120_000);

it('lienthong alerts test tries every channel and says how it went; kinds lists what there is', async () => {
  expect(await lienthong('alerts', 'test')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^truc: đã nhận \(250/),
  });
  expect(sink.mails.at(-1)?.subject).toBe('Thư thử cảnh báo');
  expect(await lienthong('alerts', 'test', 'ai')).toMatchObject({
    code: 2,
    err: expect.stringContaining('truc'),
  });
  sink.behave('refuse');
  expect(await lienthong('alerts', 'test', 'truc')).toMatchObject({
    code: 1,
    out: expect.stringContaining('chưa nhận'),
  });
  const { out } = await lienthong('alerts', 'kinds');
  expect(out).toMatch(/^disk-low\tkhẩn, free 1MiB\tĐĩa sắp đầy\t/m);
  expect(out).toMatch(/^backup-old\ttắt, after 2d\t/m);
  writeFileSync(file, federationOf(site));
  expect(await lienthong('alerts', 'test')).toMatchObject({ code: 2 });
}, 120_000);
