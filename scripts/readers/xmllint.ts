import type { Complaint, FeedDocument, Reader } from './reader.ts';
import { run } from './run.ts';

/** libxml2: is it well-formed, namespaces included? */
export const xmllint: Reader = {
  name: 'xmllint',
  kinds: ['atom', 'rss', 'opml'],
  async read(documents) {
    const { code, errors } = await run('xmllint', [
      '--noout',
      '--nonet',
      ...documents.map(({ file }) => file),
    ]);
    const complaints = toComplaints(errors, documents);
    if (code !== 0 && complaints.length === 0) throw new Error(`xmllint ended with ${code}: ${errors}`);
    return complaints;
  },
};

/** `file:line: message` or `file:line:column: message`, one a line; what follows without a file is an echo. */
export function toComplaints(text: string, documents: readonly FeedDocument[]): readonly Complaint[] {
  return text.split('\n').flatMap(line => {
    const document = documents.find(({ file }) => line.startsWith(`${file}:`));
    const rest = document && /^(\d+):(?:\d+:)?\s*(.*)/.exec(line.slice(document.file.length + 1));
    return rest ? [{ document: document.name, line: Number(rest[1]), message: rest[2] ?? '' }] : [];
  });
}
