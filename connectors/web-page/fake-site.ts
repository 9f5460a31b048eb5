import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page as the fake serves it. */
export interface FakePage {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface FakeSite {
  readonly origin: string;
  /** By path and query; editors at work may change it while it runs. `{origin}` in a text becomes the site's own. */
  readonly pages: Map<string, FakePage>;
  /** Method, path and query of each request. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** A site of nothing but pages, on a free port of loopback. Unknown paths answer 404. */
export async function fakeSite(pages: Readonly<Record<string, string | FakePage>>): Promise<FakeSite> {
  const known = new Map(
    Object.entries(pages).map(([path, page]) => [path, typeof page === 'string' ? { body: page } : page]),
  );
  const asked: string[] = [];
  let origin = '';
  const answer: RequestListener = (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const page = known.get(request.url ?? '/');
    const { status = 200, type = 'text/html; charset=utf-8', headers = {}, body } = page ?? NOT_FOUND;
    const sent = typeof body === 'string' ? body.replaceAll('{origin}', origin) : body;
    const etag = headers.etag;
    if (etag !== undefined && request.headers['if-none-match'] === etag) {
      response.writeHead(304, headers).end();
      return;
    }
    response.writeHead(status, { 'content-type': type, ...headers }).end(sent);
  };
  const server = createServer(answer);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    pages: known,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

const NOT_FOUND: FakePage = { status: 404, body: '<h1>404</h1>' };

/** An article's page in a frame like a ministry's: menu, clock, side column, footer. */
export function framed(head: string, body: string): string {
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8">${head}</head><body>
<header><a href="/"><img class="logo" src="/img/logo.png" alt="Trang chủ"></a><div class="dong-ho">Thứ Sáu, 27/11/2026 10:00</div>
<nav><ul><li><a href="/gioi-thieu">Giới thiệu chung về đơn vị</a></li><li><a href="/tin-tuc">Tin tức và sự kiện nổi bật</a></li><li><a href="/lien-he">Liên hệ với chúng tôi</a></li></ul></nav></header>
<main>${body}</main>
<aside class="sidebar"><h3>Xem nhiều</h3><a href="/tin/cu-1000.html">Một bài đã cũ nhưng nhiều người xem</a></aside>
<footer><p>Cục Mẫu, 12 Phố Mẫu, Hà Nội. Cập nhật 01/01/2020</p></footer></body></html>`;
}
