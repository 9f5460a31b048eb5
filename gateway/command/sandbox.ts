import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironment } from '../../config/environment.ts';
import type { Plugins } from './plugins.ts';

export interface OpenSandbox {
  /** The federation file of the sandbox ministry, as YAML. */
  readonly config: string;
  stop(): Promise<void>;
}

/** Opens the sandbox ministry in a thread of its own when no federation file is named. */
export async function openSandbox(plugins: Plugins): Promise<OpenSandbox | undefined> {
  const { config, data } = readEnvironment(process.env);
  if (config !== undefined) return undefined;
  const thread = plugins.startThread('sandbox', { dataDir: data });
  const [opened] = (await once(thread, 'message')) as [{ config: string }];
  return {
    config: opened.config,
    async stop() {
      const ended = once(thread, 'exit');
      thread.postMessage('stop');
      await ended;
    },
  };
}

/** The file that a running (or the last) sandbox was federated by: other verbs work on the same ministry. */
export function sandboxConfig(): string | undefined {
  const { config, data } = readEnvironment(process.env);
  if (config !== undefined) return undefined;
  try {
    return readFileSync(join(data, 'sandbox.yaml'), 'utf8');
  } catch {
    return undefined;
  }
}
