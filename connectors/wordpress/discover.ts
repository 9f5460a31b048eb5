import { type CodedError, toCoded } from '../../schemas/errors.ts';
import { failure } from './answer.ts';
import { EXPLAINED, headersFor, narrow, toAnswer, type WordPressJob, type WordPressTools } from './api.ts';

export interface Discovered {
  /** Root of the REST API, absolute. */
  readonly root: string;
  readonly title?: string;
  readonly language?: string;
}

/** Finds the REST API: as the site advertises it, then where it usually is. The first root that answers wins. */
export async function discover(job: WordPressJob, tools: WordPressTools): Promise<Discovered> {
  const { url } = job.source.options;
  const home = await readHomePage(job, tools);
  const errors: CodedError[] = [];
  for (const root of candidates(home.url, home.root)) {
    try {
      const title = await titleOf(root, job, tools);
      return {
        root,
        ...(title !== undefined && { title }),
        ...(home.language !== undefined && { language: home.language }),
      };
    } catch (thrown) {
      const error = toCoded(thrown);
      if (!TRY_ELSEWHERE.has(error.code)) throw error;
      errors.push(error);
    }
  }
  throw telling(errors, home.robotCheck, url);
}

/**
 * The site's own origin goes before the one it advertises when only scheme or port differ: behind a proxy
 * WordPress often doesn't know them, and another port may be another site.
 */
export function candidates(home: string, advertised: string | undefined): readonly string[] {
  const base = new URL('.', home.split(/[?#]/)[0]).href;
  const usual = [`${base}wp-json/`, `${base}?rest_route=/`];
  const named = /\/wp-json(?:\/|$)|[?&]rest_route=/.test(home) ? [home] : [];
  if (advertised === undefined) return [...new Set([...named, ...usual])];
  const here = new URL(advertised);
  const sameHost = here.hostname === new URL(home).hostname;
  const moved = `${new URL(home).origin}${here.pathname}${here.search}`;
  return [...new Set([...named, ...(sameHost ? [moved] : []), advertised, ...usual])];
}

/** What says “not here” of one root, but nothing of the next. */
const TRY_ELSEWHERE = new Set<string>([
  'SITE_NOT_FOUND',
  'SITE_GONE',
  'SITE_FORBIDDEN',
  'SITE_UNAUTHORISED',
  'SITE_UNEXPECTED',
  'SITE_FAILED',
  'HTML_PAGE',
  'ROBOT_CHECK',
  'EMPTY_DOCUMENT',
  'UNREADABLE',
  'CONNECT_FAILED',
  'DNS_FAILED',
  'TLS_FAILED',
  'ADDRESS_REFUSED',
]);

async function readHomePage(job: WordPressJob, tools: WordPressTools) {
  const response = await tools.fetch({
    url: job.source.options.url,
    headers: { accept: 'text/html,application/json;q=0.9' },
    answers: EXPLAINED,
  });
  const linkHeader = response.headers.link;
  const answer = toAnswer(response);
  const input = { asked: 'home' as const, answer, ...(linkHeader !== undefined && { linkHeader }) };
  return { url: response.url, ...narrow(await tools.read(input), 'home') };
}

async function titleOf(root: string, job: WordPressJob, tools: WordPressTools): Promise<string | undefined> {
  const url = new URL(root);
  url.searchParams.set('_fields', 'name,namespaces');
  const headers = headersFor(root, job.source.options);
  const response = await tools.fetch({ url: url.href, headers, answers: EXPLAINED });
  return narrow(await tools.read({ asked: 'root', answer: toAnswer(response) }), 'root').title;
}

/** The error that tells an operator most: a closed API before a robot check before “not WordPress”. */
function telling(errors: readonly CodedError[], robotCheck: boolean, url: string): CodedError {
  const closed = errors.find(({ data }) => 'restCode' in data && data.restCode !== 'rest_no_route');
  if (closed) return closed;
  const check = errors.find(({ code }) => code === 'ROBOT_CHECK');
  if (check) return check;
  if (robotCheck) return failure('ROBOT_CHECK', { url, status: 200 });
  const refused = errors.find(({ code }) => code === 'SITE_UNAUTHORISED' || code === 'SITE_FORBIDDEN');
  if (refused) return refused;
  const tried = errors.map(({ code, data }) => ({ code, url: data.url }));
  return failure('SITE_NOT_FOUND', { url, status: 404 }, { tried });
}
