import type { Entry } from '../../schemas/entry.ts';
import type { Topic } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Draft, IdentityKey } from '../../schemas/item.ts';
import { legacyEntry } from '../../schemas/legacy-text/legacy-entry.ts';
import type { Site } from '../../schemas/site.ts';
import type { Source } from '../../schemas/source.ts';
import { canonicalLink } from './canonical-link.ts';
import { type Drafted, draftOf } from './draft.ts';
import { type EntryLinks, linksOf } from './entry-links.ts';
import { fallbackKey, keysOf } from './identity.ts';
import { topicFinder } from './topics.ts';
import { trustedKeys } from './trusted-keys.ts';

export interface NormaliseContext {
  readonly site: Site;
  readonly source: Source;
  readonly topics: readonly Topic[];
  /** What the document says of itself. */
  readonly facts?: { readonly language?: string };
  readonly now: Instant;
}

export interface Refused {
  /** The entry by what it can be found by: its link, id or title. */
  readonly entry: string;
  /** In Vietnamese, for the site's webmaster. */
  readonly reason: string;
}

export interface Normalised {
  readonly drafts: readonly Draft[];
  /** What each draft was made of, in the same places. */
  readonly entries: readonly Entry[];
  readonly refused: readonly Refused[];
}

interface Prepared {
  readonly entry: Entry;
  readonly links: EntryLinks;
}

/**
 * The entries of one document as drafts of items: pure, total, and cloneable on both sides, because it runs in a thread that
 * is killed when it takes too long. One bad entry costs itself only, and is told with its reason.
 */
export function normaliseBatch(entries: readonly Entry[], context: NormaliseContext): Normalised {
  const refused: Refused[] = [];
  const home = canonicalLink(context.site.homepage);
  const { legacyText } = context.source;
  const readable = legacyText ? entries.map(entry => legacyEntry(entry, legacyText)) : entries;
  const prepared = withoutRepeats(prepare(readable, context, refused));
  const keys = trustedKeys(
    prepared.map(({ entry, links }) => keysOf({ ...links, sourceId: entry.sourceId }, context.source)),
    home,
  );
  const find = topicFinder(context.topics);
  const made = prepared.flatMap(({ entry, links }, index) => {
    const drafted = attempt(() => draftOf(entry, links, context, find));
    if ('reason' in drafted) {
      refused.push({ entry: nameOf(entry), reason: drafted.reason });
      return [];
    }
    return [{ entry, draft: { ...drafted, keys: keysFor(keys[index] ?? [], drafted, context) } }];
  });
  return { drafts: made.map(({ draft }) => draft), entries: made.map(({ entry }) => entry), refused };
}

function prepare(entries: readonly Entry[], { site }: NormaliseContext, refused: Refused[]): Prepared[] {
  const shared = sharedCanonicals(entries);
  return entries.flatMap(entry => {
    const links = linksOf(entry, site, shared);
    if (links) return [{ entry, links }];
    refused.push({ entry: nameOf(entry), reason: 'Không có liên kết tới trang gốc.' });
    return [];
  });
}

/** A template that gives every page the same canonical address says nothing about any of them. */
function sharedCanonicals(entries: readonly Entry[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { canonical } of entries) {
    if (canonical === undefined) continue;
    const key = canonicalLink(canonical);
    if (seen.has(key)) shared.add(key);
    seen.add(key);
  }
  return shared;
}

/** The same entry listed twice, as sites with several sections do, is one; the first stands. */
function withoutRepeats(prepared: readonly Prepared[]): Prepared[] {
  const seen = new Set<string>();
  return prepared.filter(({ entry, links }) => {
    const name = `${entry.sourceId ?? ''}\n${links.key}`;
    // Without an id of its own, only equal words tell that it is the same.
    const full = entry.sourceId === undefined ? `${name}\n${entry.title?.value ?? ''}` : name;
    if (seen.has(full)) return false;
    seen.add(full);
    return true;
  });
}

function keysFor(
  keys: readonly IdentityKey[],
  draft: Drafted,
  { source }: NormaliseContext,
): readonly IdentityKey[] {
  return keys.length > 0 ? keys : [fallbackKey(draft.title, draft.published, source)];
}

function attempt(make: () => Drafted | { readonly reason: string }): Drafted | { readonly reason: string } {
  try {
    return make();
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return { reason: `Không đọc được mục tin này: ${why.slice(0, 200)}` };
  }
}

function nameOf(entry: Entry): string {
  return (entry.link ?? entry.sourceId ?? entry.title?.value ?? '(không tên)').slice(0, 300).toWellFormed();
}
