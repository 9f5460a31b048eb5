import { createHash } from 'node:crypto';
import { CodedError } from '../../schemas/errors.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { Format } from '../../schemas/formats/format.ts';
import { type GeneratingFormat, isGenerating, isTopic } from '../publish/feed.ts';
import { type FeedQuery, readFeedQuery } from '../publish/feed-query.ts';
import { publicUrl } from '../publish/outgoing.ts';

/** What a topic URL of ours names. */
export interface Topic {
  /** One spelling for all addresses that ask the same: `rel=self` of the feed. */
  readonly url: string;
  readonly query: FeedQuery;
  readonly format: GeneratingFormat;
}

const LONGEST = 2_000;

/**
 * Reads a topic URL: a current feed under our own public address.
 *
 * @throws CodedError BAD_INPUT for anything else; the message repeats nothing of it
 */
export function readTopic(address: string, federation: Federation, formats: readonly Format[]): Topic {
  const base = `${publicUrl(federation)}/feeds/`;
  const own = new URL(base);
  const url = address.length <= LONGEST ? URL.parse(address) : null;
  const ours = url?.origin === own.origin && url.pathname.startsWith(own.pathname);
  if (!url || !ours || url.username !== '' || url.password !== '') throw notOurs(base);
  const name = url.pathname.slice(own.pathname.length);
  const dot = name.lastIndexOf('.');
  const format = formats.filter(isGenerating).find(({ extension }) => extension === name.slice(dot + 1));
  const id = name.slice(0, Math.max(dot, 0));
  if (!format || id === '') throw notOurs(base);
  const query = readQuietly(() => readFeedQuery(federation, id, url.searchParams), base);
  if (!isTopic(query)) throw notOurs(base);
  return { url: `${base}${id}.${format.extension}${query.search}`, query, format };
}

/** Undefined when no such feed is offered any more. */
export function topicIfOffered(read: (address: string) => Topic, address: string): Topic | undefined {
  try {
    return read(address);
  } catch (thrown) {
    if (thrown instanceof CodedError) return undefined;
    throw thrown;
  }
}

/** What was wrong with it is said without repeating it: the hub is no mirror for what strangers send. */
function readQuietly(read: () => FeedQuery, base: string): FeedQuery {
  try {
    return read();
  } catch (cause) {
    throw cause instanceof CodedError ? notOurs(base) : cause;
  }
}

function notOurs(base: string): CodedError {
  return new CodedError(
    'BAD_INPUT',
    `hub.topic must be the address (rel="self") of a current feed under ${base}: no page, archive or search.`,
  );
}

/** WebSub section 5.1: topic and callback together are the subscription's key. */
export function subscriptionId(callback: string, topic: string): string {
  return `websub:${createHash('sha256').update(`${callback}\n${topic}`).digest('hex').slice(0, 24)}`;
}

/** Where the hub is, when there is one. */
export function hubAddress(federation: Federation): string | undefined {
  return federation.callbacks.hub ? `${publicUrl(federation)}/hub` : undefined;
}
