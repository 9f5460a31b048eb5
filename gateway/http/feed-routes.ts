import express from 'express';
import { CodedError } from '../../schemas/errors.ts';
import type { Document } from '../publish/answer.ts';
import type { Answers } from '../publish/answers.ts';
import { Archives } from '../publish/archives.ts';
import { type GeneratingFormat, isGenerating, type Publishing, renderFeed } from '../publish/feed.ts';
import { readFeedQuery } from '../publish/feed-query.ts';
import { renderFragment } from '../publish/fragment.ts';
import { renderOpml } from '../publish/opml.ts';
import { queryOf } from './query.ts';
import { readOnly } from './read-only.ts';
import { sendAnswer } from './send.ts';
import type { Services } from './services.ts';

/** Addresses whose meaning is remembered. */
const ADDRESSES = 2_000;

export interface FeedRoutes {
  readonly router: express.Router;
  /** What an address asks for; only of those that were asked before. */
  known(address: string): Asked | undefined;
}

/** `/feeds/<feed>.<extension>` for every format that generates. */
export function createFeedRoutes(services: Services, answers: Answers, hub?: string): FeedRoutes {
  const formats = new Map(services.formats.filter(isGenerating).map(format => [format.extension, format]));
  const { store, now } = services;
  const publishing: Publishing = {
    ...services,
    archives: new Archives(store, now),
    ...(hub === undefined ? {} : { hub }),
  };
  const router = express.Router();
  const asked = new Map<string, Asked>();
  const read = (address: string, name: string): Asked => {
    const known = asked.get(address);
    if (known) return known;
    const fresh = readAsked(publishing, formats, name, queryOf(address));
    if (asked.size >= ADDRESSES) asked.clear();
    asked.set(address, fresh);
    return fresh;
  };
  readOnly(router, '/feeds/:name', async (req, res) => {
    const { key, render } = read(req.url, String(req.params.name));
    sendAnswer(req, res, await answers.get(key, render));
  });
  readOnly(router, '/feeds.opml', async (req, res) => {
    const render = async () => renderOpml(services.federation, services.connectors);
    sendAnswer(req, res, await answers.get('opml', render));
  });
  return { router, known: address => asked.get(address) };
}

/** What an address asks for. The federation of these routes never changes, so it is read once an address. */
export interface Asked {
  /** Equal for addresses that ask the same. */
  readonly key: string;
  readonly render: () => Promise<Document>;
}

function readAsked(
  publishing: Publishing,
  formats: ReadonlyMap<string, GeneratingFormat>,
  name: string,
  params: URLSearchParams,
): Asked {
  const { feed, extension } = splitName(name);
  const format = formats.get(extension);
  if (!format && extension !== 'html') {
    const known = [...formats.keys()].map(known => `.${known}`).join(', ');
    throw new CodedError('NOT_FOUND', `A feed ends in ${known} or .html.`);
  }
  const query = readFeedQuery(publishing.federation, feed, params);
  const key = `feed ${feed}.${extension}${query.search}`;
  if (format) return { key, render: () => renderFeed(publishing, query, format) };
  const picture = isYes(params.get('picture'));
  return { key: `${key} ${picture}`, render: () => renderFragment(publishing, query, { picture }) };
}

function isYes(text: string | null): boolean {
  return text !== null && ['', '1', 'true', 'yes'].includes(text);
}

function splitName(name: string): { readonly feed: string; readonly extension: string } {
  const dot = name.lastIndexOf('.');
  return { feed: name.slice(0, Math.max(dot, 0)), extension: name.slice(dot + 1) };
}
