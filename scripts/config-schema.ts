// Writes config/federation.schema.json, which editors read to complete and check a federation file. It is made of the
// same schemas that the program reads the file with: `npm run schema:config` after a change of options.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { federationJsonSchema } from '../config/json-schema.ts';
import { connectors } from '../connectors/index.ts';
import { formats } from '../schemas/formats/index.ts';

const file = join(import.meta.dirname, '..', 'config', 'federation.schema.json');
const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  ...federationJsonSchema(connectors(formats)),
};
writeFileSync(file, `${JSON.stringify(schema, undefined, 2)}\n`);
console.log(`Đã ghi ${file}`);
