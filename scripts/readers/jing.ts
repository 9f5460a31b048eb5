import { join } from 'node:path';
import type { Reader } from './reader.ts';
import { run } from './run.ts';
import { toComplaints } from './xmllint.ts';

const GRAMMAR = join(import.meta.dirname, 'atom.rnc');

/** RFC 4287's own grammar. */
export const jing: Reader = {
  name: 'jing',
  kinds: ['atom'],
  async read(documents) {
    const { code, out } = await run('jing', ['-c', GRAMMAR, ...documents.map(({ file }) => file)]);
    const complaints = toComplaints(out, documents);
    if (code !== 0 && complaints.length === 0) throw new Error(`jing ended with ${code}: ${out}`);
    return complaints;
  },
};
