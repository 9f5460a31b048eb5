import { setPriority } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Plugins, ThreadRole } from './command/plugins.ts';

/** The first Node line that strips types for good, has node:sqlite, and is still looked after. */
const NODE = 24;
/** What harvests steps aside for the thread that answers readers. */
const NICE = 5;

if (Number.parseInt(process.versions.node, 10) < NODE) {
  console.error(
    `Liên Thông needs Node ${NODE}; this is ${process.versions.node}. \`npm start\` and \`npm run -s lienthong\` bring their own.`,
  );
  process.exit(1);
}

// Imported only now: with an older Node the message above is what a person should see.
const [{ formats }, { connectors }, { rules }] = await Promise.all([
  import('../schemas/formats/index.ts'),
  import('../connectors/index.ts'),
  import('../schemas/rules/index.ts'),
]);

const plugins: Plugins = {
  formats,
  rules,
  connectors: connectors(formats),
  startThread: (role, data = {}) =>
    new Worker(new URL(import.meta.url), {
      workerData: { ...data, role },
      ...(role === 'reading' ? { resourceLimits: { maxOldGenerationSizeMb: 768 } } : {}),
    }),
};

if (isMainThread) {
  const { runCommand } = await import('./command/command.ts');
  process.exitCode = await runCommand(process.argv.slice(2), plugins);
} else if (parentPort) {
  await runThread((workerData as { role: ThreadRole }).role, parentPort);
}

async function runThread(role: ThreadRole, port: NonNullable<typeof parentPort>): Promise<void> {
  // Linux gives each thread a priority of its own; elsewhere this would slow the answers too.
  if (process.platform === 'linux') setPriority(0, NICE);
  if (role === 'reading') {
    const { serveReading } = await import('./harvest/reading-thread.ts');
    serveReading(port, plugins.connectors, plugins.rules);
  }
  if (role === 'harvest') {
    const [{ runHarvestThread }, { createLog }] = await Promise.all([
      import('./harvest/thread.ts'),
      import('./log.ts'),
    ]);
    const log = createLog(workerData.logLevel, 'harvest');
    const startReader = () => plugins.startThread('reading');
    await runHarvestThread(port, workerData, {
      connectors: plugins.connectors,
      rules: plugins.rules,
      startReader,
      log,
    });
  }
  if (role === 'deliver') {
    const [{ runDeliverThread }, { createLog }] = await Promise.all([
      import('./deliver/thread.ts'),
      import('./log.ts'),
    ]);
    const log = createLog(workerData.logLevel, 'deliver');
    await runDeliverThread(port, workerData, { formats: plugins.formats, log });
  }
  if (role === 'alert') {
    const [{ runAlertThread }, { createLog }] = await Promise.all([
      import('./alert/thread.ts'),
      import('./log.ts'),
    ]);
    await runAlertThread(port, workerData, { log: createLog(workerData.logLevel, 'alert') });
  }
  if (role === 'sandbox') {
    const { startSandbox } = await import('../scripts/sandbox/start.ts');
    const sandbox = await startSandbox(workerData.dataDir);
    port.postMessage({ config: sandbox.config });
    port.once('message', () => sandbox.stop().then(() => port.close()));
  }
}
