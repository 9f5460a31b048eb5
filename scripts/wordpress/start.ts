// A real WordPress to try the connector on: Debian's `wordpress` behind PHP's built-in server, its tables in this
// machine's MariaDB. `npm run wordpress:test` runs every *.wordpress.test.ts against one; what is missing is installed
// by apt, so that wants root. Everything it makes is its own (a copy of the code, a database, a port) and goes with `stop()`.
//
//   const site = await startWordPress();
//   await site.php(`wp_insert_post(['post_title' => $args['title'], 'post_status' => 'publish'], true)`, { title: 'Tin' });
//   … site.url …
//   await site.stop();
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureInstalled, WORDPRESS } from './install.ts';
import { runPhp } from './php.ts';

export interface WordPress {
  /** Without a slash at its end: `http://127.0.0.1:41234`. */
  readonly url: string;
  /** Runs a PHP expression or block inside WordPress, as its administrator; `$args` is what is given. Its value, by JSON. */
  php(script: string, args?: unknown): Promise<unknown>;
  /** WordPress' own log of PHP errors and notices. */
  readonly log: string;
  stop(): Promise<void>;
}

export interface Setting {
  /** `/%year%/%monthnum%/%postname%/` unless set; empty for `?p=123`, which closes `/wp-json/` too. */
  readonly permalinks?: string;
  /** `Asia/Ho_Chi_Minh` unless set. */
  readonly timeZone?: string;
  readonly title?: string;
}

/** Where Debian's MariaDB listens; root enters there without a password. */
const SOCKET = process.env.WORDPRESS_DB_SOCKET ?? '/run/mysqld/mysqld.sock';
const PERMALINKS = '/%year%/%monthnum%/%postname%/';

export async function startWordPress(setting: Setting = {}): Promise<WordPress> {
  await ensureInstalled();
  const folder = await mkdtemp(join(tmpdir(), 'lien-thong-wordpress-'));
  const database = `lienthong_wp_${randomBytes(6).toString('hex')}`;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const outside = (name: string, args: unknown) => runPhp(join(import.meta.dirname, 'php', name), args);
  const undo = async () => {
    await outside('drop-database.php', { socket: SOCKET, database }).catch(error =>
      console.error(String(error)),
    );
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await cp(WORDPRESS, folder, { recursive: true, dereference: true });
    await writeFile(join(folder, 'wp-config.php'), configOf({ folder, database, url }));
    await outside('create-database.php', { socket: SOCKET, database }).catch(cause => {
      throw new Error(
        `No MariaDB lets root in at ${SOCKET}; apt-get install mariadb-server, or set WORDPRESS_DB_SOCKET.`,
        { cause },
      );
    });
    const inside = (script: string, args: unknown = {}) =>
      runPhp(join(import.meta.dirname, 'php', 'inside.php'), { folder, url, script, args });
    const {
      permalinks = PERMALINKS,
      timeZone = 'Asia/Ho_Chi_Minh',
      title = 'Trang thử Liên Thông',
    } = setting;
    await runPhp(join(import.meta.dirname, 'php', 'install.php'), {
      folder,
      url,
      permalinks,
      timeZone,
      title,
    });
    // WordPress writes its rewrite rules whole only in a process that began with the new structure.
    await inside('flush_rewrite_rules()');
    const server = await serve(folder, port, url);
    return {
      url,
      php: inside,
      log: join(folder, 'php.log'),
      async stop() {
        await server.stop();
        await undo();
      },
    };
  } catch (error) {
    await undo();
    throw error;
  }
}

async function serve(folder: string, port: number, url: string): Promise<{ stop(): Promise<void> }> {
  const router = join(import.meta.dirname, 'php', 'router.php');
  const settings = ['-d', 'opcache.enable_cli=1', '-d', 'memory_limit=256M', '-d', 'display_errors=0'];
  const server = spawn('php', [...settings, '-S', `127.0.0.1:${port}`, '-t', folder, router], {
    // Its workers are processes: a group of their own, so that all of them can be ended.
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, PHP_CLI_SERVER_WORKERS: '4' },
  });
  const ended = once(server, 'exit');
  const kill = () => {
    if (server.pid !== undefined && server.exitCode === null && server.signalCode === null)
      process.kill(-server.pid, 'SIGKILL');
  };
  process.once('exit', kill);
  const stop = async () => {
    process.off('exit', kill);
    kill();
    await ended;
  };
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (server.exitCode !== null) break;
    const answer = await fetch(`${url}/?rest_route=/`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return { stop };
    await sleep(100);
  }
  await stop();
  throw new Error(`WordPress did not answer at ${url}`);
}

function configOf({ folder, database, url }: { folder: string; database: string; url: string }): string {
  const constants = {
    DB_NAME: database,
    DB_USER: 'root',
    DB_PASSWORD: '',
    DB_HOST: `localhost:${SOCKET}`,
    DB_CHARSET: 'utf8mb4',
    WP_HOME: url,
    WP_SITEURL: url,
    // Application passwords over plain HTTP are for local sites only.
    WP_ENVIRONMENT_TYPE: 'local',
    WP_DEBUG: true,
    WP_DEBUG_DISPLAY: false,
    WP_DEBUG_LOG: join(folder, 'php.log'),
    DISABLE_WP_CRON: true,
    WP_HTTP_BLOCK_EXTERNAL: true,
    AUTOMATIC_UPDATER_DISABLED: true,
    AUTH_SALT: randomBytes(32).toString('hex'),
  };
  const lines = Object.entries(constants).map(
    ([name, value]) => `define('${name}', ${JSON.stringify(value)});`,
  );
  return `<?php
${lines.join('\n')}
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
`;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (typeof address !== 'object' || address === null) throw new Error('no port could be had');
  return address.port;
}
