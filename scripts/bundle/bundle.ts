// One archive with Node, modules and the program, for a machine without internet: `npm run bundle [-- --platform win-x64]`.
// The same checkout gives the same bytes. Writes dist/lienthong-<version>-<platform>.tar.gz and its .sha256.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { create } from 'tar';
import { copyProgram } from './copy-program.ts';
import { LAUNCHERS } from './launchers.ts';
import { licenceTexts } from './licences.ts';
import { nodeOf, PLATFORMS, type Platform } from './node-binary.ts';
import { type LockedPackage, productionPackages } from './packages.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAPERS = ['LICENSE', 'README.md', 'README.vi.md', 'package.json'];
/** Everything in the archive is of one moment, so that the same content is the same bytes. */
const MOMENT = new Date(0);

/** Builds the archive and gives its path. */
export async function bundle(platform: Platform, into: string): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const name = `lienthong-${version}-${platform}`;
  const stage = mkdtempSync(join(tmpdir(), 'lienthong-bundle-'));
  try {
    const folder = join(stage, name);
    mkdirSync(folder);
    const packages = productionPackages(ROOT);
    copyProgram(ROOT, folder, packages);
    copyPackages(packages, folder);
    await copyNode(platform, folder);
    for (const paper of PAPERS) cpSync(join(ROOT, paper), join(folder, paper));
    writeFileSync(join(folder, 'LICENSES-THIRD-PARTY.txt'), licenceTexts(ROOT, packages));
    settleModes(folder);
    writeFileSync(join(folder, 'SHA256SUMS'), sums(folder), { mode: 0o644 });
    mkdirSync(into, { recursive: true });
    const file = join(into, `${name}.tar.gz`);
    await pack(stage, name, file);
    writeFileSync(`${file}.sha256`, `${hashOf(file)}  ${name}.tar.gz\n`);
    return file;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

function copyPackages(packages: readonly LockedPackage[], folder: string): void {
  for (const { path } of packages) {
    const from = join(ROOT, path);
    // A package's own node_modules are listed by themselves.
    cpSync(from, join(folder, path), {
      recursive: true,
      dereference: true,
      filter: source => !relative(from, source).split(/[/\\]/).includes('node_modules'),
    });
  }
}

async function copyNode(platform: Platform, folder: string): Promise<void> {
  const { binary, licence } = await nodeOf(platform, ROOT);
  const name = platform === 'win-x64' ? 'node.exe' : 'node';
  writeFileSync(join(folder, name), binary);
  writeFileSync(join(folder, 'LICENSE-NODE.txt'), licence);
  for (const [file, text] of Object.entries(LAUNCHERS)) writeFileSync(join(folder, file), text);
}

/** Whatever this machine's umask is. */
function settleModes(folder: string): void {
  for (const file of filesOf(folder)) chmodSync(file, isProgram(folder, file) ? 0o755 : 0o644);
}

function isProgram(folder: string, file: string): boolean {
  return ['node', 'node.exe', 'lienthong'].some(name => join(folder, name) === file);
}

function sums(folder: string): string {
  const lines = filesOf(folder).map(
    file => `${hashOf(file)}  ${relative(folder, file).replaceAll('\\', '/')}`,
  );
  return `${lines.join('\n')}\n`;
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(path => statSync(path).isFile())
    .sort();
}

async function pack(stage: string, name: string, file: string): Promise<void> {
  const files = filesOf(join(stage, name)).map(path => relative(stage, path).replaceAll('\\', '/'));
  const tar = create({ cwd: stage, portable: true, mtime: MOMENT, noDirRecurse: true }, files);
  await pipeline(Readable.from(tar), createGzip({ level: 6 }), createWriteStream(file));
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      platform: { type: 'string', multiple: true, default: [`${process.platform}-${process.arch}`] },
      into: { type: 'string', default: 'dist' },
    },
  });
  for (const asked of values.platform) {
    const platform = PLATFORMS.find(one => one === asked.replace('win32', 'win'));
    if (!platform) throw new Error(`${asked} is none of ${PLATFORMS.join(', ')}`);
    const file = await bundle(platform, resolve(values.into));
    console.log(`${file}  ${(statSync(file).size / 1e6).toFixed(1)} MB`);
  }
}
