import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { atomFeed, type FakeEntry, type FakeSite, federationOf, startFakeSite } from './fake-site.ts';
import { type Gateway, runGateway, until } from './run-gateway.ts';

/** Where the two processes keep what they share. */
export interface TwoProcesses {
  readonly dataDirs: readonly [string, string];
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/** Two processes on one store share the work, and what one withdraws the other no longer shows. */
export function twoProcessesConform(makeSetting: () => Promise<TwoProcesses>): void {
  let site: FakeSite;
  let gateways: Gateway[] = [];
  let entries: FakeEntry[] = [
    { id: 'a', title: 'Tin ở lại' },
    { id: 'b', title: 'Tin bị gỡ' },
  ];
  let gone: string[] = [];
  let asking = 0;
  let together = 0;
  let setting: TwoProcesses | undefined;

  beforeAll(async () => {
    site = await startFakeSite();
    site.pages.set('/tin.atom', {
      body: () => {
        asking += 1;
        together = Math.max(together, asking);
        setTimeout(() => {
          asking -= 1;
        }, 20);
        return atomFeed(site.url, entries, gone);
      },
    });
    const config = federationOf(site, '{ min: 1s, max: 2s }');
    setting = await makeSetting();
    const { dataDirs, env } = setting;
    gateways = await Promise.all(dataDirs.map(dataDir => runGateway({ config, dataDir, env })));
  });

  afterAll(async () => {
    await Promise.all(gateways.map(gateway => gateway.kill('SIGTERM')));
    await site.stop();
    await setting?.remove();
  });

  const everywhere = async () =>
    Promise.all(gateways.map(async ({ url }) => (await fetch(`${url}/feeds/all.json`)).text()));

  it('shows the same in both, harvested by one at a time', async () => {
    await until('both items in both', async () =>
      (await everywhere()).every(text => text.includes('Tin bị gỡ')),
    );
    const before = site.asked.length;
    await until(
      'three more harvests',
      async () => site.asked.filter(path => path === '/tin.atom').length > before + 3,
    );
    expect(together).toBe(1);
  });

  it('takes an item back in both at once', async () => {
    entries = entries.slice(0, 1);
    gone = ['b'];
    await until('gone from the first', async () => !(await everywhere())[0]?.includes('Tin bị gỡ'));
    // At once on one file; within two seconds where the other hears of it over the network.
    await until('gone from the second', async () => !(await everywhere())[1]?.includes('Tin bị gỡ'), 2_000);
  });

  it('goes on when one of them is killed', async () => {
    await gateways[0]?.kill('SIGKILL');
    gateways = gateways.slice(1);
    entries = [...entries, { id: 'c', title: 'Tin sau đó' }];
    await until('the new item', async () => (await everywhere())[0]?.includes('Tin sau đó'), 40_000);
  }, 60_000);
}
