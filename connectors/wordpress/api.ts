import { CodedError } from '../../schemas/errors.ts';
import type { FetchResponse, HarvestJob, Tools } from '../connector.ts';
import type { Answer } from './answer.ts';
import type { WordPressOptions } from './options.ts';
import type { Input, Reading } from './read.ts';

export type WordPressTools = Tools<Input, Reading>;
export type WordPressJob = HarvestJob<WordPressOptions>;
export type ReadingOf<Asked extends Reading['asked']> = Extract<Reading, { asked: Asked }>;

export type Parameters = Readonly<Record<string, string | number | undefined>>;

/** A site's REST API: its root is known, its answers are read in the reading thread. */
export interface Api {
  readonly root: string;
  list<Asked extends 'posts' | 'names' | 'media'>(
    asked: Asked,
    path: string,
    parameters: Parameters,
  ): Promise<{ readonly reading: ReadingOf<Asked>; readonly pages: number }>;
  /** What one post's own address says. */
  sight(path: string): Promise<ReadingOf<'sight'>['sight']>;
}

/** Statuses under which WordPress, or what stands before it, explains itself in the body. */
export const EXPLAINED = [400, 401, 403, 404, 410, 501] as const;

export function openApi(root: string, job: WordPressJob, tools: WordPressTools): Api {
  const get = (path: string, parameters: Parameters) =>
    tools.fetch({
      url: endpoint(root, path, parameters),
      headers: headersFor(root, job.source.options),
      answers: EXPLAINED,
    });
  return {
    root,
    async list(asked, path, parameters) {
      const response = await get(path, parameters);
      const reading = await ask(tools, { asked, answer: toAnswer(response) });
      return { reading: narrow(reading, asked), pages: pagesOf(response) };
    },
    async sight(path) {
      const response = await get(path, { _fields: 'id,status,content.protected' });
      return narrow(await ask(tools, { asked: 'sight', answer: toAnswer(response) }), 'sight').sight;
    },
  };
}

/** `<root>/wp/v2/<path>?…`, or the same behind `?rest_route=` where the site has no pretty addresses. */
export function endpoint(root: string, path: string, parameters: Parameters): string {
  const url = new URL(root);
  const plain = url.searchParams.get('rest_route');
  const route = `wp/v2/${path}`;
  if (plain === null) url.pathname = `${withoutSlash(url.pathname)}/${route}`;
  else url.searchParams.set('rest_route', `${withoutSlash(plain)}/${route}`);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url.href;
}

/** An application password goes to the host that the operator named, and nowhere else. */
export function headersFor(
  address: string,
  { url, user, password }: WordPressOptions,
): Record<string, string> {
  const accept = { accept: 'application/json' };
  if (user === undefined || password === undefined) return accept;
  const [to, named] = [new URL(address), new URL(url)];
  if (bareHost(to) !== bareHost(named) || (named.protocol === 'https:' && to.protocol !== 'https:')) {
    throw new CodedError(
      'ADDRESS_REFUSED',
      `The API is at ${to.origin}, but the password was given for ${named.origin}: name the API’s root as url.`,
    );
  }
  return { ...accept, authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

/** A site and its `www.` are one. */
function bareHost({ hostname }: URL): string {
  return hostname.replace(/^www\./, '');
}

export function toAnswer({ url, status, headers, body }: FetchResponse): Answer {
  return { url, status, contentType: headers['content-type'] ?? '', body };
}

function ask(tools: WordPressTools, input: Input): Promise<Reading> {
  return tools.read(input);
}

export function narrow<Asked extends Reading['asked']>(reading: Reading, asked: Asked): ReadingOf<Asked> {
  if (reading.asked === asked) return reading as ReadingOf<Asked>;
  throw new CodedError('INTERNAL', `Asked for ${asked}, was read ${reading.asked}.`);
}

/** `X-WP-TotalPages`; 0 when it is missing: some caches keep the body only. */
function pagesOf({ headers }: FetchResponse): number {
  const pages = Number(headers['x-wp-totalpages'] ?? 0);
  return Number.isSafeInteger(pages) && pages > 0 ? pages : 0;
}

function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
