import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { FeedDocument } from './reader.ts';

export interface Frozen {
  readonly documents: FeedDocument[];
  /** Keeps a copy of a document that the gateway serves, with the ids that stand in it. */
  keep(world: string, address: string): Promise<void>;
  /** The first half of a document, said to be the whole. */
  spoil(document: FeedDocument | undefined): FeedDocument;
  stop(): Promise<void>;
}

/** Copies of the gateway's feeds, in files and behind a server, so that all readers read the same bytes. */
export async function freeze(folder: string): Promise<Frozen> {
  const documents: FeedDocument[] = [];
  const served = new Map<string, { readonly type: string; readonly body: string }>();
  const server = createServer(({ url = '' }, response) => {
    const copy = served.get(url);
    if (!copy) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': copy.type }).end(copy.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const serve = (name: string, body: string, type: string) => {
    const file = join(folder, `${name}.xml`);
    writeFileSync(file, body);
    served.set(`/${name}`, { type, body });
    return { body, file, url: `http://127.0.0.1:${port}/${name}` };
  };
  return {
    documents,
    async keep(world, address) {
      const { body, type, ids } = await fetchSettled(address);
      const { pathname, search } = new URL(address);
      const name = `${world} ${pathname.replace('/feeds/', '')}${decodeURIComponent(search)}`;
      const copy = serve(`${documents.length}`, body, type);
      documents.push({ name, kind: kindOf(pathname), address, ids, ...copy });
    },
    spoil(document) {
      if (!document) throw new Error('no documents');
      const type = document.kind === 'rss' ? 'application/rss+xml' : 'application/atom+xml';
      const half = document.body.slice(0, document.body.length / 2);
      return { ...document, ...serve('half', half, type), name: 'half a document' };
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function kindOf(path: string): FeedDocument['kind'] {
  if (path.endsWith('.opml')) return 'opml';
  return path.endsWith('.atom') ? 'atom' : 'rss';
}

interface Copy {
  readonly body: string;
  readonly type: string;
  readonly ids: readonly string[];
}

/** A document and the ids of our JSON Feed, both of one revision of the store. */
async function fetchSettled(address: string): Promise<Copy> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const before = await expectedIds(address);
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address} answered ${response.status}: ${await response.text()}`);
    const body = await response.text();
    const ids = await expectedIds(address, body);
    if (before === undefined || before.join() === ids?.join()) {
      return { body, type: response.headers.get('content-type') ?? '', ids: ids ?? [] };
    }
  }
  throw new Error(`${address} changes faster than it can be read`);
}

async function expectedIds(address: string, opml?: string): Promise<readonly string[] | undefined> {
  if (address.endsWith('.opml')) {
    const found = opml?.matchAll(/type="rss"[^>]*xmlUrl="([^"]*)"/g);
    return found && Array.from(found, ([, url = '']) => url.replaceAll('&amp;', '&'));
  }
  const response = await fetch(address.replace(/\.(?:atom|rss)(?=$|\?)/, '.json'));
  const { items } = (await response.json()) as { items: { id: string }[] };
  return items.map(({ id }) => id);
}
