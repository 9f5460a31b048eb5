import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract } from 'tar';

export const PLATFORMS = ['linux-x64', 'linux-arm64', 'win-x64'] as const;
export type Platform = (typeof PLATFORMS)[number];

export interface NodeBinary {
  readonly binary: Buffer;
  readonly licence: string;
}

/** Node for a platform: as it is installed here, else as the registry has it, held against the lock file's hash. */
export async function nodeOf(platform: Platform, root: string): Promise<NodeBinary> {
  const installed = join(root, 'node_modules', `node-${platform}`);
  if (existsSync(installed)) return read(installed, root);
  const folder = mkdtempSync(join(tmpdir(), 'lienthong-node-'));
  try {
    await fetchPackage(platform, root, folder);
    return read(join(folder, 'package'), root);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fetchPackage(platform: Platform, root: string, folder: string): Promise<void> {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string; integrity: string }>;
  };
  const locked = packages[`node_modules/node-${platform}`];
  if (!locked) throw new Error(`package-lock.json has no node-${platform}`);
  execFileSync(
    'npm',
    ['pack', `node-${platform}@${locked.version}`, '--pack-destination', folder, '--silent'],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    },
  );
  const [file] = readdirSync(folder);
  if (!file) throw new Error(`npm pack brought no node-${platform}`);
  const hash = `sha512-${createHash('sha512')
    .update(readFileSync(join(folder, file)))
    .digest('base64')}`;
  if (hash !== locked.integrity) throw new Error(`node-${platform}: its hash is not the lock file's`);
  await extract({ file: join(folder, file), cwd: folder });
}

/** The licence is the same for every platform; Windows' package leaves it out. */
function read(folder: string, root: string): NodeBinary {
  const binary = ['bin/node', 'bin/node.exe', 'node.exe'].map(name => join(folder, name)).find(existsSync);
  const own = `node-${process.platform}-${process.arch}`.replace('win32', 'win');
  const licence = [folder, join(root, 'node_modules', own)]
    .map(place => join(place, 'LICENSE'))
    .find(existsSync);
  if (!binary || !licence) throw new Error(`There is no Node, or no licence of it, in ${folder}`);
  return { binary: readFileSync(binary), licence: readFileSync(licence, 'utf8') };
}
