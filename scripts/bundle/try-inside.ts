// Runs inside the namespace, by the bundle's own Node: asks the unpacked program what a newcomer would.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';

const program = process.argv[2] ?? '';
const command = join(program, 'lienthong');
const data = mkdtempSync(join(tmpdir(), 'lienthong-inside-'));
const url = 'http://127.0.0.1:4010';

const outer = Object.keys(networkInterfaces()).filter(name => name !== 'lo');
if (outer.length > 0) throw new Error(`there is a network: ${outer.join(', ')}`);
const run = (...words: string[]) =>
  execFileSync(command, words, { env: { LIENTHONG_DATA: data }, cwd: data, encoding: 'utf8' });
if (!run('--help').includes('serve')) throw new Error('--help tells of no verb');

const child = spawn(command, ['serve'], { env: { LIENTHONG_DATA: data, PORT: '4010' }, cwd: data });
let printed = '';
for (const stream of [child.stdout, child.stderr])
  stream.on('data', chunk => {
    printed += chunk;
  });
const ended = once(child, 'exit');
try {
  const items = await untilItems();
  console.log(`${items} items of the sandbox; ${run('sources').trim().split('\n').length} sources`);
  run('backup', join(data, 'a.lienthong'));
  child.kill('SIGTERM');
  const [code] = await ended;
  if (code !== 0) throw new Error(`it ended with ${code}`);
} catch (thrown) {
  child.kill('SIGKILL');
  console.error(printed);
  throw thrown;
} finally {
  rmSync(data, { recursive: true, force: true });
}

/** The page, the API and a feed with something in it. */
async function untilItems(): Promise<number> {
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; ) {
    const feed = await fetch(`${url}/feeds/all.json`).catch(() => undefined);
    const { items = [] } = feed?.ok ? ((await feed.json()) as { items?: unknown[] }) : {};
    const page = await fetch(url).catch(() => undefined);
    if (items.length > 0 && page?.ok) return items.length;
    if (child.exitCode !== null) break;
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  throw new Error('it shows nothing');
}
