import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
export const ADMIN_TOKEN = 'e2e-admin-token-0123456789';

/** The program as a user runs it: a process of its own, a folder of its own, a port of its own. */
export interface Gateway {
  readonly url: string;
  readonly dataDir: string;
  /** Everything it has printed. */
  output(): string;
  /** GraphQL with the operator's token. */
  ask<T>(query: string, variables?: object): Promise<T>;
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

export interface RunOptions {
  /** The federation file's text; absent: the sandbox ministry. */
  readonly config?: string;
  readonly dataDir?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds it may take to start; a minute if not said. */
  readonly patience?: number;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'lienthong-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Starts it and waits until it answers; throws with its output when it ends or stays silent for too long. */
export async function runGateway(options: RunOptions = {}): Promise<Gateway> {
  const dataDir = options.dataDir ?? temporaryFolder();
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [MAIN, 'serve'], { env: environment(options, dataDir, port) });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      printed += chunk;
    });
  }
  await untilReady(url, child, { output: () => printed, ...options });
  return {
    url,
    dataDir,
    output: () => printed,
    ask: (query, variables) => ask(url, query, variables),
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill(signal);
      const [code] = await ended;
      return code;
    },
  };
}

function environment({ config, env }: RunOptions, dataDir: string, port: number): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  const file = join(dataDir, 'federation.yaml');
  if (config !== undefined) writeFileSync(file, config);
  return {
    PATH,
    HOME,
    PORT: String(port),
    LIENTHONG_DATA: dataDir,
    LIENTHONG_ADMIN_TOKEN: ADMIN_TOKEN,
    NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
    ...(config === undefined ? {} : { LIENTHONG_CONFIG: file }),
    ...env,
  };
}

async function untilReady(
  url: string,
  child: ChildProcess,
  { output, patience = 60_000 }: { readonly output: () => string; readonly patience?: number },
): Promise<void> {
  for (const deadline = Date.now() + patience; Date.now() < deadline; await pause(100)) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
  }
  child.kill('SIGKILL');
  throw new Error(`The gateway did not start:\n${output()}`);
}

async function ask<T>(url: string, query: string, variables: object = {}): Promise<T> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_TOKEN}` },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data?: T; errors?: unknown };
  if (answer.errors || !answer.data) throw new Error(`GraphQL said: ${JSON.stringify(answer.errors)}`);
  return answer.data;
}

/** Asks until the answer is there; throws with what it last was. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  timeout = 60_000,
): Promise<T> {
  let last: unknown;
  for (const deadline = Date.now() + timeout; Date.now() < deadline; await pause(100)) {
    try {
      const found = await look();
      if (found) return found;
      last = found;
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`Waited ${timeout / 1000} s for: ${what}. Last: ${String(last)}`);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
