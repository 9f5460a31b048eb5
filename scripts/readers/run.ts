import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** Runs a program to its end; rejects when it can't be started or takes longer than two minutes. */
export async function run(command: string, args: readonly string[], input?: string): Promise<Ran> {
  const child = spawn(command, args, { timeout: 120_000, stdio: ['pipe', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdin.on('error', () => {}); // A program that doesn't read to the end says so by its exit code.
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out: Buffer.concat(out).toString(), errors: Buffer.concat(errors).toString() };
}
