import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** Folder in the data folder: one file a running gateway, named by its process. */
const FOLDER = 'running';

const shape = z.object({
  pid: z.number(),
  machine: z.string(),
  /** Loopback port of its control door, and the word that opens it. */
  control: z.number(),
  secret: z.string(),
  /** Where it serves. */
  url: z.string(),
  since: z.number(),
});
export type Running = z.infer<typeof shape>;

/** Says in the data folder that a gateway runs (0600: the file holds the word). Returns the way to take it back. */
export function announce(
  dataDir: string,
  { control, secret, url }: Pick<Running, 'control' | 'secret' | 'url'>,
): () => void {
  const folder = join(dataDir, FOLDER);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${process.pid}.json`);
  const running: Running = { pid: process.pid, machine: hostname(), control, secret, url, since: Date.now() };
  rmSync(file, { force: true });
  writeFileSync(file, `${JSON.stringify(running)}\n`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

/** The gateways that run with this data folder. What a killed one left behind is cleared away. */
export function findRunning(dataDir: string): readonly Running[] {
  const folder = join(dataDir, FOLDER);
  return filesOf(folder).flatMap(name => {
    const running = read(join(folder, name));
    if (running && (running.machine !== hostname() || isAlive(running.pid))) return [running];
    rmSync(join(folder, name), { force: true });
    return [];
  });
}

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter(name => name.endsWith('.json'));
  } catch {
    return [];
  }
}

function read(file: string): Running | undefined {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Of another user's process we may not ask more: EPERM says that it is there. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
