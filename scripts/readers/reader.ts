/** One feed document as it went out, frozen: every reader sees the same bytes. */
export interface FeedDocument {
  /** `press.atom`, `all.atom?archive=1`, with the world it comes from in front. */
  readonly name: string;
  readonly kind: 'atom' | 'rss' | 'opml';
  /** Where the gateway serves it. */
  readonly address: string;
  /** Where a copy is served while the readers read. */
  readonly url: string;
  /** And where it lies. */
  readonly file: string;
  readonly body: string;
  /** Ids of its entries, in order, as our JSON Feed of the same revision has them; of OPML, the feeds' addresses. */
  readonly ids: readonly string[];
}

/** A program that isn't ours and reads feeds. */
export interface Reader {
  readonly name: string;
  readonly kinds: readonly FeedDocument['kind'][];
  /** What it has to say against the documents; nothing is good. */
  read(documents: readonly FeedDocument[], folder: string): Promise<readonly Complaint[]>;
}

export interface Complaint {
  readonly document: string;
  /** 1 is the first; absent where the reader doesn't say. */
  readonly line?: number;
  readonly message: string;
}

/** Same entries, same order? Newsboat and others sort by date, so `sorted` compares as sets. */
export function compareIds(
  document: FeedDocument,
  found: readonly string[],
  { sorted = false } = {},
): readonly Complaint[] {
  const order = (ids: readonly string[]) => (sorted ? ids.toSorted() : ids);
  const [theirs, ours] = [order(found), order(document.ids)];
  if (theirs.length !== ours.length) {
    const missing = ours.filter(id => !theirs.includes(id)).slice(0, 3);
    const message = `sees ${theirs.length} entries of ${ours.length}; missing: ${missing.join(', ')}`;
    return [{ document: document.name, message }];
  }
  const at = theirs.findIndex((id, i) => id !== ours[i]);
  if (at < 0) return [];
  return [{ document: document.name, message: `entry ${at + 1} is ${theirs[at]}, not ${ours[at]}` }];
}
