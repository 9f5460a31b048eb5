import type { Command } from 'commander';
import type { Plugins } from './plugins.ts';
import type { Setting } from './setting.ts';

/** Verbs about subscribers and what they were sent. */
export function addDeliveryVerbs(
  program: Command,
  plugins: Plugins,
  open: () => Setting,
  done: (code: number) => void,
): void {
  const load = () => import('./deliveries.ts');
  program
    .command('webhook')
    .description('webhooks of the federation file')
    .command('test')
    .argument('<id>')
    .description('send one signed test message now: exit code 1 when it was not taken')
    .action(async (id: string) =>
      done(await (await import('./webhook.ts')).testWebhook(id, plugins, open())),
    );
  const deliveries = program
    .command('deliveries')
    .argument('[subscriber]', 'a webhook’s name, or an id that the list shows')
    .description('list all subscribers, or show what one of them was sent')
    .action(async (name: string | undefined) => done(await (await load()).deliveries(name, open())));
  deliveries
    .command('replay')
    .argument('<subscriber>')
    .requiredOption('--from <cursor>', 'of /changes; 0 is the beginning')
    .description('send everything after a cursor again')
    .action(async (name: string, { from }: { from: string }) =>
      done(await (await load()).replay(name, from, open())),
    );
  deliveries
    .command('enable')
    .argument('<subscriber>')
    .description('send again to a subscriber that was given up, with all that it missed')
    .action(async (name: string) => done(await (await load()).enable(name, open())));
  deliveries
    .command('disable')
    .argument('<subscriber>')
    .description('send nothing more to a subscriber until `enable`')
    .action(async (name: string) => done(await (await load()).disable(name, plugins, open())));
  deliveries
    .command('receipts')
    .argument('<item>')
    .description('who has confirmed the latest change of an item, its take-down for one')
    .action(async (item: string) => done(await (await load()).receipts(item, plugins, open())));
}
