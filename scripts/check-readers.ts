// Do readers that aren't ours take our feeds? Starts the gateway twice, over the sandbox ministry and over three sites
// that send what has ever broken a reader, and hands every feed, page, archive and the OPML to each of them. They must
// see the same entries as our JSON Feed and complain of nothing. `npm run check:readers`; exits 1 and names feed and line.
import {
  type Gateway,
  removeFolder,
  runGateway,
  temporaryFolder,
  until,
} from '../gateway/e2e/run-gateway.ts';
import { feedparser } from './readers/feedparser.ts';
import { type Frozen, freeze } from './readers/frozen.ts';
import { startHostileFederation } from './readers/hostile-federation.ts';
import { jing } from './readers/jing.ts';
import { newsboat, newsboatImport } from './readers/newsboat.ts';
import type { Complaint, FeedDocument, Reader } from './readers/reader.ts';
import { sfeed } from './readers/sfeed.ts';
import { w3cRules } from './readers/w3c-rules.ts';
import { wordpress } from './readers/wordpress.ts';
import { xmllint } from './readers/xmllint.ts';

const READERS: readonly Reader[] = [
  xmllint,
  jing,
  w3cRules,
  newsboat,
  newsboatImport,
  sfeed,
  feedparser,
  wordpress,
];
const FEEDS = ['all', 'portal', 'units', 'press'];
/** Complaints of one reader that are printed. */
const SHOWN = 10;

const folder = temporaryFolder();
const frozen = await freeze(folder);
try {
  await keepHostile(frozen);
  await keepSandbox(frozen);
  process.exitCode = await report(frozen, folder);
} finally {
  await frozen.stop();
  // KEEP=1 leaves the documents for a closer look.
  if (process.env.KEEP) console.log(`The documents lie in ${folder}`);
  else removeFolder(folder);
}

async function keepSandbox(copies: Frozen): Promise<void> {
  const gateway = await runGateway();
  await within(gateway, async () => {
    await until('items of every kind', async () => {
      const counts = await Promise.all(FEEDS.map(feed => countOf(gateway, feed)));
      return counts.every(count => count > 2);
    });
    await keepAll('sandbox', gateway, copies);
  });
}

async function keepHostile(copies: Frozen): Promise<void> {
  const federation = await startHostileFederation();
  const gateway = await runGateway({ config: federation.config });
  await within(gateway, async () => {
    await until('all hostile entries', async () => (await countOf(gateway, 'all')) === federation.entries);
    federation.withdraw();
    await until('a withdrawal', async () => (await countOf(gateway, 'all')) < federation.entries);
    // An archive closes once nothing can slip into it any more: half a minute.
    const archived = () => isThere(`${gateway.url}/feeds/all.atom?archive=1`);
    await until('a closed archive', archived, 60_000);
    await keepAll('hostile', gateway, copies);
    for (const query of ['?topics=kho', '?sites=bao,cong&kinds=press', '?limit=500']) {
      for (const format of ['atom', 'rss'])
        await copies.keep('hostile', `${gateway.url}/feeds/all.${format}${query}`);
    }
  });
  await federation.stop();
}

async function within(gateway: Gateway, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    console.error(gateway.output().slice(-4000));
    throw thrown;
  } finally {
    await gateway.kill('SIGTERM');
    removeFolder(gateway.dataDir);
  }
}

/** Every feed in both formats, and every further page and archive that it links to. */
async function keepAll(world: string, { url }: Gateway, copies: Frozen): Promise<void> {
  for (const format of ['atom', 'rss']) {
    for (const feed of FEEDS) {
      await copies.keep(world, `${url}/feeds/${feed}.${format}`);
      const newest = copies.documents.at(-1);
      await keepLinked(world, copies, newest, 'next');
      await keepLinked(world, copies, newest, 'prev-archive');
    }
  }
  await copies.keep(world, `${url}/feeds.opml`);
}

async function keepLinked(world: string, copies: Frozen, start: FeedDocument | undefined, rel: string) {
  const pattern = new RegExp(`<(?:atom:)?link rel="${rel}"[^>]* href="([^"]*)"`);
  for (let from = start; from; from = copies.documents.at(-1)) {
    const address = pattern.exec(from.body)?.[1];
    if (!address) return;
    await copies.keep(world, address.replaceAll('&amp;', '&'));
  }
}

/** The archive that is still to close leads to the feed itself. */
async function isThere(address: string): Promise<boolean> {
  const { status } = await fetch(address, { redirect: 'manual' });
  return status === 200;
}

async function countOf({ url }: Gateway, feed: string): Promise<number> {
  const response = await fetch(`${url}/feeds/${feed}.json?limit=500`);
  const { items = [] } = (await response.json()) as { items?: unknown[] };
  return items.length;
}

async function report({ documents, spoil }: Frozen, where: string): Promise<number> {
  let failed = 0;
  for (const reader of READERS) {
    const given = documents.filter(({ kind }) => reader.kinds.includes(kind));
    // A reader that would take anything proves nothing: it also gets a document that breaks off.
    const broken = spoil(given[0]);
    const all = await reader.read([...given, broken], where);
    const complaints = all.filter(({ document }) => document !== broken.name);
    const blind = complaints.length === all.length;
    const entries = given.reduce((sum, { ids }) => sum + ids.length, 0);
    const verdict = complaints.length === 0 ? 'takes all' : `${complaints.length} complaints`;
    console.log(`${reader.name.padEnd(18)} ${given.length} documents, ${entries} entries: ${verdict}`);
    for (const complaint of complaints.slice(0, SHOWN)) console.log(`  ${describe(complaint)}`);
    if (blind)
      console.log('  and it takes half a document without a complaint, so its word is worth nothing');
    failed += complaints.length + (blind ? 1 : 0);
  }
  return failed > 0 ? 1 : 0;
}

function describe({ document, line, message }: Complaint): string {
  return `${document}${line === undefined ? '' : `:${line}`}: ${message}`;
}
