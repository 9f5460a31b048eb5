import Parser from 'rss-parser';

/** Characters of our decoded text; beyond it the strict reader isn't asked. */
export const STRICT_MAX = 1_048_576;
/** Milliseconds: rss-parser has quadratic corners, so its thread is killed after this. */
export const STRICT_TIMEOUT = 2_000;

/** What rss-parser, the reader most programs use, makes of a document. */
export interface StrictReading {
  readonly entries: readonly StrictEntry[];
  /** Why it refused the whole, in its own words with the line. */
  readonly refusedAt?: string;
}

export interface StrictEntry {
  readonly id?: string;
  readonly link?: string;
  readonly title?: string;
  readonly content?: string;
  readonly published?: string;
}

/**
 * A second opinion, never the engine: it tells what a common reader sees of a feed. A new instance each time, because
 * a used one can return a promise that never settles.
 */
export async function readStrictly(text: string): Promise<StrictReading> {
  if (text.length > STRICT_MAX) return { entries: [], refusedAt: 'Tài liệu dài hơn 1 MiB.' };
  try {
    const feed = await new Parser().parseString(text);
    return { entries: feed.items.map(entryOf) };
  } catch (thrown) {
    return { entries: [], refusedAt: whereOf(thrown) };
  }
}

function entryOf(item: Parser.Item): StrictEntry {
  const id = 'id' in item ? item.id : item.guid;
  return {
    ...(typeof id === 'string' && { id: id.trim() }),
    ...(typeof item.link === 'string' && { link: item.link.trim() }),
    ...(typeof item.title === 'string' && { title: item.title }),
    ...(typeof item.content === 'string' && { content: item.content }),
    ...(typeof item.pubDate === 'string' && { published: item.pubDate }),
  };
}

/** sax writes `Unexpected close tag\nLine: 3\nColumn: 17\nChar: >`, lines from 0. */
function whereOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const [what = ''] = message.split('\n');
  const line = /\nLine: (\d+)/.exec(message)?.[1];
  const column = /\nColumn: (\d+)/.exec(message)?.[1];
  const place = line === undefined ? '' : `dòng ${Number(line) + 1}, cột ${column ?? '?'}: `;
  return `${place}${what}`.slice(0, 300);
}
