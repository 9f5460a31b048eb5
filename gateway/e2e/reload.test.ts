import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { atomFeed, type FakeSite, federationOf, startFakeSite } from './fake-site.ts';
import { runCommand } from './run-command.ts';
import { type Gateway, pause, removeFolder, runGateway, temporaryFolder, until } from './run-gateway.ts';

const dataDir = temporaryFolder();
const file = join(dataDir, 'federation.yaml');
let one: FakeSite;
let two: FakeSite;
let gateway: Gateway;
/** Ends what runs beside the tests, also after one that failed. */
let going = true;

beforeAll(async () => {
  [one, two] = await Promise.all([startFakeSite(), startFakeSite()]);
  one.pages.set('/tin.atom', { body: () => atomFeed(one.url, [{ id: 'a', title: 'Tin đầu' }]) });
  two.pages.set('/tin.atom', { body: () => atomFeed(two.url, [{ id: 'b', title: 'Tin của trang mới' }]) });
  gateway = await runGateway({ dataDir, config: federationOf(one, '{ min: 1s, max: 1s }') });
  await until('the first item', async () => (await feed()).includes('Tin đầu'));
}, 120_000);

afterAll(async () => {
  going = false;
  await gateway.kill('SIGTERM');
  await Promise.all([one.stop(), two.stop()]);
  removeFolder(dataDir);
});

const feed = async () => (await fetch(`${gateway.url}/feeds/all.json`)).text();
const lienthong = (...words: string[]) => runCommand(words, { LIENTHONG_DATA: dataDir });
const both = () =>
  `${federationOf(one, '{ min: 1s, max: 1s }').replace('allowNetworks: [', `allowNetworks: ["${two.host}", `)}
  - id: trang-moi
    name: Trang mới
    kind: unit
    homepage: ${two.url}/
    sources:
      - { id: tin, connector: feed, every: { min: 1s, max: 1s }, since: 3650d, options: { url: "${two.url}/tin.atom" } }
`;

/** Asks without a break by every door until told to stop; gives how many answers, and each that was no 200. */
function load(): () => Promise<{ answers: number; failed: string[] }> {
  const doors = ['/feeds/all.json', '/feeds/all.atom?limit=7', '/changes', '/', '/graphql?query={sites{id}}'];
  going = true;
  let answers = 0;
  const failed: string[] = [];
  const ask = async (path: string) => {
    while (going) {
      const status = await fetch(`${gateway.url}${path}`).then(
        async answer => (await answer.arrayBuffer()) && answer.status,
        String,
      );
      answers += 1;
      if (status !== 200) failed.push(`${path}: ${status}`);
      await pause(5);
    }
  };
  const all = doors.map(ask);
  return async () => {
    going = false;
    await Promise.all(all);
    return { answers, failed };
  };
}

async function readStream(signal: AbortSignal): Promise<{ text(): string; ended(): boolean }> {
  const answer = await fetch(`${gateway.url}/changes?kinds=unit&backfill=1&since=now`, {
    headers: { accept: 'text/event-stream' },
    signal,
  });
  let [text, ended] = ['', false];
  void (async () => {
    for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString();
  })()
    .catch(() => undefined)
    .finally(() => {
      ended = true;
    });
  return { text: () => text, ended: () => ended };
}

it('changes nothing for a faulty file, and says line, path and remedy to who asked', async () => {
  writeFileSync(
    file,
    both().replace(`kind: unit\n    homepage: ${two.url}`, `kind: unitt\n    homepage: ${two.url}`),
  );
  const { code, err } = await lienthong('reload');
  expect(code).toBe(2);
  expect(err).toMatch(/federation\.yaml:\d+:\d+ sites\[1\]\.kind: .*Cách sửa: /);
  expect(err).toContain('không có gì thay đổi');
  expect((await gateway.ask<{ sites: unknown[] }>('{ sites { id } }')).sites).toHaveLength(1);
  writeFileSync(file, 'sites: [');
  expect((await lienthong('reload')).code).toBe(2);
}, 120_000);

it('takes a site in while requests, a stream and a harvest run: none of them notices', async () => {
  const gone = new AbortController();
  const stream = await readStream(gone.signal);
  // A harvest that began before the reload, and ends after it with something new.
  const asked = new Promise<void>(resolve => {
    one.pages.set('/tin.atom', {
      body: () => {
        resolve();
        return atomFeed(one.url, [
          { id: 'a', title: 'Tin đầu' },
          { id: 'c', title: 'Tin giữa chừng' },
        ]);
      },
    });
  });
  await asked;
  const stop = load();
  await pause(300);
  writeFileSync(file, both());
  const { code, out, err } = await lienthong('reload');
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('Trang: thêm trang-moi.');
  expect(out).toContain('Đầu nối: thêm trang-moi/tin.');
  await until('the new site', async () => (await feed()).includes('Tin của trang mới'));
  await until('what came meanwhile', async () => (await feed()).includes('Tin giữa chừng'));
  await until(
    'both in the stream',
    async () => stream.text().includes('Tin của trang mới') && stream.text().includes('Tin giữa chừng'),
  );
  // Three more at once: one after the other.
  const many = await Promise.all([lienthong('reload'), lienthong('reload'), lienthong('reload')]);
  expect(many.map(ran => ran.code)).toEqual([0, 0, 0]);
  expect(many[0]?.out).toContain('Không có gì thay đổi');
  const { answers, failed } = await stop();
  expect(failed).toEqual([]);
  expect(answers).toBeGreaterThan(50);
  expect(stream.ended()).toBe(false);
  gone.abort();
}, 240_000);

it('forgets nothing of who asked: a quota that is used up stays used up, and what is counted counts on', async () => {
  const words = ['keys', 'create', 'Bên nhận', '--scope', 'read', '--quota', '2/h'];
  const { out } = await runCommand(words, { LIENTHONG_DATA: dataDir, LIENTHONG_CONFIG: file });
  const headers = { authorization: `Bearer ${out.trim()}` };
  const ask = async () => (await fetch(`${gateway.url}/graphql?query={sites{id}}`, { headers })).status;
  expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
  expect((await lienthong('reload')).code).toBe(0);
  expect(await ask()).toBe(429);
  const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
  expect(metrics).toContain('lienthong_key_requests_total{scope="read"} 4');
  expect(metrics).toContain('lienthong_limited_requests_total{by="key"} 2');
}, 120_000);

it('gives what is stored already the topics of the edited file', async () => {
  const path = '/feeds/all.json?topics=moi';
  expect((await fetch(gateway.url + path)).status).toBe(400);
  writeFileSync(
    file,
    `${readFileSync(file, 'utf8')}topics: [{ id: moi, title: Mới, keywords: [tin đầu] }]\n`,
  );
  expect(await lienthong('reload')).toMatchObject({ code: 0 });
  await until('the item that was there before the topic', async () => {
    const answer = await fetch(gateway.url + path);
    return (await answer.text()).includes('Tin đầu');
  });
}, 120_000);

it('reloads by SIGHUP, and pauses what left the file', async () => {
  writeFileSync(file, federationOf(two).replace('id: don-vi', 'id: trang-moi').replace('Tin thử', 'Tên mới'));
  process.kill(pidOf(), 'SIGHUP');
  await until('the new title', async () => (await feed()).includes('Tên mới'));
  const before = one.asked.length;
  await pause(2_500);
  expect(one.asked.length - before).toBeLessThanOrEqual(1);
  // A slip of the pen costs nothing for a day.
  expect(await feed()).toContain('Tin đầu');
}, 120_000);

it('says so when nothing runs; a dead process is forgotten', async () => {
  const running = join(dataDir, 'running');
  const [name = ''] = readdirSync(running);
  expect(statSync(join(running, name)).mode & 0o777).toBe(0o600);
  const kept = readFileSync(join(running, name), 'utf8');
  await gateway.kill('SIGKILL');
  expect(readFileSync(join(running, name), 'utf8')).toBe(kept);
  const { code, err } = await lienthong('reload');
  expect(code).toBe(1);
  expect(err).toContain('Không có hệ thống nào đang chạy');
  expect(readdirSync(running)).toEqual([]);
}, 120_000);

function pidOf(): number {
  const [name = ''] = readdirSync(join(dataDir, 'running'));
  return Number(name.split('.')[0]);
}
