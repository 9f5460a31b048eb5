import type { Connector } from '../../connectors/connector.ts';
import type { Entry } from '../../schemas/entry.ts';
import type { Rule } from '../../schemas/rules/rule.ts';
import {
  type CheckContext,
  type FeedDocuments,
  judgeFeed,
  judgePages,
  judgeSite,
  type SiteDocuments,
} from './judge-documents.ts';
import { type Received, readDocument } from './read-document.ts';

/** What a check asks of a reading thread: everything that works on foreign text. */
export type CheckStep =
  | { readonly step: 'read'; readonly received: Received }
  | { readonly step: 'strict'; readonly received: Received }
  | { readonly step: 'judge-site'; readonly documents: SiteDocuments; readonly context: CheckContext }
  | { readonly step: 'judge-feed'; readonly documents: FeedDocuments; readonly context: CheckContext }
  | {
      readonly step: 'judge-pages';
      readonly entries: readonly Entry[];
      readonly articles: readonly Received[];
      readonly context: CheckContext;
    };

/** What a common reader makes of a feed. */
export interface StrictSight {
  readonly entries: number;
  /** In the reader's own words. */
  readonly refusedAt?: string;
}

export function performCheck(
  task: CheckStep,
  connectors: ReadonlyMap<string, Connector>,
  rules: readonly Rule[],
): unknown {
  switch (task.step) {
    case 'read':
      return readDocument(task.received, connectors);
    case 'strict':
      return readStrictly(task.received, connectors);
    case 'judge-site':
      return judgeSite(task.documents, task.context, rules);
    case 'judge-feed':
      return judgeFeed(task.documents, task.context, rules, connectors);
    case 'judge-pages':
      return judgePages(task.entries, task.articles, task.context, rules);
  }
}

async function readStrictly(
  { body, url, headers }: Received,
  connectors: ReadonlyMap<string, Connector>,
): Promise<StrictSight | undefined> {
  const input = { kind: 'strict', body, delivery: { url, headers } };
  const read = await connectors.get('feed')?.read(input, {});
  if (!isStrict(read)) return undefined;
  const { entries, refusedAt } = read.reading;
  return { entries: entries.length, ...(refusedAt !== undefined && { refusedAt }) };
}

function isStrict(value: unknown): value is {
  readonly reading: { readonly entries: readonly unknown[]; readonly refusedAt?: string };
} {
  return typeof value === 'object' && value !== null && 'reading' in value;
}
