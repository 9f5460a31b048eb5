import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A little site whose feed is what the story says it is, at every moment. */
export interface FakeSite {
  readonly url: string;
  readonly host: string;
  /** Path → document; a function is asked at each request. */
  readonly pages: Map<string, FakePage>;
  /** Paths asked, in order. */
  readonly asked: string[];
  stop(): Promise<void>;
}

export interface FakePage {
  readonly status?: number;
  readonly type?: string;
  readonly body: string | Buffer | (() => string | Buffer);
  readonly headers?: Readonly<Record<string, string>>;
}

export async function startFakeSite(): Promise<FakeSite> {
  const pages = new Map<string, FakePage>();
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    asked.push(request.url ?? '/');
    const page = pages.get(path);
    if (!page) return response.writeHead(404).end();
    const body = typeof page.body === 'function' ? page.body() : page.body;
    response.writeHead(page.status ?? 200, {
      'content-type': page.type ?? 'application/atom+xml',
      ...page.headers,
    });
    return response.end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    pages,
    asked,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export interface FakeEntry {
  readonly id: string;
  readonly title: string;
  readonly text?: string;
  readonly updated?: string;
}

/** An Atom feed of these entries, with tombstones for those that are gone. */
export function atomFeed(site: string, entries: readonly FakeEntry[], gone: readonly string[] = []): string {
  const rows = entries.map(
    ({ id, title, text = `<p>Nội dung của ${title}</p>`, updated = '2026-11-22T08:30:00+07:00' }) =>
      `<entry><id>${id}</id><title>${title}</title><link href="${site}/tin/${id}"/><updated>${updated}</updated><published>2026-11-22T08:30:00+07:00</published><author><name>Lê Thu Hà</name></author><content type="html"><![CDATA[${text}]]></content></entry>`,
  );
  const tombstones = gone.map(id => `<at:deleted-entry ref="${id}" when="2026-11-22T09:00:00+07:00"/>`);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="vi">
<id>${site}/</id><title>Trang thử</title><updated>2026-11-22T08:30:00+07:00</updated>
${rows.join('\n')}
${tombstones.join('\n')}
</feed>`;
}

/** A federation of one unit site with one feed. */
export function federationOf(site: FakeSite, every = '{ min: 1s, max: 1h }'): string {
  return `gateway: { title: Tin thử }
fetch: { allowNetworks: ["${site.host}"] }
sites:
  - id: don-vi
    name: Đơn vị thử
    kind: unit
    homepage: ${site.url}/
    sources:
      - { id: tin, connector: feed, every: ${every}, since: 3650d, options: { url: "${site.url}/tin.atom" } }
`;
}
