import { type FakeSite, startFakeSite } from '../../gateway/e2e/fake-site.ts';
import { hostileAtom, hostileJson, hostileRss } from './hostile-feeds.ts';

export interface HostileFederation {
  /** The federation file. */
  readonly config: string;
  /** From now on the unit's feed says that every seventh of its entries is gone. */
  withdraw(): void;
  readonly entries: number;
  stop(): Promise<void>;
}

/** Entries of each site: enough for one closed archive of each, three of all. */
const ENTRIES = 60;

/** A portal, a unit and a paper that send all that has ever broken a feed reader. */
export async function startHostileFederation(): Promise<HostileFederation> {
  const site = await startFakeSite();
  let withdrawn = false;
  const page = (path: string, type: string, body: () => string) => site.pages.set(path, { type, body });
  page('/portal.json', 'application/feed+json', () => hostileJson(`${site.url}/portal`, ENTRIES));
  page('/unit.atom', 'application/atom+xml', () => hostileAtom(`${site.url}/unit`, ENTRIES, withdrawn));
  page('/press.rss', 'application/rss+xml', () => hostileRss(`${site.url}/press`, ENTRIES));
  return {
    config: configOf(site),
    entries: ENTRIES * 3,
    withdraw() {
      withdrawn = true;
    },
    stop: site.stop,
  };
}

function configOf({ url, host }: FakeSite): string {
  const source = (path: string) =>
    `[{ id: tin, connector: feed, every: { min: 1s, max: 2s }, since: 3650d, options: { url: "${url}${path}" } }]`;
  return `gateway: { title: 'Tin "thử" & <b>độc</b> ]]>' }
fetch: { allowNetworks: ["${host}"], perHost: { concurrency: 8 } }
sites:
  - { id: cong, name: 'Cổng "thử" & <i>x</i>', kind: portal, homepage: "${url}/portal/?a=1&b=2", sources: ${source('/portal.json')} }
  - { id: don-vi, name: "Đơn vị ]]> 'thử'", kind: unit, homepage: "${url}/unit/", sources: ${source('/unit.atom')} }
  - { id: bao, name: Báo &amp; thử, kind: press, homepage: "${url}/press/", sources: ${source('/press.rss')} }
topics:
  - { id: kho, title: 'Chủ đề "khó" & <x>', categories: ['"a" & <b>'], keywords: [độc] }
feeds:
  - { id: all, title: 'Tất cả & "mọi thứ" <tin>', perSite: 0 }
`;
}
