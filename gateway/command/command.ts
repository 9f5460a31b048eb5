import { Command } from 'commander';
import { readEnvironment } from '../../config/environment.ts';
import { ERROR_CODES, toCoded } from '../../schemas/errors.ts';
import { addActVerbs } from './acts.ts';
import { addAlertVerbs } from './alerts.ts';
import { addBackupVerbs } from './backup.ts';
import type { CheckFlags } from './check.ts';
import { addDeliveryVerbs } from './delivery-verbs.ts';
import type { DoctorFlags } from './doctor.ts';
import { addEvidenceVerbs } from './evidence.ts';
import { addLedgerVerbs } from './ledger.ts';
import type { Plugins } from './plugins.ts';
import { sandboxConfig } from './sandbox.ts';
import { readSetting, type Setting } from './setting.ts';
import type { TopicsFlags } from './topics.ts';

/**
 * The `lienthong` command: one verb a file. Exit codes: 0 done, 1 it was tried and failed, 2 the call was wrong.
 */
export async function runCommand(argv: readonly string[], plugins: Plugins): Promise<number> {
  let code = 0;
  const program = new Command('lienthong')
    .description('Multi-site portal federation and syndication gateway')
    .showHelpAfterError('(lienthong --help shows every verb)')
    .exitOverride();
  const verb = (
    name: string,
    description: string,
    act: (setting: Setting, ...args: string[]) => Promise<number>,
  ) =>
    program
      .command(name)
      .description(description)
      .action(async (...args: unknown[]) => {
        const words = args.filter(arg => typeof arg === 'string');
        code = await act(readSetting(plugins, sandboxConfig()), ...words);
      });

  program
    .command('serve')
    .description('harvest and serve; without LIENTHONG_CONFIG, the sandbox ministry')
    .action(async () => (await import('./serve.ts')).serve(plugins));
  program
    .command('reload')
    .description(
      'make the running gateway read its federation file anew; a faulty file changes nothing (Linux: SIGHUP does the same)',
    )
    .action(async () => {
      code = await (await import('./reload.ts')).reload(readEnvironment(process.env).data);
    });
  program
    .command('doctor')
    .option('--json', 'every finding as JSON')
    .option('--lang <language>', 'vi or en', 'vi')
    .description(
      'look at everything the gateway rests on, and say what to do; exit code 1 when something is broken',
    )
    .action(async (flags: DoctorFlags) => {
      code = await (await import('./doctor.ts')).doctor(flags, plugins);
    });
  verb('harvest <source>', 'harvest one source now: `harvest viec-lam/tin`', async (setting, source) =>
    (await import('./harvest.ts')).harvest(source ?? '', plugins, setting),
  );
  verb(
    'try <source>',
    'show the first items of a source as they would be stored; stores nothing',
    async (setting, source) => (await import('./try.ts')).trySource(source ?? '', plugins, setting),
  );
  verb('pause <source>', 'stop harvesting a source until `resume`', async (setting, source) =>
    (await import('./pause.ts')).pause(source ?? '', setting),
  );
  verb('resume <source>', 'harvest a paused source again, at once', async (setting, source) =>
    (await import('./pause.ts')).resume(source ?? '', setting),
  );
  verb(
    'sources',
    'list all sources: state, last and next harvest, pushed (WebSub, until when) or asked',
    async setting => (await import('./sources.ts')).sources(setting),
  );
  const sites = program.command('sites').description('sites of the federation');
  sites
    .command('retire')
    .argument('<site>')
    .description('hide at once what a site that left the federation file still shows')
    .action(async (site: string) => {
      code = await (await import('./sites.ts')).retireSite(site, readSetting(plugins, sandboxConfig()));
    });
  addCheckVerbs(program, plugins, value => {
    code = value;
  });
  addConfigVerbs(program, plugins, value => {
    code = value;
  });
  addKeyVerbs(program, plugins, value => {
    code = value;
  });
  const open = () => readSetting(plugins, sandboxConfig());
  addDeliveryVerbs(program, plugins, open, value => {
    code = value;
  });

  const done = (value: number) => {
    code = value;
  };
  program
    .command('report <site>')
    .option('--csv', 'comma-separated values')
    .description('how a site stands: what is well, what to mend first, everything; a page to print')
    .action(async (site: string, { csv }: { csv?: boolean }) =>
      done(await (await import('./report.ts')).report(site, csv === true, open())),
    );
  program
    .command('completeness <site>')
    .option('--json', 'as JSON')
    .description('compare what a site says it has published with what is held, and fetch what is missing')
    .action(async (site: string, flags: { json?: boolean }) =>
      done(await (await import('./completeness.ts')).completeness(site, flags, plugins, open())),
    );
  program
    .command('topics')
    .option('--stub', 'write the block for the federation file')
    .option('--json', 'as JSON')
    .option('--min <items>', 'leave out categories of fewer items', '1')
    .description('list the categories of all sites that no topic maps, the most frequent first')
    .action(async (flags: TopicsFlags) => done(await (await import('./topics.ts')).topics(flags, open())));
  addActVerbs(program, open, done);
  addLedgerVerbs(program, open, done);
  addEvidenceVerbs(program, open, done);
  addAlertVerbs(program, open, done);
  addBackupVerbs(program, open, done);

  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (thrown) {
    return explain(thrown);
  }
}

/** A site can be checked by whoever has no federation: its webmaster. */
const NO_FEDERATION =
  'sites: [{ id: nobody, name: nobody, kind: unit, homepage: "https://nobody.invalid/" }]';

function addCheckVerbs(program: Command, plugins: Plugins, done: (code: number) => void): void {
  const add = (name: 'check' | 'discover', description: string) =>
    program
      .command(name)
      .argument('<url>', 'home page, article or feed')
      .option('--json', 'the whole report as JSON')
      .option('--lang <language>', 'vi or en', 'vi')
      .option('--kind <kind>', 'portal, unit or press; guessed without it')
      .option('--allow <network...>', 'private network that may be asked: CIDR or host:port')
      .description(description)
      .action(async (url: string, flags: CheckFlags) =>
        done(
          await (await import('./check.ts'))[name](
            url,
            flags,
            plugins,
            readSetting(plugins, sandboxConfig() ?? NO_FEDERATION),
          ),
        ),
      );
  add('check', 'judge a site by the guidelines: exit code 0 nothing that must be mended, 1 problems');
  add('discover', 'find the ways into a site, and write the block for the federation file');
}

function addConfigVerbs(program: Command, plugins: Plugins, done: (code: number) => void): void {
  program
    .command('recipes')
    .argument('[recipe]', 'tell all of one, with the block to paste')
    .description('list the recipes a source can extend: how sites of one product are read')
    .action(async (id?: string) => done((await import('./recipes.ts')).recipes(id)));
  const config = program.command('config').description('the federation file');
  config
    .command('check')
    .argument('[file]', 'another file than LIENTHONG_CONFIG')
    .description('read the federation file and tell every fault with line, path and remedy')
    .action(async (file?: string) =>
      done(await (await import('./config-check.ts')).configCheck(file, plugins)),
    );
}

function addKeyVerbs(program: Command, plugins: Plugins, done: (code: number) => void): void {
  const keys = program.command('keys').description('API keys');
  const open = () => readSetting(plugins, sandboxConfig());
  keys
    .command('create')
    .argument('<title>', 'who it is for')
    .requiredOption('--scope <scopes...>', 'read, operate, site:<id>, fulltext:<site>')
    .option('--expires <duration>', 'good for this long only: `90d`')
    .option('--quota <rate>', 'requests it may make: `10000/h`')
    .description('make a key and show it, this once')
    .action(
      async (title: string, { scope, ...limits }: { scope: string[]; expires?: string; quota?: string }) =>
        done(await (await import('./keys.ts')).createApiKey(title, scope, limits, open())),
    );
  keys
    .command('rotate')
    .argument('<id>')
    .option('--grace <duration>', 'how long the present secret stays good', '24h')
    .description('give a key another secret and show it, this once')
    .action(async (id: string, { grace }: { grace: string }) =>
      done(await (await import('./keys.ts')).rotateApiKey(id, grace, open())),
    );
  keys
    .command('list')
    .description('list keys, without their secrets')
    .action(async () => done(await (await import('./keys.ts')).listApiKeys(open())));
  keys
    .command('revoke')
    .argument('<id>')
    .description('make a key useless at once')
    .action(async (id: string) => done(await (await import('./keys.ts')).revokeApiKey(id, open())));
}

function explain(thrown: unknown): number {
  if (thrown instanceof Error && 'exitCode' in thrown) return thrown.exitCode === 0 ? 0 : 2;
  const { code, message, data, cause } = toCoded(thrown);
  console.error(`lienthong: ${message}`);
  if (Array.isArray(data.shown)) for (const line of data.shown) console.error(line);
  if (code === 'INTERNAL' || process.env.LOG_LEVEL === 'debug') console.error(cause);
  return ERROR_CODES[code] < 500 || code === 'CONFIG_INVALID' ? 2 : 1;
}
