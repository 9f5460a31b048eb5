import { createRequire } from 'node:module';
import type { Instant } from '../../schemas/instant.ts';
import type { Cache } from './cache.ts';

export interface Ruling {
  readonly allowed: boolean;
  /** Milliseconds between two requests that the host asks for; capped. */
  readonly delay: number;
  /** Milliseconds until robots.txt is asked again. */
  readonly fresh: number;
}

export interface Robots {
  /** `source` is whose request log tells of the asking, should it be necessary. */
  ruling(url: URL, source: string): Promise<Ruling>;
}

/** What asking for robots.txt came to. `none`: there is none, or it doesn't answer in time. `ill`: 5xx. */
export type RobotsAnswer = { readonly text: string } | 'none' | 'ill';

export interface RobotsOptions {
  /** Asks for `<origin>/robots.txt`. What it throws is thrown on, and nothing is remembered. */
  readonly ask: (url: URL, source: string) => Promise<RobotsAnswer>;
  readonly now: () => Instant;
  readonly cache?: Pick<Cache, 'get' | 'set'>;
}

/** The product token site owners name us by (RFC 9309, 2.2.1). */
export const ROBOTS_TOKEN = 'LienThong';
const DAY = 24 * 60 * 60 * 1000;
/** Kept beyond the day for the time the site can't give its rules. */
const REMEMBERED = 30 * DAY;
const LONGEST_DELAY = 10_000;
/** Letters of an address that rules are matched against. */
const LONGEST_ADDRESS = 2_048;
/** Hosts whose rules are kept parsed. */
const PARSED = 500;

interface Known {
  readonly asked: Instant;
  readonly text: string;
}

interface Rules {
  isAllowed(url: string, agent: string): boolean | undefined;
  getCrawlDelay(agent: string): number | undefined;
}

// The package's own types describe a default export that Node doesn't give to ES modules.
const parseRobots = createRequire(import.meta.url)('robots-parser') as (url: string, text: string) => Rules;

/** robots.txt, asked once a day for each scheme, host and port; by all askers together. */
export function createRobots({ ask, now, cache }: RobotsOptions): Robots {
  const parsed = new Map<string, { known: Known; rules: Rules }>();
  const asking = new Map<string, Promise<Known>>();

  async function ruling(url: URL, source: string): Promise<Ruling> {
    const { known, rules } = await rulesOf(url, source);
    const seconds = rules.getCrawlDelay(ROBOTS_TOKEN) ?? 0;
    const delay = seconds > 0 ? Math.min(seconds * 1000, LONGEST_DELAY) : 0;
    const fresh = Math.max(known.asked + DAY - now(), 0);
    return {
      allowed: rules.isAllowed(url.href.slice(0, LONGEST_ADDRESS), ROBOTS_TOKEN) !== false,
      delay,
      fresh,
    };
  }

  async function rulesOf(url: URL, source: string): Promise<{ known: Known; rules: Rules }> {
    const remembered = parsed.get(url.origin);
    if (remembered && isFresh(remembered.known)) return remembered;
    const known = await once(url, source, remembered?.known);
    const again = parsed.get(url.origin);
    if (again?.known === known) return again;
    const entry = { known, rules: parseRobots(`${url.origin}/robots.txt`, known.text) };
    parsed.delete(url.origin);
    parsed.set(url.origin, entry);
    for (const oldest of parsed.keys()) {
      if (parsed.size <= PARSED) break;
      parsed.delete(oldest);
    }
    return entry;
  }

  function once(url: URL, source: string, last: Known | undefined): Promise<Known> {
    const running = asking.get(url.origin);
    if (running) return running;
    const started = find(url, source, last).finally(() => asking.delete(url.origin));
    asking.set(url.origin, started);
    return started;
  }

  async function find(url: URL, source: string, last: Known | undefined): Promise<Known> {
    const key = `robots:${url.origin}`;
    const shared = readKnown(await cache?.get(key)) ?? last;
    if (shared && isFresh(shared)) return shared;
    const answer = await ask(new URL('/robots.txt', url.origin), source);
    const text = answer === 'none' ? '' : answer === 'ill' ? (shared?.text ?? '') : ourRules(answer.text);
    const known = { asked: now(), text };
    await cache?.set(key, known, REMEMBERED);
    return known;
  }

  function isFresh(known: Known): boolean {
    const age = now() - known.asked;
    return age >= 0 && age < DAY;
  }

  return { ruling };
}

/**
 * Only the lines that can concern us, of a length that a person could have written: what remains is bounded, so
 * that matching a path against all of it is too.
 */
export function ourRules(text: string): string {
  const kept: string[] = [];
  let ours = false;
  let inAgents = false;
  for (const line of text.slice(0, MOST_TEXT).split(/\r\n|\r|\n/, MOST_LINES)) {
    const { field, value } = fieldOf(line);
    if (field === '') continue;
    const agent = field === 'user-agent';
    if (agent) ours = (inAgents && ours) || isUs(value);
    inAgents = agent;
    if (agent ? isUs(value) : ours && RULE_FIELDS.has(field)) kept.push(`${field}: ${value}`);
  }
  return withFewWildcards(kept).join('\n');
}

function withFewWildcards(lines: readonly string[]): string[] {
  let letters = 0;
  return lines.filter(line => {
    if (!line.includes('*') || line.startsWith('user-agent')) return true;
    letters += line.length;
    return letters <= MOST_WILDCARDS;
  });
}

function fieldOf(line: string): { field: string; value: string } {
  const content = line.length > LONGEST_LINE ? '' : (line.split('#', 1)[0] ?? '');
  const colon = content.indexOf(':');
  return {
    field: content.slice(0, Math.max(colon, 0)).trim().toLowerCase(),
    value: content.slice(colon + 1).trim(),
  };
}

const RULE_FIELDS = new Set(['allow', 'disallow', 'crawl-delay']);
/** RFC 9309, 2.5: "at least 500 kibibytes". */
const MOST_TEXT = 512 * 1024;
const MOST_LINES = 20_000;
const LONGEST_LINE = 1_024;
/** Letters of patterns with a wildcard: only these cost more than their own length to match. */
const MOST_WILDCARDS = 32 * 1024;

function isUs(agent: string): boolean {
  const token = agent.trim().split('/', 1)[0]?.trim().toLowerCase();
  return token === '*' || token === ROBOTS_TOKEN.toLowerCase();
}

function readKnown(value: unknown): Known | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { asked, text } = value as Partial<Record<keyof Known, unknown>>;
  return typeof asked === 'number' && typeof text === 'string' ? { asked, text } : undefined;
}
