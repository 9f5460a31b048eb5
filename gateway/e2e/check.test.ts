import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CheckReport } from '../check/report.ts';
import { cleanSite } from './clean-sites.ts';
import { type FakeSite, startFakeSite } from './fake-site.ts';
import { type MadePages, planted } from './made-site.ts';
import { type Gateway, removeFolder, runGateway, temporaryFolder } from './run-gateway.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const dataDir = temporaryFolder();
let site: FakeSite;
let clean: MadePages;

beforeAll(async () => {
  site = await startFakeSite();
  clean = cleanSite({ kind: 'unit', name: 'Cục Việc làm', origin: site.url, now: Date.now() }, 'rss');
});

afterAll(async () => {
  await site.stop();
  removeFolder(dataDir);
});

function serve(pages: MadePages): void {
  site.pages.clear();
  for (const [path, page] of Object.entries(pages)) site.pages.set(path, page);
}

/** The command as a webmaster types it: without a federation, without a store. */
async function lienthong(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...words], {
    env: { PATH, HOME, LIENTHONG_DATA: join(dataDir, 'nothing-here'), LOG_LEVEL: 'warn' },
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

describe('lienthong check', () => {
  it('ends with 0 where nothing must be mended, and tells what it could not', async () => {
    serve(clean);
    const { code, out, err } = await lienthong('check', `${site.url}/`, '--allow', site.host);
    expect(err).toBe('');
    expect(out).toContain('0 lỗi phải khắc phục');
    expect(out).toContain('Chưa xác định được');
    expect(code).toBe(0);
  });

  it('ends with 1 where something must, in the language asked for, with its place', async () => {
    serve(planted(clean, '/feed/', /<guid[^>]*>[^<]*<\/guid>\n/, ''));
    const { code, out } = await lienthong('check', `${site.url}/`, '--allow', site.host, '--lang', 'en');
    expect(code).toBe(1);
    expect(out).toContain('[MUST]');
    expect(out).toMatch(/The entry has no id\.[\s\S]*line \d+, column \d+ · entry 1 · entries\[0\]\.id/);
    const json = await lienthong('check', `${site.url}/`, '--allow', site.host, '--json');
    expect(json.code).toBe(1);
    const { kind, problems } = JSON.parse(json.out) as CheckReport;
    expect(kind).toBe('unit');
    expect(problems.map(({ rule }) => rule)).toContain('feed-item-id-stable');
  });

  it('ends with 1 where nobody answers, with 2 where the call is wrong', async () => {
    expect((await lienthong('check', 'http://127.0.0.1:1/', '--allow', '127.0.0.1:1')).code).toBe(1);
    expect(await lienthong('check', `${site.url}/`)).toMatchObject({
      code: 2,
      err: expect.stringContaining('not on the public Internet'),
    });
    expect((await lienthong('check', 'ftp://a.vn')).code).toBe(2);
    expect((await lienthong('check')).code).toBe(2);
    expect((await lienthong('check', `${site.url}/`, '--lang', 'fr')).code).toBe(2);
  });
});

describe('lienthong discover', () => {
  it('writes a federation file that harvests the site as it is', async () => {
    serve(clean);
    const { code, out } = await lienthong('discover', `${site.url}/`, '--allow', site.host);
    expect(code).toBe(0);
    expect(out).toContain('Luồng tin (rss)');
    const block = out.slice(out.indexOf('sites:'));
    const config = `fetch: { allowNetworks: ["${site.host}"] }\n${block}`;
    writeFileSync(join(dataDir, 'federation.yaml'), config);
    const gateway: Gateway = await runGateway({ config });
    try {
      for (let tries = 0; tries < 50; tries++) {
        const { items } = (await (await fetch(`${gateway.url}/feeds/all.json`)).json()) as {
          items: unknown[];
        };
        if (items.length === 6) return;
        await new Promise(done => setTimeout(done, 200));
      }
      throw new Error(`Not harvested:\n${gateway.output()}`);
    } finally {
      await gateway.kill('SIGTERM');
      removeFolder(gateway.dataDir);
    }
  });
});
