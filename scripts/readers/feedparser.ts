import { join } from 'node:path';
import { type Complaint, compareIds, type FeedDocument, type Reader } from './reader.ts';
import { run } from './run.ts';

interface Answer {
  /** Why feedparser calls the document ill-formed. */
  readonly bozo: string | null;
  readonly line: number | null;
  readonly version: string;
  readonly ids: readonly string[];
  readonly timeless: readonly string[];
  readonly untitled: boolean;
}

const SCRIPT = join(import.meta.dirname, 'ask_feedparser.py');

export const feedparser: Reader = {
  name: 'python feedparser',
  kinds: ['atom', 'rss'],
  async read(documents) {
    const files = JSON.stringify(documents.map(({ file }) => file));
    const { code, out, errors } = await run('/usr/bin/python3', [SCRIPT], files);
    if (code !== 0) throw new Error(`feedparser ended with ${code}: ${errors}`);
    const answers = JSON.parse(out) as readonly Answer[];
    return documents.flatMap((document, i) => {
      const answer = answers[i];
      if (!answer) throw new Error(`feedparser said nothing of ${document.name}`);
      return judge(document, answer);
    });
  },
};

function judge(document: FeedDocument, answer: Answer): readonly Complaint[] {
  const line = answer.line === null ? {} : { line: answer.line };
  const say = (message: string): Complaint => ({ document: document.name, message });
  const version = document.kind === 'atom' ? 'atom10' : 'rss20';
  return [
    ...(answer.bozo === null ? [] : [{ ...say(`bozo: ${answer.bozo}`), ...line }]),
    ...(answer.version === version ? [] : [say(`taken for ${answer.version}`)]),
    ...(answer.untitled ? [say('no title of the feed')] : []),
    ...answer.timeless.map(id => say(`no time in ${id}`)),
    ...compareIds(document, answer.ids),
  ];
}
