import type { FetchRequest, FetchResponse, Sight } from '../../connectors/connector.ts';
import { type CodedError, toCoded } from '../../schemas/errors.ts';
import { decode } from '../../schemas/formats/decode.ts';
import type { Instant } from '../../schemas/instant.ts';
import { fromLegacyText } from '../../schemas/legacy-text/from-legacy-text.ts';
import { type PageMarks, readMarks } from './page-marks.ts';

/** What a look at an item's link came to, and what a second look will need to know of it. */
export interface Look {
  readonly sight: Sight;
  readonly at: Instant;
  /** For logs and ledgers. */
  readonly because:
    | 'answered'
    | 'gone'
    | 'not-found'
    | 'said-gone'
    | 'different'
    | 'robot-check'
    | 'moved-home'
    | 'unanswered';
  readonly status?: number;
  readonly code?: string;
  /** Look again no sooner than this: one 404 decides nothing, a second one does. */
  readonly confirmAt?: Instant;
}

export interface SightTools {
  readonly fetch: (request: FetchRequest) => Promise<FetchResponse>;
  readonly now: () => Instant;
}

/** "410; 404 twice, 10 minutes apart"; the site's own words on a page that answers 200, twice likewise. */
const CONFIRM_AFTER = 10 * 60 * 1000;
/** Enough to know a robot check by; more of the page is of no interest. */
const ENOUGH = 256 * 1024;
const MISSING = [404, 410] as const;

/**
 * Is the page still there? HEAD, and GET where HEAD leaves a doubt; with `marks`, GET at once, because only the page tells
 * a soft 404. `earlier` is the look that asked for a second
 * one. Robots, 401, 403, 429, 5xx, no answer, a robot check and a redirect to the front page decide nothing.
 */
export async function lookAt(
  link: string,
  { fetch, now }: SightTools,
  earlier?: Pick<Look, 'because' | 'at'>,
  marks?: PageMarks,
): Promise<Look> {
  const head = marks ? undefined : await ask(fetch, { url: link, method: 'HEAD', answers: MISSING });
  const answer =
    head && decides(head) ? head : await ask(fetch, { url: link, answers: MISSING, maxBytes: ENOUGH });
  return judge(link, answer, now(), earlier, marks);
}

type Answer = FetchResponse | CodedError;

function ask(fetch: SightTools['fetch'], request: FetchRequest): Promise<Answer> {
  return fetch(request).catch(toCoded);
}

/** HEAD is often answered wrongly with an error; with a page, or by nobody at all, GET would say the same. */
function decides(head: Answer): boolean {
  if (head instanceof Error) return FINAL.has(head.code);
  return head.status >= 200 && head.status <= 299;
}

const FINAL = new Set([
  'ROBOTS_REFUSED',
  'ADDRESS_REFUSED',
  'CIRCUIT_OPEN',
  'DNS_FAILED',
  'CONNECT_FAILED',
  'TLS_FAILED',
  'TIMED_OUT',
  'SITE_RATE_LIMITED',
  'ROBOT_CHECK',
  'UNAVAILABLE',
  'BAD_INPUT',
]);

function judge(
  link: string,
  answer: Answer,
  at: Instant,
  earlier: Pick<Look, 'because' | 'at'> | undefined,
  marks: PageMarks | undefined,
): Look {
  if (answer instanceof Error) return judgeError(answer, at);
  const { status } = answer;
  if (status === 410) return { sight: 'gone', because: 'gone', status, at };
  if (status === 404) return twice('not-found', at, earlier, status);
  if (isFrontPage(answer.url) && !isFrontPage(link))
    return { sight: 'doubt', because: 'moved-home', status, at };
  if (isRobotCheck(answer.body)) return { sight: 'doubt', because: 'robot-check', status, at };
  const said = marks && isPage(answer) ? readMarks(pageText(answer, marks), marks) : undefined;
  if (said === 'gone') return twice('said-gone', at, earlier, status);
  if (said === 'different') return { sight: 'doubt', because: 'different', status, at };
  return { sight: 'present', because: 'answered', status, at };
}

function judgeError({ code, data }: CodedError, at: Instant): Look {
  const status = typeof data.status === 'number' ? { status: data.status } : {};
  // A page too large to read is a page.
  if (code === 'RESPONSE_TOO_LARGE') return { sight: 'present', because: 'answered', at };
  const because = code === 'ROBOT_CHECK' ? 'robot-check' : 'unanswered';
  return { sight: 'doubt', because, code, at, ...status };
}

/** Once is doubt, twice ten minutes apart is the site's word. */
function twice(
  because: 'not-found' | 'said-gone',
  at: Instant,
  earlier: Pick<Look, 'because' | 'at'> | undefined,
  status: number,
): Look {
  const first = earlier?.because === because ? earlier : undefined;
  if (first && at - first.at >= CONFIRM_AFTER) {
    return { sight: 'gone', because, status, at };
  }
  // The first of the two counts, so that looking too early doesn't put the second off.
  const since = first?.at ?? at;
  return { sight: 'doubt', because, status, at: since, confirmAt: since + CONFIRM_AFTER };
}

function isFrontPage(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null && /^\/(?:index\.[a-z]{3,5}|home|trang-chu)?\/?$/i.test(url.pathname) && url.search === ''
  );
}

/** Documents and pictures that answer are there: nothing can be read in them. */
function isPage({ headers }: FetchResponse): boolean {
  return /^\s*(?:text\/|application\/(?:xhtml|xml))|^$/i.test(headers['content-type'] ?? '');
}

/** As the source's connector read it: pages in old charsets bear their titles too. */
function pageText({ body, url, headers }: FetchResponse, { legacyText }: PageMarks): string {
  const { text } = decode(body, { url, headers, ...(legacyText && { legacyText }) });
  return legacyText ? fromLegacyText(text, legacyText) : text;
}

/** The scripts of the usual robot checks, on a page with little else. */
function isRobotCheck(body: Uint8Array): boolean {
  if (body.length === 0 || body.length > CHECK_PAGE) return false;
  const text = Buffer.from(body).toString('latin1').toLowerCase();
  return !text.includes('<article') && CHECK_MARKS.some(mark => text.includes(mark));
}

const CHECK_PAGE = 64 * 1024;
const CHECK_MARKS = [
  'cf-chl-',
  'challenge-platform',
  'g-recaptcha',
  'h-captcha',
  '_incapsula_resource',
  'captcha-delivery',
];
