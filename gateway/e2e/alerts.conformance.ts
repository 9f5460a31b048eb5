import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { AlertChannel } from '../../schemas/alarms.ts';
import { openAlarms } from '../alert/look.ts';
import { type Alerting, byMail, byWebhook, harvested, MORNING, openAlerting } from './alerting.ts';
import { startFakeSubscriber } from './fake-subscriber.ts';
import { type MailSink, startMailSink } from './mail-sink.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const DOWN = { code: 'SITE_FAILED', message: 'viec-lam.example.vn has an error of its own (503).' };

/** Alerts from trouble to mailbox, on one engine. */
export function alertsConform(
  database: () => Promise<{ readonly url: string; readonly remove: () => Promise<void> } | undefined>,
): void {
  let sink: MailSink;
  let world: Alerting;
  let removing: () => Promise<void>;

  beforeEach(async () => {
    sink = await startMailSink();
  });
  afterEach(async () => {
    await world.close();
    await removing();
    await sink.stop();
  });

  /** A federation of one source that has given items and is well, and these channels. */
  async function open(alerts: readonly AlertChannel[]): Promise<void> {
    const made = await database();
    removing = made?.remove ?? (async () => undefined);
    world = await openAlerting({ alerts }, made ? { databaseUrl: made.url } : {});
    for (const { name } of world.federation.sources) {
      await world.store.transaction(tx => tx.work.count(name, 3));
      await harvested(world.store, name);
    }
  }
  async function fails(source: string, hours = 7): Promise<void> {
    for (let hour = 0; hour < hours; hour += 1) {
      world.clock += HOUR;
      for (const { name } of world.federation.sources)
        await harvested(world.store, name, name === source ? DOWN : undefined);
    }
  }
  const subjects = () => sink.mails.map(({ subject }) => subject);

  describe('an alarm', () => {
    it('comes as one Vietnamese sentence with what to do, once, and once more when it is over', async () => {
      await open([byMail(sink.port)]);
      const replica = await world.replica();
      await replica.look();
      await replica.send();
      expect(sink.mails).toEqual([]);

      await fails('viec-lam/tin');
      for (let round = 0; round < 3; round += 1) {
        await replica.look();
        await replica.send();
      }
      expect(subjects()).toEqual(['Cảnh báo: Đầu nối lỗi (viec-lam/tin)']);
      const [mail] = sink.mails;
      expect(mail?.text.split('\n')[0]).toBe(
        'Cảnh báo: Đầu nối viec-lam/tin không thu được từ 10:00, 23/11/2026 (SITE_FAILED: viec-lam.example.vn has an error of its own (503).); xem lỗi bằng lệnh lienthong try viec-lam/tin, rồi báo quản trị trang.',
      );
      expect(mail?.text).toContain('http://tin.example.gov.vn/console');
      expect(mail?.headers.get('content-type')).toEqual(['text/plain; charset=utf-8']);
      expect(mail?.headers.get('auto-submitted')).toEqual(['auto-generated']);
      expect((await openAlarms(world.store)).map(({ id }) => id)).toEqual(['source-failing:viec-lam/tin']);

      await harvested(world.store, 'viec-lam/tin');
      for (let round = 0; round < 3; round += 1) {
        await replica.look();
        await replica.send();
      }
      expect(subjects().slice(1)).toEqual(['Đã hết: Đầu nối lỗi (viec-lam/tin)']);
      expect(sink.mails[1]?.text.split('\n')[0]).toBe(
        'Đã hết: Đầu nối lỗi (viec-lam/tin), kéo dài 7 giờ, từ 10:00, 23/11/2026 đến 17:00, 23/11/2026.',
      );
      expect(await openAlarms(world.store)).toEqual([]);
    });

    it('is told once by many replicas that look and send at the same moment, and by none after a restart', async () => {
      await open([byMail(sink.port)]);
      const replicas = await Promise.all([world.replica(), world.replica(), world.replica()]);
      await fails('viec-lam/tin');
      for (let round = 0; round < 3; round += 1) {
        await Promise.all(replicas.map(replica => replica.look()));
        await Promise.all(replicas.map(replica => replica.send()));
      }
      expect(subjects()).toEqual(['Cảnh báo: Đầu nối lỗi (viec-lam/tin)']);
      for (const replica of replicas) await replica.stop();
      const again = await world.replica();
      await again.look();
      await again.send();
      expect(sink.mails).toHaveLength(1);
    });

    it('is looked for by another replica when the one that did falls silent, and not before', async () => {
      await open([byMail(sink.port)]);
      const [silent, other] = [await world.replica(), await world.replica()];
      await silent.look();
      await fails('viec-lam/tin', 6);
      await silent.look();
      await harvested(world.store, 'viec-lam/tin');
      world.clock += 30_000;
      await other.look();
      expect(await openAlarms(world.store)).toHaveLength(1);
      world.clock += 20_000;
      await other.look();
      expect(await openAlarms(world.store)).toEqual([]);
    });

    it('and many others at one look make one message', async () => {
      await open([byMail(sink.port)]);
      const replica = await world.replica();
      world.clock += 7 * HOUR;
      for (const { name } of world.federation.sources) await harvested(world.store, name, DOWN);
      await replica.look();
      await replica.send();
      expect(subjects()).toEqual(['4 cảnh báo']);
      expect(
        sink.mails[0]?.text.split('\n').filter(line => line.startsWith('Cảnh báo: Đầu nối')),
      ).toHaveLength(4);
    });

    it('comes in English where that is asked for', async () => {
      await open([byMail(sink.port, { language: 'en' })]);
      const replica = await world.replica();
      await fails('viec-lam/tin');
      await replica.look();
      await replica.send();
      expect(subjects()).toEqual(['Alarm: A source fails (viec-lam/tin)']);
      expect(sink.mails[0]?.text).toMatch(/^Alarm: Source viec-lam\/tin can not be harvested since 10:00/);
    });

    it('goes only to who asked for its kind and its site', async () => {
      const subscriber = await startFakeSubscriber();
      const to = (id: string, more: Partial<AlertChannel>) =>
        byWebhook(`${subscriber.url}/${id}`, { id, ...more });
      await open([
        to('kind', { kinds: ['source-failing'] }),
        to('other-kind', { kinds: ['disk-low'] }),
        to('site', { sites: ['viec-lam'] }),
        to('other-site', { sites: ['bao-a'] }),
        to('both', { kinds: ['source-failing', 'disk-low'], sites: ['viec-lam', 'bao-a'] }),
      ]);
      const replica = await world.replica();
      await fails('viec-lam/tin');
      await replica.look();
      await replica.send();
      expect(subscriber.received.map(({ path }) => path).toSorted()).toEqual(['/both', '/kind', '/site']);
      await subscriber.stop();
    });
  });

  describe('a webhook', () => {
    it('is signed as Standard Webhooks, with the alarms as data; a chat gets its text and nothing else', async () => {
      const subscriber = await startFakeSubscriber();
      await open([
        byWebhook(`${subscriber.url}/a`, { id: 'a' }, SECRET),
        byWebhook(`${subscriber.url}/chat`, { id: 'chat' }),
      ]);
      const replica = await world.replica();
      await fails('viec-lam/tin');
      await replica.look();
      await replica.send();
      const [post] = subscriber.posts('/a');
      const body = new Webhook(SECRET).verify(post?.body ?? '', post?.headers as Record<string, string>);
      expect(body).toMatchObject({
        kind: 'alarm',
        gateway: 'Tin tổng hợp ngành Lao động',
        url: 'http://tin.example.gov.vn/console',
        alarms: [
          {
            id: 'source-failing:viec-lam/tin',
            kind: 'source-failing',
            subject: 'viec-lam/tin',
            site: 'viec-lam',
            state: 'on',
            since: '2026-11-23T10:00:00+07:00',
            sentence: expect.stringMatching(/^Cảnh báo: Đầu nối viec-lam\/tin/),
          },
        ],
      });
      const [chat] = subscriber.posts('/chat');
      expect(Object.keys(JSON.parse(chat?.body ?? '{}'))).toEqual(['text']);
      await subscriber.stop();
    });

    it('never reaches a private machine that is not allowed', async () => {
      const subscriber = await startFakeSubscriber();
      await open([byWebhook(`${subscriber.url}/a`, {}, SECRET)]);
      const { callbacks } = world.federation;
      const replica = await world.replica({ callbacks: { ...callbacks, allowNetworks: [] } });
      await fails('viec-lam/tin');
      await replica.look();
      await replica.send();
      expect(subscriber.received).toEqual([]);
      const [notice] = await world.store.records.find('notice', { first: 5 });
      expect(notice?.document.outcome).toMatch(/127\.0\.0\.1/);
      await subscriber.stop();
    });
  });

  describe('a channel that fails', () => {
    it('is tried again until it takes everything, in order, and is told of by the others meanwhile', async () => {
      const subscriber = await startFakeSubscriber();
      subscriber.behaviours.set('/a', { status: 503 });
      await open([
        byWebhook(`${subscriber.url}/a`, { id: 'a' }, SECRET),
        byMail(sink.port, { kinds: ['channel-failing'] }),
      ]);
      const replica = await world.replica();
      await fails('viec-lam/tin');
      await replica.look();
      await replica.send();
      world.clock += MINUTE;
      await harvested(world.store, 'viec-lam/tin');
      await replica.look();
      for (let minute = 0; minute < 40; minute += 1) {
        world.clock += MINUTE;
        await replica.send();
        await replica.look();
      }
      await replica.send();
      const tries = subscriber.posts('/a').length;
      // It backs off: 1 s, 2 s, 4 s … never once a minute for forty minutes.
      expect(tries).toBeGreaterThan(4);
      expect(tries).toBeLessThan(20);
      expect(subjects()).toEqual(['Cảnh báo: Kênh cảnh báo hỏng (a)']);
      // What came later has not overtaken what is still waiting.
      expect(new Set(subscriber.posts('/a').map(({ headers }) => headers['webhook-id'])).size).toBe(1);

      subscriber.behaviours.set('/a', { status: 204 });
      world.clock += 2 * HOUR;
      await replica.send();
      const states = subscriber
        .posts('/a')
        .slice(tries)
        .map(({ body }) => (JSON.parse(body) as { alarms: { state: string; kind: string }[] }).alarms[0])
        .map(alarm => `${alarm?.kind} ${alarm?.state}`);
      expect(states).toEqual(['source-failing on', 'source-failing over']);
      await replica.look();
      await replica.send();
      expect(subjects()).toEqual(['Cảnh báo: Kênh cảnh báo hỏng (a)', 'Đã hết: Kênh cảnh báo hỏng (a)']);
      await subscriber.stop();
    });

    it('loses no mail: what was taken without a word comes again under the same Message-ID', async () => {
      await open([byMail(sink.port)]);
      const replica = await world.replica();
      await fails('viec-lam/tin');
      sink.behave('refuse');
      await replica.look();
      await replica.send();
      expect(sink.mails).toEqual([]);
      sink.behave('drop');
      world.clock += HOUR;
      await replica.send();
      sink.behave('take');
      world.clock += HOUR;
      await replica.send();
      world.clock += HOUR;
      await replica.send();
      const ids = sink.mails.map(({ headers }) => headers.get('message-id')?.[0]);
      expect(ids).toHaveLength(2);
      expect(new Set(ids).size).toBe(1);
      expect(ids[0]).toMatch(/^<alert_[0-9a-f]{32}@tin\.example\.gov\.vn>$/);
      const [notice] = await world.store.records.find('notice', { first: 5 });
      expect(notice).toMatchObject({ state: 'sent', document: { tries: 3 } });
    });

    it('that left the federation file is waited for no more', async () => {
      await open([byMail(sink.port)]);
      const replica = await world.replica();
      await fails('viec-lam/tin');
      await replica.look();
      sink.behave('refuse');
      const other = await world.replica({ alerts: [] });
      await other.send();
      const notices = await world.store.records.find('notice', { first: 5 });
      expect(notices.map(({ state }) => state)).toEqual(['failed']);
    });
  });

  describe('quiet hours', () => {
    it('let urgent alarms pass and gather the others, which come together at their end', async () => {
      await open([byMail(sink.port, { quiet: { from: 22 * 60, to: 6 * 60 } })]);
      const replica = await world.replica();
      await replica.look();
      // 17:30 → 22:30 → 00:30: it fails since 17:00, and MASS_WITHDRAWAL comes in the night.
      world.clock = MORNING + 7 * HOUR;
      for (const { name } of world.federation.sources) await harvested(world.store, name);
      world.clock = MORNING + 13.5 * HOUR;
      await harvested(world.store, 'viec-lam/tin', DOWN);
      await harvested(world.store, 'bao-a/tin', {
        code: 'MASS_WITHDRAWAL',
        message: '90 of 100 are missing.',
      });
      for (const name of ['cong/tin', 'bao-hiem/tin']) await harvested(world.store, name);
      await replica.look();
      await replica.send();
      expect(subjects()).toEqual(['Cảnh báo: Lượt thu đụng tới quá nhiều tin (bao-a/tin)']);
      expect(sink.mails[0]?.headers.get('x-priority')?.[0]).toMatch(/^1/);

      world.clock = MORNING + 15 * HOUR;
      await harvested(world.store, 'viec-lam/tin');
      await replica.look();
      await replica.send();
      expect(sink.mails).toHaveLength(1);
      await replica.stop();

      const restarted = await world.replica();
      world.clock = MORNING + 20 * HOUR;
      await restarted.send();
      await restarted.send();
      expect(subjects().slice(1)).toEqual(['Trong giờ yên lặng: 2 việc']);
      const [on, over] = sink.mails[1]?.text.split('\n') ?? [];
      expect(on).toMatch(/^23:30, 23\/11\/2026: Cảnh báo: Đầu nối viec-lam\/tin không thu được từ 17:00/);
      expect(over).toMatch(/^01:00, 24\/11\/2026: Đã hết: Đầu nối lỗi \(viec-lam\/tin\), kéo dài 8 giờ/);
    });
  });

  describe('the digest', () => {
    it('comes once a day at its hour with what stands open, what is over and the figures; nothing open is one line', async () => {
      const at = (days: number, hours: number) => MORNING + (days * 24 + hours - 10) * HOUR;
      await open([byMail(sink.port, { digest: 8 * 60 })]);
      const replicas = [await world.replica(), await world.replica()];
      const both = async () => {
        for (const replica of replicas) {
          await replica.look();
          await replica.send();
        }
      };
      world.clock = at(1, 7.9);
      for (const { name } of world.federation.sources) await harvested(world.store, name);
      await both();
      expect(sink.mails).toEqual([]);
      world.clock = at(1, 8);
      await both();
      await both();
      expect(subjects()).toEqual(['Bản tin 08:00, 24/11/2026']);
      expect(sink.mails[0]?.text.split('\n')[0]).toBe(
        'Không có cảnh báo nào. Từ hôm qua: 0 tin phát hoặc sửa, 0 tin gỡ hoặc ẩn, 0/4 đầu nối đang lỗi, 0 tin chờ quyết định.',
      );

      await fails('viec-lam/tin');
      await both();
      await fails('bao-a/tin', 7);
      await both();
      expect(subjects().slice(1)).toEqual(['Cảnh báo: Đầu nối lỗi (viec-lam/tin)', '1 cảnh báo, 1 đã hết']);
      world.clock = at(2, 8.5);
      for (const name of ['viec-lam/tin', 'cong/tin', 'bao-hiem/tin']) await harvested(world.store, name);
      await harvested(world.store, 'bao-a/tin', DOWN);
      await both();
      expect(subjects().slice(3)).toEqual(['Bản tin 08:30, 25/11/2026']);
      const lines = sink.mails[3]?.text.split('\n') ?? [];
      expect(lines[0]).toBe('Đang mở: 1');
      expect(lines[1]).toMatch(/^• Đầu nối bao-a\/tin không thu được/);
      expect(lines[2]).toBe('Từ hôm qua: 1 cảnh báo mới còn mở, 1 đã hết');
      expect(lines[3]).toMatch(/^• Đầu nối lỗi \(viec-lam\/tin\), kéo dài/);
      expect(lines[4]).toMatch(/^Số liệu từ hôm qua: 0 tin phát hoặc sửa, .*1\/4 đầu nối đang lỗi/);
      // Too late for a day's digest is not at all.
      world.clock = at(3, 12);
      await both();
      expect(subjects()).toHaveLength(4);
    });
  });
}
