// Proves the bundle: the same bytes twice, and a start on a machine without network, PATH and HOME (a network namespace with
// nothing but its loopback; needs root, or user namespaces). `npm run bundle:try`.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.ts';
import { PLATFORMS } from './node-binary.ts';

const INSIDE = fileURLToPath(new URL('./try-inside.ts', import.meta.url));
const platform = PLATFORMS.find(one => one === `${process.platform}-${process.arch}`);
if (process.platform !== 'linux' || !platform) throw new Error('network namespaces are Linux’');

const folder = mkdtempSync(join(tmpdir(), 'lienthong-try-bundle-'));
try {
  const [first, second] = [
    await bundle(platform, join(folder, '1')),
    await bundle(platform, join(folder, '2')),
  ];
  if (!readFileSync(first).equals(readFileSync(second)))
    throw new Error('two bundles of one checkout differ');
  execFileSync('tar', ['-xzf', first, '-C', folder]);
  const name = readdirSync(folder).find(entry => entry.startsWith('lienthong-'));
  if (!name) throw new Error('the archive has no folder');
  const program = join(folder, name);
  execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: program, stdio: 'inherit' });
  const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  const inside = `ip link set lo up && exec env -i "${program}/node" "${INSIDE}" "${program}"`;
  const ran = spawnSync('unshare', ['--net', ...asRoot, 'sh', '-c', inside], {
    stdio: 'inherit',
    timeout: 180_000,
  });
  if (ran.status !== 0) throw new Error(`without a network it ended with ${ran.status ?? ran.signal}`);
  console.log(`${name}: same bytes twice, checksums right, serves without a network.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
