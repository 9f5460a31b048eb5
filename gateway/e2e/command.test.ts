import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TCVN3 } from '../../schemas/legacy-text/tables.ts';
import { atomFeed, type FakeSite, federationOf, startFakeSite } from './fake-site.ts';
import { removeFolder, temporaryFolder } from './run-gateway.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const dataDir = temporaryFolder();
let site: FakeSite;

beforeAll(async () => {
  site = await startFakeSite();
  // Hanoi's time labelled GMT, an hour from now there: the clock fault that `try` should name.
  const ahead = new Date(Date.now() + 3 * 60 * 60 * 1000).toISOString();
  site.pages.set('/tin.atom', {
    body: () =>
      atomFeed(site.url, [{ id: 'a', title: 'Tin của lệnh' }]).replaceAll('2026-11-22T08:30:00+07:00', ahead),
  });
  writeFileSync(join(dataDir, 'federation.yaml'), federationOf(site));
});

afterAll(async () => {
  await site.stop();
  removeFolder(dataDir);
});

/** The command as an operator types it. Not spawnSync: the fake site lives in this process. */
const lienthong = Object.assign((...words: string[]) => run(words, {}), {
  with:
    (env: Readonly<Record<string, string>>) =>
    (...words: string[]) =>
      run(words, env),
});

async function run(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; out: string; err: string }> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...words], {
    env: {
      PATH,
      HOME,
      LIENTHONG_DATA: dataDir,
      LIENTHONG_CONFIG: join(dataDir, 'federation.yaml'),
      LOG_LEVEL: 'warn',
      ...env,
    },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', chunk => {
    out += chunk;
  });
  child.stderr.on('data', chunk => {
    err += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, out, err };
}

it('shows what a source would bring, and stores nothing', async () => {
  const tried = await lienthong('try', 'don-vi/tin');
  expect(tried.code).toBe(0);
  expect(tried.out).toContain('Tin của lệnh');
  expect(tried.out).toContain('force');
  expect((await lienthong('sources')).out).not.toContain('1 tin');
});

it('harvests one source, with its counts', async () => {
  const harvested = await lienthong('harvest', 'don-vi/tin');
  expect(harvested.code).toBe(0);
  expect(harvested.out).toContain('"created": 1');
  const { out } = await lienthong('sources');
  expect(out).toMatch(/don-vi\/tin\tfeed\ttốt/);
});

it('proposes an old charset from its signs, never takes it by itself, and shows before and after', async () => {
  const text = 'Người lao động được hỗ trợ học nghề ở các trung tâm, trước ngày mười lăm tháng mười';
  const back = new Map([...TCVN3].map(([byte, letter]) => [letter, byte]));
  const old = [...atomFeed(site.url, [{ id: 'c', title: 'Hỗ trợ người lao động', text: `<p>${text}</p>` }])];
  site.pages.set('/cu.atom', {
    body: Buffer.from(old.map(one => back.get(one) ?? one.charCodeAt(0))),
    type: 'text/xml',
  });
  const file = join(dataDir, 'cu.yaml');
  const federation = federationOf(site).replace('tin.atom', 'cu.atom');
  writeFileSync(file, federation);
  const tried = await lienthong.with({ LIENTHONG_CONFIG: file })('try', 'don-vi/tin');
  expect(tried.out).toContain('legacyText: tcvn3');
  expect(tried.out).toContain('→ «Hỗ trợ người lao động»');
  expect(tried.out).not.toContain('"title": "Hỗ trợ người lao động"');
  writeFileSync(file, federation.replace('since: 3650d,', 'since: 3650d, legacyText: tcvn3,'));
  const set = await lienthong.with({ LIENTHONG_CONFIG: file })('try', 'don-vi/tin');
  expect(set.out).toContain('"title": "Hỗ trợ người lao động"');
  expect(set.out).toContain(text);
  expect(set.out).toMatch(/tcvn3: «.*» → «Hỗ trợ người lao động»/);
  expect(set.out).not.toContain('Có dấu hiệu');
});

it('tells what a site’s pages lack, and which declared place gave nothing where', async () => {
  const article = (title: string, more: string) => ({
    type: 'text/html; charset=utf-8',
    body: `<title>${title} - Đơn vị mẫu</title><h1>${title}</h1>${more}`,
  });
  const links = ['mot', 'hai', 'ba'].map(name => `<li><a href="/bai/${name}">Bài viết ${name}</a></li>`);
  site.pages.set('/ds', { type: 'text/html; charset=utf-8', body: `<ul class="ds">${links.join('')}</ul>` });
  site.pages.set('/bai/mot', article('Bài viết mot', '<b class="gio">23/11/2026</b>'));
  site.pages.set('/bai/hai', article('Bài viết hai', ''));
  site.pages.set('/bai/ba', article('Đăng nhập', '<input type="password">'));
  const file = join(dataDir, 'trang.yaml');
  const options = { list: `${site.url}/ds`, link: '.ds a', fields: { published: '.gio' }, gap: 0.1 };
  writeFileSync(
    file,
    federationOf(site)
      .replace('connector: feed', 'connector: web-page')
      .replace(/options: \{[^}]*\}/, `options: ${JSON.stringify(options)}`),
  );
  const tried = await lienthong.with({ LIENTHONG_CONFIG: file })('try', 'don-vi/tin');
  expect(tried.out).toContain('Đọc được 2 mục; 2 thành tin');
  expect(tried.out).toContain(`Không thấy thời gian ở 1/2 tin; như ${site.url}/bai/hai`);
  expect(tried.out).toContain(
    `Chỗ đã ghi cho thời gian (.gio) không cho gì ở 1/2 bài; như ${site.url}/bai/hai`,
  );
  expect(tried.out).toContain('"published": "2026-11-23T00:00:00+07:00"');
  expect(tried.err).toContain(`không đọc được ${site.url}/bai/ba`);
  const checked = await lienthong.with({ LIENTHONG_CONFIG: file })('config', 'check', file);
  expect(checked.code).toBe(0);
  writeFileSync(
    file,
    federationOf(site)
      .replace('connector: feed', 'connector: web-page')
      .replace(/options: \{[^}]*\}/, 'options: { list: "https://a.example/", link: "h3 a[" }'),
  );
  const wrong = await lienthong('config', 'check', file);
  expect(wrong.code).not.toBe(0);
  expect(wrong.out + wrong.err).toMatch(/:\d+:\d+ .*options\.link: không phải bộ chọn CSS/);
});

it('pauses and resumes', async () => {
  expect((await lienthong('pause', 'don-vi/tin')).code).toBe(0);
  expect((await lienthong('sources')).out).toContain('tạm dừng');
  expect((await lienthong('resume', 'don-vi/tin')).code).toBe(0);
  expect((await lienthong('sources')).out).not.toContain('tạm dừng');
});

it('makes, lists and revokes keys; the secret is shown once', async () => {
  const made = await lienthong('keys', 'create', 'Cổng thử', '--scope', 'read', 'site:don-vi');
  expect(made.out.trim()).toMatch(/^lt_[0-9a-f]{12}_[\w-]{43}$/);
  const id = made.out.trim().split('_')[1] ?? '';
  const listed = await lienthong('keys', 'list');
  expect(listed.out).toContain('Cổng thử');
  expect(listed.out).not.toContain(made.out.trim());
  expect(listed.out).toContain('chưa dùng');
  const rotated = await lienthong('keys', 'rotate', id, '--grace', '2h');
  expect(rotated.out.trim()).toMatch(new RegExp(`^lt_${id}_`));
  expect(rotated.out).not.toBe(made.out);
  expect((await lienthong('keys', 'list')).out).toContain('khóa cũ đến');
  expect((await lienthong('keys', 'rotate', 'nobody')).code).toBe(2);
  expect((await lienthong('keys', 'revoke', id)).code).toBe(0);
  expect((await lienthong('keys', 'list')).out).toContain('đã hủy');
  expect((await lienthong('keys', 'create', 'x', '--scope', 'site:nobody')).code).toBe(2);
});

it('makes keys that expire and have a quota; says what it does not understand', async () => {
  const limits = ['--scope', 'read', '--expires', '90d', '--quota', '10000/h'];
  expect((await lienthong('keys', 'create', 'Ngắn hạn', ...limits)).code).toBe(0);
  expect((await lienthong('keys', 'list')).out).toMatch(/Ngắn hạn\t.*\t10000\/h\tđang dùng, đến /);
  const wrong = await lienthong('keys', 'create', 'x', '--scope', 'read', '--expires', 'mai');
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('--expires mai')]);
  expect((await lienthong('keys', 'create', 'x', '--scope', 'read', '--quota', '9')).code).toBe(2);
});

it('checks a federation file: every fault with its place, exit code 2', async () => {
  expect((await lienthong('config', 'check')).code).toBe(0);
  const bad = join(dataDir, 'bad.yaml');
  writeFileSync(
    bad,
    'gateway: { title: X }\nsites:\n  - { id: A B, name: x, kind: paper, homepage: nowhere }\n',
  );
  const { code, err } = await lienthong('config', 'check', bad);
  expect(code).toBe(2);
  expect(err).toMatch(/bad\.yaml:3:\d+/);
  expect(err).toContain('Cách sửa');
});

it('retires only a site that left the file', async () => {
  expect((await lienthong('sites', 'retire', 'don-vi')).err).toContain('still in the federation file');
});

it('says what is wrong with a call, and what there is', async () => {
  expect(await lienthong('harvest', 'nobody/x')).toMatchObject({
    code: 2,
    err: expect.stringContaining('don-vi/tin'),
  });
  expect((await lienthong('dance')).code).toBe(2);
  const help = await lienthong('--help');
  expect(help.code).toBe(0);
  for (const verb of ['serve', 'harvest', 'try', 'pause', 'resume', 'sources', 'sites', 'config', 'keys'])
    expect(help.out).toContain(verb);
});
