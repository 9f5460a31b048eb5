import type { Worker } from 'node:worker_threads';
import type { Connector } from '../../connectors/connector.ts';
import type { Format } from '../../schemas/formats/format.ts';
import type { Rule } from '../../schemas/rules/rule.ts';

/** What the command is handed by `gateway/main.ts`, the one place that names the plugins. */
export interface Plugins {
  readonly connectors: readonly Connector[];
  readonly formats: readonly Format[];
  readonly rules: readonly Rule[];
  /** A thread of this program in another role, with data that can be cloned. */
  startThread(role: ThreadRole, data?: object): Worker;
}

export const THREAD_ROLES = ['harvest', 'deliver', 'alert', 'reading', 'sandbox'] as const;
export type ThreadRole = (typeof THREAD_ROLES)[number];
