import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort, pause } from '../../gateway/e2e/run-gateway.ts';
import { run } from '../readers/run.ts';

export interface Running {
  readonly port: number;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** Starts a script of this folder that prints its port. */
export async function startScript(name: string, ...args: readonly (string | number)[]): Promise<Running> {
  const file = fileURLToPath(new URL(name, import.meta.url));
  const child = spawn(process.execPath, [file, ...args.map(String)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return { port: Number(port.toString()), process: child, stop: () => end(child) };
}

/** nginx with one worker on a free port; `site` is the inside of its `server` block. */
export async function startNginx(folder: string, site: string): Promise<Running> {
  const { writeFileSync } = await import('node:fs');
  const port = await freePort();
  writeFileSync(
    `${folder}/nginx.conf`,
    `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/nginx.log;
user root; events { worker_connections 512; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000; open_file_cache max=100;
  client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  server { listen 127.0.0.1:${port}; ${site} } }`,
  );
  const child = spawn('nginx', ['-c', `${folder}/nginx.conf`, '-p', folder], { stdio: 'inherit' });
  await pause(300);
  if (child.exitCode !== null) throw new Error('nginx did not start');
  return { port, process: child, stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

export interface Load {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p99: number;
}

/** wrk: closed loop, 16 connections, one thread; throws when anything but 2xx and 3xx came back. */
export async function load(
  url: string,
  headers: Readonly<Record<string, string>>,
  script?: string,
  seconds = 4,
): Promise<Load> {
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const lua = script === undefined ? [] : ['-s', script];
  const { out } = await run('wrk', ['-t1', '-c16', `-d${seconds}s`, '--latency', ...given, ...lua, url]);
  const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(out)?.[1]);
  const [, amount, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(out) ?? [];
  if (/Non-2xx|Socket errors/.test(out) || Number.isNaN(perSecond)) throw new Error(out);
  return { perSecond, p99: Number(amount) * (unit === 'us' ? 0.001 : unit === 's' ? 1000 : 1) };
}
