import { type Complaint, compareIds, type FeedDocument, type Reader } from './reader.ts';
import { run } from './run.ts';

/** One line an entry: time, title, link, content, type, id, author, enclosure, categories, parted by tabs. */
export const sfeed: Reader = {
  name: 'sfeed',
  kinds: ['atom', 'rss'],
  async read(documents) {
    const complaints: Complaint[] = [];
    for (const document of documents) complaints.push(...(await readOne(document)));
    return complaints;
  },
};

async function readOne(document: FeedDocument): Promise<readonly Complaint[]> {
  const { code, out, errors } = await run('sfeed', [], document.body);
  if (code !== 0) return [{ document: document.name, message: errors.trim() }];
  const rows = out.split('\n').flatMap(row => (row ? [row.split('\t')] : []));
  const timeless = rows.filter(([time]) => !/^-?\d+$/.test(time ?? ''));
  return [
    ...compareIds(
      document,
      rows.map(row => row[5] ?? ''),
    ),
    ...timeless.map(row => ({ document: document.name, message: `no time in ${row[5]}` })),
  ];
}
