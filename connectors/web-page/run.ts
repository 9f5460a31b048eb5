import { type CodedError, toCoded } from '../../schemas/errors.ts';
import type { FetchRequest, FetchResponse, HarvestJob, Tools, Validators } from '../connector.ts';
import { Progress } from './checkpoint.ts';
import { listed, type WebPageOptions } from './options.ts';
import type { Input, Reading } from './reading.ts';

export type WebTools = Tools<Input, Reading>;

/** What one harvest has at hand. */
export interface Run {
  readonly job: HarvestJob<WebPageOptions>;
  readonly options: WebPageOptions;
  readonly tools: WebTools;
  readonly progress: Progress;
  readonly lists: readonly string[];
  /** Article pages that may still be opened. */
  left: number;
  /** Failures in a row: the site's trouble, not one page's. */
  failures: number;
}

export function startRun(job: HarvestJob<WebPageOptions>, tools: WebTools): Run {
  const { options } = job.source;
  const progress = new Progress(job.checkpoint, options);
  return { job, options, tools, progress, lists: listed(options.list), left: options.perRun, failures: 0 };
}

const GONE = [404, 410] as const;
const PAGE = 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.5';
const SITEMAP = 'application/xml,text/xml;q=0.9,*/*;q=0.5';

/** Asks for a page, one at a time and as far apart as the options say. */
export function ask(
  { options, tools }: Run,
  url: string,
  kind: Input['kind'],
  validators?: Validators,
): Promise<FetchResponse> {
  tools.signal.throwIfAborted();
  const request: FetchRequest = {
    url,
    headers: { accept: kind === 'sitemap' ? SITEMAP : PAGE },
    gap: options.gap * 1000,
    ...(kind === 'article' && { answers: GONE }),
    ...(validators && { validators }),
  };
  return tools.fetch(request);
}

type Told = 'body' | 'url' | 'headers' | 'now' | 'dates' | 'legacyText' | 'own';

/** What reading has to know of any document. */
export function told({ job, tools }: Run, { body, url, headers }: FetchResponse): Pick<Input, Told> {
  const { dates, legacyText, contentSchema } = job.source;
  const type = headers['content-type'];
  return {
    body,
    url,
    headers: type === undefined ? {} : { 'content-type': type },
    now: tools.now(),
    dates,
    ...(legacyText && { legacyText }),
    ...(contentSchema && { own: { type: contentSchema.type, fields: contentSchema.fields } }),
  };
}

/** Errors that say nothing of one page: the host is ill or wants peace. */
const HOST = new Set([
  'DNS_FAILED',
  'CONNECT_FAILED',
  'TLS_FAILED',
  'CIRCUIT_OPEN',
  'SITE_RATE_LIMITED',
  'ADDRESS_REFUSED',
  'UNAVAILABLE',
  'INTERNAL',
]);
/** So many pages in a row that fail are the site's trouble. */
const ENOUGH = 4;

/** Counts a failure of one page; throws it where it is the whole site's. */
export function failed(run: Run, address: string, thrown: unknown): CodedError {
  run.tools.signal.throwIfAborted();
  const error = toCoded(thrown);
  // The site's own word for this address: it says nothing of the others.
  if (error.code === 'ROBOTS_REFUSED') return error;
  run.failures += 1;
  const { list, sitemap } = run.options;
  const isOwnHost = [...listed(list), ...listed(sitemap)].some(
    one => URL.parse(one)?.host === URL.parse(address)?.host,
  );
  if ((HOST.has(error.code) && isOwnHost) || run.failures >= ENOUGH) throw error;
  return error;
}
