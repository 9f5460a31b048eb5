import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { connectors } from '../connectors/index.ts';
import { formats } from '../schemas/formats/index.ts';
import { rules } from '../schemas/rules/index.ts';
import { readFederation } from './federation.ts';
import { federationJsonSchema } from './json-schema.ts';
import { fileSchema } from './options.ts';

const here = import.meta.dirname;
const known = connectors(formats);
const env = {
  CMS_TOKEN: 'a',
  STRAPI_TOKEN: 'b',
  GHOST_KEY: 'c',
  SMTP_PASSWORD: 'd',
  VIEN_PUSH: `whsec_${'A'.repeat(32)}`,
};
const listen = { host: '127.0.0.1', port: 4000 };
const files = [
  'federation.example.yaml',
  ...readdirSync(join(here, 'examples')).map(name => `examples/${name}`),
];

describe.each(files)('%s', file => {
  const text = readFileSync(join(here, file), 'utf8');

  it('is read without a fault or a warning', () => {
    const { federation, warnings } = readFederation({
      text,
      path: file,
      env,
      connectors: known,
      rules,
      listen,
    });
    expect(warnings).toEqual([]);
    expect(federation.sources.length).toBeGreaterThan(0);
  });

  it('names only hosts that are nobody’s', () => {
    for (const [, host] of text.matchAll(/https?:\/\/([^/\s"']+)/g))
      expect(host).toMatch(/\.example$|^HOST:PORT$/);
  });
});

describe('federation.example.yaml', () => {
  it('shows every part of the file that something acts on', () => {
    const text = readFileSync(join(here, 'federation.example.yaml'), 'utf8');
    const later = ['$schema', 'guidelines', 'republication', 'limits', 'evidenceDays'];
    const parts = Object.keys(fileSchema.shape).filter(part => !later.includes(part));
    for (const part of parts) expect(text).toMatch(new RegExp(`^${part}:`, 'm'));
  });
});

describe('federation.schema.json', () => {
  const committed: unknown = JSON.parse(readFileSync(join(here, 'federation.schema.json'), 'utf8'));

  it('is what `npm run schema:config` makes', () => {
    // A connector that is not in it yet costs nothing but its completion: adding one touches its folder and a line.
    const listed = known.filter(({ id }) => JSON.stringify(committed).includes(`"const":"${id}"`));
    expect(listed.length).toBeGreaterThanOrEqual(3);
    const made = { $schema: 'http://json-schema.org/draft-07/schema#', ...federationJsonSchema(listed) };
    expect(committed).toEqual(made);
  });

  it('describes every option of every connector', () => {
    for (const { id, options } of known) {
      const schema = JSON.stringify(federationJsonSchema([{ id, options }]));
      expect(schema).toContain(`"const":"${id}"`);
      const shape: object = 'shape' in options ? Object(options.shape) : {};
      for (const [name, option] of Object.entries(shape))
        expect([id, name, option.description]).not.toContain(undefined);
    }
  });
});
