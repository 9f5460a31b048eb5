import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Environment, readEnvironment } from '../../config/environment.ts';
import { showFault } from '../../config/fault.ts';
import { readFederation } from '../../config/federation.ts';
import { readVocabulary } from '../../config/vocabulary.ts';
import { CodedError } from '../../schemas/errors.ts';
import type { Federation } from '../../schemas/federation.ts';
import { createLog, type Logger } from '../log.ts';
import { openStore, type StoreOptions } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import type { Plugins } from './plugins.ts';

/** The wordings that searching joins. */
const VOCABULARY = fileURLToPath(new URL('../../config/vocabulary.vi.yaml', import.meta.url));

const EVIDENCE_DAYS = 90;

/** What every verb of the command stands on. */
export interface Setting {
  readonly environment: Environment;
  readonly federation: Federation;
  readonly rules: Plugins['rules'];
  readonly sandbox: boolean;
  readonly log: Logger;
  readonly storeOptions: StoreOptions;
  openStore(): Promise<Store>;
}

/** Reads environment and federation file; without a file, `sandboxConfig` is what is federated. */
export function readSetting(plugins: Plugins, sandboxConfig?: string): Setting {
  const environment = readEnvironment(process.env);
  const log = createLog(environment.logLevel, 'gateway');
  const federation = federationOf(plugins, environment, sandboxConfig, log);
  const storeOptions: StoreOptions = {
    dataDir: environment.data,
    vocabulary: readVocabulary({ text: readFileSync(VOCABULARY, 'utf8'), path: VOCABULARY }),
    ...(environment.evidenceKey && {
      evidence: { key: environment.evidenceKey, days: federation.evidenceDays ?? EVIDENCE_DAYS },
    }),
    ...(environment.databaseUrl ? { databaseUrl: environment.databaseUrl } : {}),
    ...(environment.databaseMigrateUrl ? { migrateUrl: environment.databaseMigrateUrl } : {}),
  };
  return {
    environment,
    federation,
    rules: plugins.rules,
    sandbox: environment.config === undefined,
    log,
    storeOptions,
    openStore: () => openStore({ ...storeOptions, log }),
  };
}

function federationOf(
  plugins: Plugins,
  environment: Environment,
  sandboxConfig: string | undefined,
  log: Logger,
): Federation {
  const path = environment.config ?? 'sandbox';
  const text = environment.config === undefined ? sandboxConfig : textOf(environment.config);
  if (text === undefined) {
    throw new CodedError(
      'CONFIG_INVALID',
      'No federation file. Set LIENTHONG_CONFIG to the path of one, or run `npm start` first: it opens the sandbox ministry.',
    );
  }
  const { federation, warnings } = readFederation({
    text,
    path,
    env: process.env,
    connectors: plugins.connectors,
    rules: plugins.rules,
    listen: { host: environment.host, port: environment.port },
  });
  // The sandbox's own file shows faults on purpose; an operator's file should hear of them.
  if (environment.config !== undefined)
    for (const warning of warnings) log.warn({}, showFault(path, warning));
  return federation;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CodedError('CONFIG_INVALID', `The federation file ${path} (LIENTHONG_CONFIG) can't be read.`, {
      cause,
    });
  }
}
