import { spawn } from 'node:child_process';

const SETTINGS = [
  'memory_limit=512M',
  'display_errors=stderr',
  'sendmail_path=/bin/true',
  'max_execution_time=0',
];

/** Runs a PHP file; `args` reach it as JSON on its standard input, its last line of output is JSON too. */
export function runPhp(file: string, args: unknown): Promise<unknown> {
  const flags = SETTINGS.flatMap(setting => ['-d', setting]);
  const child = spawn('php', [...flags, file], { stdio: ['pipe', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdin.end(JSON.stringify(args));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => {
      const said = Buffer.concat(out).toString();
      const why = () => `${file}: ${said.slice(-2000)}\n${Buffer.concat(errors).toString().slice(-4000)}`;
      if (code !== 0) return reject(new Error(`PHP ended with ${code}: ${why()}`));
      try {
        resolve(JSON.parse(said.trimEnd().split('\n').at(-1) ?? ''));
      } catch {
        reject(new Error(`PHP gave no JSON: ${why()}`));
      }
    });
  });
}
