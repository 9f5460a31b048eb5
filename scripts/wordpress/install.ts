import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';

/** Where Debian's package puts the code. */
export const WORDPRESS = '/usr/share/wordpress';

/**
 * `wordpress` depends on some web server and some PHP in it, and brings Apache when it finds neither: so a small server
 * and PHP's CGI come first. None is started.
 */
const FIRST = ['nginx-light', 'php-cgi', 'php-cli', 'php-mysql', 'php-gd', 'php-xml'];
const THEN = ['php', 'wordpress'];

/** Installs what is missing by apt. */
export async function ensureInstalled(): Promise<void> {
  if (existsSync(`${WORDPRESS}/wp-load.php`) && hasPhp()) return;
  await run('apt-get', ['-qq', 'update']);
  for (const packages of [FIRST, THEN]) {
    await run('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', ...packages]);
  }
  if (!hasPhp()) throw new Error('PHP with mysqli, gd and SimpleXML could not be installed.');
}

function hasPhp(): boolean {
  const { status, stdout } = spawnSync('php', ['-m'], { encoding: 'utf8' });
  return status === 0 && ['mysqli', 'gd', 'SimpleXML'].every(name => stdout.includes(name));
}

async function run(command: string, args: readonly string[]): Promise<void> {
  // RUNLEVEL=1 keeps packages from starting the services they bring.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
}
