import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Complaint, compareIds, type FeedDocument, type Reader } from './reader.ts';
import { run } from './run.ts';

/** Reloads every feed into a cache of its own, then that cache is asked what is in it. */
export const newsboat: Reader = {
  name: 'newsboat',
  kinds: ['atom', 'rss'],
  read: (documents, folder) => eachInItsOwn(documents, folder, reload),
};

/** Subscribes to what the OPML names. */
export const newsboatImport: Reader = {
  name: 'newsboat -i',
  kinds: ['opml'],
  read: (documents, folder) => eachInItsOwn(documents, folder, subscribe),
};

/** Files of one newsboat. An entry that stands in two feeds is one row of a cache, so feeds don't share one. */
interface Home {
  readonly urls: string;
  readonly cache: string;
  readonly flags: readonly string[];
}

async function eachInItsOwn(
  documents: readonly FeedDocument[],
  folder: string,
  read: (document: FeedDocument, home: Home) => Promise<readonly Complaint[]>,
): Promise<readonly Complaint[]> {
  const complaints: Complaint[] = [];
  const [urls, cache, settings] = ['urls', 'cache.db', 'config'].map(name =>
    join(folder, `newsboat-${name}`),
  );
  if (!urls || !cache || !settings) return complaints;
  writeFileSync(settings, 'use-proxy no\n');
  for (const document of documents) {
    rmSync(cache, { force: true });
    writeFileSync(urls, document.kind === 'opml' ? '' : `${document.url}\n`);
    complaints.push(
      ...(await read(document, { urls, cache, flags: ['-u', urls, '-c', cache, '-C', settings] })),
    );
  }
  return complaints;
}

async function reload(document: FeedDocument, { cache, flags }: Home): Promise<readonly Complaint[]> {
  const { code, errors } = await run('newsboat', [...flags, '-x', 'reload']);
  if (code !== 0) return [{ document: document.name, message: `newsboat ended with ${code}: ${errors}` }];
  const database = new DatabaseSync(cache, { readOnly: true });
  try {
    const rows = database.prepare('SELECT guid, pubDate FROM rss_item').all();
    const ids = rows.map(({ guid }) => String(guid));
    const timeless = rows.filter(({ pubDate }) => Number(pubDate) <= 0);
    return [
      ...compareIds(document, ids, { sorted: true }),
      ...timeless.map(({ guid }) => ({ document: document.name, message: `no time in ${guid}` })),
    ];
  } finally {
    database.close();
  }
}

async function subscribe(document: FeedDocument, { flags }: Home): Promise<readonly Complaint[]> {
  const { code, errors } = await run('newsboat', [...flags, '-i', document.file]);
  if (code !== 0) return [{ document: document.name, message: errors.trim() }];
  const { out } = await run('newsboat', [...flags, '-e']);
  const found = [...out.matchAll(/xmlUrl="([^"]*)"/g)].map(([, address = '']) =>
    address.replaceAll('&amp;', '&'),
  );
  return compareIds(document, found, { sorted: true });
}
