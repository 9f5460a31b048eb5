import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from '../publish/answer.ts';
import type { Served } from '../publish/answers.ts';

/** DESIGN section 6; the three add up to less than the removal budget of 900 s. */
export const CACHE_CONTROL = 'public, max-age=60, stale-while-revalidate=120, stale-if-error=600';

/** Sends ready bytes: 304 where the reader has them, HEAD without body, the encoding the reader prefers. */
export function sendAnswer(req: IncomingMessage, res: ServerResponse, { answer, age }: Served): void {
  const status = answer.status ?? 200;
  if (status === 200 && isUnchanged(req, answer)) {
    res.writeHead(304, piecesOf(answer, 'none', age).headers).end();
    return;
  }
  const { headers, body } = piecesOf(answer, choose(answer, req.headers['accept-encoding']), age);
  res.writeHead(status, headers);
  if (req.method === 'HEAD') res.end();
  // One string goes out with its head in one write; a buffer costs a third more.
  else res.end(body, 'latin1');
}

type Headers = Readonly<Record<string, string | number>>;
type Encoding = keyof Answer['bodies'];

interface Pieces {
  /** Names and values in turn, which Node writes as they are. */
  readonly headers: string[];
  /** One character a byte. */
  readonly body: string;
}

/** Made once an answer, as soon as they can't change any more. */
const settled = new WeakMap<Answer, Map<Encoding | 'none', Pieces>>();

/** `none`: without a body. */
function piecesOf(answer: Answer, encoding: Encoding | 'none', age: number | undefined): Pieces {
  const known = age === undefined ? settled.get(answer)?.get(encoding) : undefined;
  if (known) return known;
  const headers = {
    ...commonHeaders(answer),
    ...(age === undefined ? {} : staleHeaders(age)),
    ...(encoding === 'none' ? {} : bodyHeaders(answer, encoding)),
  };
  const pieces: Pieces = {
    headers: Object.entries(headers).flatMap(([name, value]) => [name, String(value)]),
    body: encoding === 'none' ? '' : (answer.bodies[encoding]?.toString('latin1') ?? ''),
  };
  const { updated } = answer;
  if (age === undefined && (updated === undefined || toSecond(updated) < toSecond(Date.now()))) {
    const all = settled.get(answer) ?? new Map();
    settled.set(answer, all.set(encoding, pieces));
  }
  return pieces;
}

function bodyHeaders({ mediaType, bodies }: Answer, encoding: Encoding): Headers {
  return {
    'Content-Type': mediaType,
    'Content-Length': bodies[encoding]?.length ?? 0,
    ...(encoding === 'identity' ? {} : { 'Content-Encoding': encoding }),
  };
}

function commonHeaders({ etag, updated, links = [], headers }: Answer): Headers {
  return {
    'Cache-Control': CACHE_CONTROL,
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link, Age',
    'X-Content-Type-Options': 'nosniff',
    Vary: 'Accept-Encoding',
    ETag: etag,
    ...(links.length > 0 ? { Link: links.map(({ rel, href }) => `<${href}>; rel="${rel}"`).join(', ') } : {}),
    ...(updated === undefined ? {} : { 'Last-Modified': toLastModified(updated) }),
    ...headers,
  };
}

function staleHeaders(age: number): Headers {
  return {
    Age: Math.ceil(age / 1000),
    // RFC 7234 5.5.1; RFC 9111 dropped the field, but people still read it.
    Warning: '110 - "Response is Stale"',
    'Cache-Control': 'public, max-age=0, must-revalidate',
  };
}

function choose({ bodies }: Answer, accepted = ''): Encoding {
  if (!bodies.gzip || !bodies.br) return 'identity';
  const weights = new Map(accepted.toLowerCase().split(',').slice(0, 20).map(readWeight));
  const weigh = (encoding: string) => weights.get(encoding) ?? weights.get('*') ?? 0;
  const br = weigh('br');
  const gzip = Math.max(weigh('gzip'), weights.get('x-gzip') ?? 0);
  if (br > 0 && br >= gzip) return 'br';
  return gzip > 0 ? 'gzip' : 'identity';
}

/** RFC 9110 12.4.2: `gzip;q=0.5`; a weight that can't be read counts as refused. */
function readWeight(part: string): readonly [string, number] {
  const [name = '', ...parameters] = part.split(';').map(word => word.trim());
  const weight = parameters.find(parameter => parameter.startsWith('q='));
  const value = weight === undefined ? 1 : Number(weight.slice(2));
  return [name, value >= 0 && value <= 1 ? value : 0];
}

/** RFC 9110 13.2.2: If-None-Match decides alone where it is given. */
function isUnchanged(req: IncomingMessage, { etag, updated }: Answer): boolean {
  const tags = req.headers['if-none-match'];
  if (tags !== undefined) return namesTag(tags, etag);
  const since = Date.parse(req.headers['if-modified-since'] ?? '');
  return updated !== undefined && !Number.isNaN(since) && toSecond(updated) <= since;
}

/** Does an If-None-Match name this very tag? RFC 9110 8.8.3.2: by weak comparison. */
export function namesTag(tags: string, etag: string): boolean {
  return tags.split(',').some(tag => tag.trim() === '*' || opaque(tag) === opaque(etag));
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}

/**
 * A second that is still running may change once more: it is given out as the one before, so that whoever asks
 * with this date alone gets what came after.
 */
function toLastModified(updated: number): string {
  return new Date(Math.min(toSecond(updated), toSecond(Date.now()) - 1000)).toUTCString();
}

function toSecond(at: number): number {
  return Math.floor(at / 1000) * 1000;
}
