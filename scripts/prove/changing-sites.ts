import { atomFeed, type FakeEntry, type FakeSite, startFakeSite } from '../../gateway/e2e/fake-site.ts';
import type { Chance } from './chance.ts';

/** Several, because a source whose harvest was killed rests until its lease runs out. */
const SITES = ['portal', 'portal', 'unit', 'unit', 'unit', 'unit'] as const;
const FIRST = 30;
/** What a feed shows; older entries stay in the gateway. */
const SHOWN = 60;
/** More at once would be a mass withdrawal, which withdraws nothing. */
const MOST_GONE = 3;
const SUBJECTS = ['việc làm', 'an toàn lao động', 'chính sách'];

/** Sites whose people write, correct and take back without a pause. */
export interface ChangingSites {
  /** The federation file that names them, and the sites of `seededFederation`, which a writer of its own fills. */
  readonly federation: string;
  /** A few acts at once, on one site. */
  change(): void;
  stop(): Promise<void>;
}

export async function startChangingSites(chance: Chance): Promise<ChangingSites> {
  const sites = await Promise.all(SITES.map(startFakeSite));
  const rooms = sites.map(site => newsroom(site, chance));
  return {
    federation: federationOf(sites),
    change: () => chance.one(rooms)(),
    stop: async () => void (await Promise.all(sites.map(site => site.stop()))),
  };
}

function newsroom(site: FakeSite, chance: Chance): () => void {
  let entries: FakeEntry[] = [];
  let gone: string[] = [];
  let count = 0;
  let edition = 0;
  const write = (id: string): FakeEntry => {
    edition += 1;
    const title = `Tin ${id} về ${chance.one(SUBJECTS)}, bản ${edition}`;
    return { id, title, updated: new Date(Date.UTC(2026, 10, 22, 2) + edition * 1000).toISOString() };
  };
  const add = () => {
    count += 1;
    entries = [write(`tin-${count}`), ...entries];
  };
  for (let i = 0; i < FIRST; i += 1) add();
  site.pages.set('/tin.atom', { body: () => atomFeed(site.url, entries.slice(0, SHOWN), gone.slice(-100)) });
  return () => {
    for (let left = 1 + chance.below(MOST_GONE); left > 0 && entries.length > 0; left -= 1) {
      const { id } = chance.one(entries.slice(0, SHOWN));
      const act = chance.below(10);
      if (act < 3) add();
      else if (act < 8) entries = entries.map(entry => (entry.id === id ? write(id) : entry));
      else {
        entries = entries.filter(entry => entry.id !== id);
        gone = [...gone, id];
      }
    }
    // Some of what was taken back is published again.
    if (gone.length > 0 && chance.comes(0.1)) {
      const id = chance.one(gone.slice(-100));
      gone = gone.filter(other => other !== id);
      entries = [write(id), ...entries];
    }
  };
}

function federationOf(sites: readonly FakeSite[]): string {
  const blocks = sites.map(
    ({ url }, index) => `  - id: trang-${index}
    name: Trang ${index}
    kind: ${SITES[index]}
    homepage: ${url}/
    sources:
      - { id: tin, connector: feed, every: { min: 1s, max: 1s }, since: 3650d, options: { url: "${url}/tin.atom" } }
`,
  );
  return `gateway: { title: Tin thử }
fetch: { allowNetworks: [${sites.map(({ host }) => `"${host}"`).join(', ')}] }
topics: [ { id: viec-lam, title: Việc làm, keywords: [việc làm] } ]
sites:
  - { id: cong, name: Cổng, kind: portal, homepage: "https://cong.example.vn/", sources: [] }
  - { id: viec-lam, name: Cục, kind: unit, homepage: "https://viec-lam.example.vn/", sources: [] }
  - { id: bao-hiem, name: Bảo hiểm, kind: unit, homepage: "https://bao-hiem.example.vn/", sources: [] }
${blocks.join('')}`;
}
