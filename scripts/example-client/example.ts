// node scripts/example-client/example.ts http://127.0.0.1:4000 "bao hiem"
// Looks for words and prints what is found; every name below is checked by the compiler against the schema.
import { createClient } from './client.ts';
import { TimTin } from './operations.ts';

const [origin = 'http://127.0.0.1:4000', tu = 'bao hiem'] = process.argv.slice(2);
const { data, errors } = await createClient(origin).ask(TimTin, { tu });
for (const { node } of data.search.edges) {
  console.log(`${node.published ?? '—'}  ${node.title}  (${node.site?.name ?? 'trang đã rời'})`);
}
for (const { id, count } of data.search.facets?.sites ?? []) console.log(`${id}: ${count}`);
for (const { message } of errors) console.error(message);
